import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { ROOT } from '../paths.mjs';

/**
 * The host's places for files. Only folders of this machine are in a backup; a cloud store has its own.
 * @typedef {{ name: string, folder: string | null }} Location folder null: not on this machine
 * @param {Readonly<Record<string, string>>} env the host's environment
 * @returns {Location[]}
 */
export function storageLocations(env) {
  const names = (env['STORAGE_LOCATIONS'] ?? '').split(',').map((name) => name.trim());
  return names.filter(Boolean).map((name) => {
    const key = `STORAGE_${name.toUpperCase()}`;
    const isLocal = (env[`${key}_DRIVER`] ?? 'local') === 'local';
    return { name, folder: isLocal ? resolve(ROOT, env[`${key}_ROOT`] ?? 'uploads') : null };
  });
}

/** Paths below a folder, with `/` between. @param {string} folder @param {string} [below] @returns {AsyncGenerator<string>} */
export async function* filesIn(folder, below = '') {
  let entries;
  try {
    entries = await readdir(join(folder, below), { withFileTypes: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* filesIn(folder, path);
    else if (entry.isFile()) yield path;
  }
}

/** A file that was deleted while we came to it is not there any more for anybody. @param {string} file */
export async function openStored(file) {
  try {
    if (!(await lstat(file)).isFile()) return null;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
  return createReadStream(file);
}

/** The place of a file of a backup below `folder`; null for a path that leads out of it. @param {string} folder @param {string} path */
export function placeIn(folder, path) {
  const place = resolve(folder, path);
  return place.startsWith(folder + sep) ? place : null;
}
