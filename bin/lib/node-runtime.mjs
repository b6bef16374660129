import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Problem } from './problem.mjs';
import { RUNTIME } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { registryReason } from './registry-reason.mjs';
import { step } from './progress.mjs';

export const NODE_VERSION = '22.23.3';
/** Node from here on strips types by itself and is what the host wants. */
const ENOUGH = [22, 18];

/** Its install script puts the program in place; newer npm versions run only scripts that a package.json allows. */
const PACKAGE = { private: true, dependencies: { node: NODE_VERSION }, allowScripts: { node: true } };

/**
 * @typedef {object} NodeRuntime
 * @property {string} node the program
 * @property {Record<string, string>} env what children need to find it, and its headers for native builds
 */

/** @param {string} version */
export function isEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > /** @type {number} */ (ENOUGH[0]) || (major === ENOUGH[0] && minor >= /** @type {number} */ (ENOUGH[1]));
}

/**
 * The Node that runs everything but these scripts: the machine's own when it is new enough, else one from the registry in
 * a folder of its own. In one tree with the host npm would remove its headers (directus-facts.md §0).
 * @returns {Promise<NodeRuntime>}
 */
export async function provideNode() {
  if (isEnough(process.versions.node)) return { node: process.execPath, env: {} };
  const folder = join(RUNTIME, 'node');
  const inner = join(folder, 'node_modules', 'node');
  const node = join(inner, 'bin', 'node');
  const headers = join(inner, 'node_modules', `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`);
  if (!(await works(node))) {
    await step(`下载 Node.js ${NODE_VERSION}`, `getting Node.js ${NODE_VERSION}`, async () => {
      rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), JSON.stringify(PACKAGE));
      const { code, output } = await runCommand('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
      if (code === 127) throw new Problem('noNpm');
      if (code !== 0 || !(await works(node))) throw new Problem('registry', { reason: registryReason(output) });
    });
  }
  const path = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`;
  return { node, env: { PATH: path, ...(existsSync(headers) ? { npm_config_nodedir: headers } : {}) } };
}

/** A download that was cut off leaves a program that does not run. @param {string} node */
async function works(node) {
  if (!existsSync(node)) return false;
  const { code, output } = await runCommand(node, ['--version'], { cwd: dirname(node) });
  return code === 0 && output.trim() === `v${NODE_VERSION}`;
}
