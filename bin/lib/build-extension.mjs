import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { saysNoSpace } from './disk.mjs';
import { ROOT, RUNTIME } from './paths.mjs';
import { Problem } from './problem.mjs';
import { runCommand } from './run-command.mjs';

/** Everything that the bundle is made of. */
export const BUNDLE_SOURCES = ['extensions/crm/src', 'extensions/crm/package.json', 'seed', 'schema-snapshots', 'package-lock.json'];

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { recursive: true }).map((name) => join(path, String(name)));
  return entries.filter((file) => statSync(file).isFile());
}

/**
 * A fingerprint of the sources: equal means the bundle need not be built again.
 * @param {string} [root]
 */
export function sourcesHash(root = ROOT) {
  const hash = createHash('sha256');
  for (const source of BUNDLE_SOURCES) {
    const path = join(root, source);
    const files = source.includes('.json') ? [path].filter((file) => existsSync(file)) : filesBelow(path).sort();
    for (const file of files) {
      if (file.endsWith('.test.ts')) continue;
      hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex').slice(0, 20);
}

/**
 * Builds the bundle in `folder` with the host's own tool (which does not check types: `npm run check` does).
 * @param {string} folder
 * @param {string} [node]
 */
export async function buildExtension(folder, node = process.execPath) {
  const tool = join(ROOT, 'node_modules', '@directus', 'extensions-sdk', 'cli.js');
  const { code, output } = await runCommand(node, [tool, 'build'], { cwd: folder, env: { ...process.env, NODE_ENV: 'production' } });
  // A package that is not there is left to the host, which does not have it either: the Studio would come without our pages.
  const isWhole = !/could not be resolved/iu.test(output);
  if (code === 0 && isWhole && existsSync(join(folder, 'dist', 'api.js'))) return;
  if (saysNoSpace(output)) throw new Problem('noSpace', { folder, needed: '200 MB' });
  mkdirSync(RUNTIME, { recursive: true });
  const log = join(RUNTIME, 'build.log');
  writeFileSync(log, output);
  throw new Problem('stepFailed', { step: 'directus-extension build', log });
}
