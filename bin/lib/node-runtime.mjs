import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { checkSpace, saysNoSpace } from './disk.mjs';
import { RUNTIME } from './paths.mjs';
import { withPidLock } from './pid-lock.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { registryReason } from './registry-reason.mjs';
import { runCommand } from './run-command.mjs';
import { checkWritable } from './writable.mjs';

export const NODE_VERSION = '22.23.3';
/**
 * Major version → least minor version. Only the long-lived ones: the native modules bring their programs for these, and the
 * odd ones and the newest would compile for minutes or fail. From 22.18 on Node strips types by itself.
 */
const ENOUGH = new Map([
  [22, 18],
  [24, 0],
]);
const NEEDED_MEGABYTES = 400;

/** Its install script puts the program in place; newer npm versions run only scripts that a package.json allows. */
const PACKAGE = { private: true, dependencies: { node: NODE_VERSION }, allowScripts: { node: true } };

/**
 * @typedef {object} NodeRuntime
 * @property {string} node the program
 * @property {string} modules the version of its interface to native modules: what is built for one crashes in another
 * @property {Record<string, string>} env what children need to find it, and its headers for native builds
 */

/** @param {string} version */
export function isEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return minor >= (ENOUGH.get(major) ?? Infinity);
}

/** @typedef {{ version: string, modules: string, node: string }} OwnNode the machine's own Node, which runs these scripts */

/**
 * The machine's own Node when it is one of ours and complete: native modules are built with the headers that came with it,
 * since the site that node-gyp would ask for them is often out of reach where the registry is not.
 * @param {OwnNode} own
 * @returns {NodeRuntime | null}
 */
export function ownRuntime({ version, modules, node }) {
  if (!isEnough(version)) return null;
  const prefix = dirname(dirname(realpathSync(node)));
  if (/\s/.test(prefix)) return null;
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? { node, modules, env: { npm_config_nodedir: prefix } } : null;
}

/**
 * The Node that runs everything but these scripts: the machine's own where that will do, else one from the registry in a
 * folder of its own. In one tree with the host npm would remove its headers (directus-facts.md §0).
 * @returns {Promise<NodeRuntime>}
 */
export async function provideNode() {
  const own = ownRuntime({ version: process.versions.node, modules: process.versions.modules, node: process.execPath });
  if (own) return own;
  const folder = join(RUNTIME, 'node');
  const inner = join(folder, 'node_modules', 'node');
  const node = join(inner, 'bin', 'node');
  const headers = join(inner, 'node_modules', `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`);
  if (!(await modulesOf(node))) {
    checkWritable(RUNTIME);
    await withPidLock(join(RUNTIME, 'node.lock'), () => fetchNode(folder, node));
  }
  const path = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { PATH: path, ...(existsSync(headers) ? { npm_config_nodedir: headers } : {}) };
  return { node, modules: (await modulesOf(node)) ?? '', env };
}

/** @param {string} folder @param {string} node */
async function fetchNode(folder, node) {
  if (await modulesOf(node)) return;
  checkSpace(RUNTIME, NEEDED_MEGABYTES);
  await step(`下载 Node.js ${NODE_VERSION}`, `getting Node.js ${NODE_VERSION}`, async () => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify(PACKAGE));
    const parameters = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts=false'];
    const { code, output } = await runCommand('npm', parameters, { cwd: folder });
    if (code === 0 && (await modulesOf(node))) return;
    if (code === 127) throw new Problem('noNpm');
    if (saysNoSpace(output)) throw new Problem('noSpace', { folder: RUNTIME, needed: `${NEEDED_MEGABYTES} MB` });
    throw new Problem('registry', { reason: registryReason(output) });
  });
}

/** Null for a download that was cut off: it leaves a program that does not run. @param {string} node */
async function modulesOf(node) {
  if (!existsSync(node)) return null;
  const { code, output } = await runCommand(node, ['-p', 'process.version + " " + process.versions.modules'], { cwd: dirname(node) });
  const [version, modules] = output.trim().split(' ');
  return code === 0 && version === `v${NODE_VERSION}` ? (modules ?? null) : null;
}
