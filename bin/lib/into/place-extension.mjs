import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { Problem } from '../problem.mjs';

const SOURCE = join(ROOT, 'extensions', 'crm');
export const EXTENSION_NAME = 'directus-extension-group-crm';

/** @param {string} folder */
const nameIn = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;

/**
 * Puts the packed extension into the host's folder of extensions, by renaming, so that no half copy is ever loaded.
 * @param {string} extensions
 * @returns {() => void} takes it back to what was there before
 */
export function placeExtension(extensions) {
  const target = join(extensions, EXTENSION_NAME);
  const fresh = join(extensions, `.${EXTENSION_NAME}.new`);
  const former = join(extensions, `.${EXTENSION_NAME}.former`);
  if (existsSync(target) && (!existsSync(join(target, 'package.json')) || nameIn(target) !== EXTENSION_NAME)) {
    throw new Problem('intoForeignFolder', { folder: target });
  }
  const isNew = !existsSync(extensions);
  for (const left of [fresh, former]) rmSync(left, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  cpSync(join(SOURCE, 'package.json'), join(fresh, 'package.json'));
  for (const file of ['api.js', 'app.js']) cpSync(join(SOURCE, 'dist', file), join(fresh, 'dist', file));
  const replaces = existsSync(target);
  if (replaces) renameSync(target, former);
  renameSync(fresh, target);
  return () => {
    rmSync(target, { recursive: true, force: true });
    if (replaces && existsSync(former)) renameSync(former, target);
    if (isNew && readdirSync(extensions).length === 0) rmdirSync(extensions);
  };
}

/** The version before ours is no longer needed. @param {string} extensions */
export const forgetFormer = (extensions) => rmSync(join(extensions, `.${EXTENSION_NAME}.former`), { recursive: true, force: true });
