import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { checkSpace, saysNoSpace } from './disk.mjs';
import { ROOT, RUNTIME } from './paths.mjs';
import { withPidLock } from './pid-lock.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { registryReason } from './registry-reason.mjs';
import { runCommand } from './run-command.mjs';
import { checkWritable } from './writable.mjs';

const MARKER = join(ROOT, 'node_modules', '.crm-installed.json');
const NEEDED_MEGABYTES = 2500;
const BUILD_TOOLS = ['make', 'g++', 'python3'];

/** What is in node_modules, as far as a finished installation wrote it down. */
function installed() {
  try {
    return /** @type {{ hash: string, tools: boolean, modules?: string }} */ (JSON.parse(readFileSync(MARKER, 'utf8')));
  } catch {
    return null;
  }
}

/** @param {string} modules the interface that native modules are built for */
const lockHash = (modules) =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}-${modules}`)
    .digest('hex')
    .slice(0, 20);

/** @param {string} program */
const isOnPath = (program) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder && existsSync(join(folder, program)));

/**
 * Brings the packages of package-lock.json, once. The marker is written last and removed first, so that an installation
 * that was cut off is done again from a clean state: npm itself takes half-built native modules for complete. Not
 * `npm ci`, which fails wherever the registry lacks an optional package of some other platform.
 * @param {import('./node-runtime.mjs').NodeRuntime} runtime
 * @param {{ tools: boolean }} options tools: also what only tests and checks need
 */
export async function installDependencies(runtime, { tools }) {
  const hash = lockHash(runtime.modules);
  const isThere = () => {
    const before = installed();
    return before?.hash === hash && (before.tools || !tools);
  };
  if (isThere()) return;
  checkPath(ROOT);
  checkWritable(ROOT);
  await withPidLock(join(RUNTIME, 'packages.lock'), async () => {
    if (!isThere()) await install(runtime, hash, tools);
  });
}

/** The compilers' makefiles split a path at its spaces, and fail after minutes with something else. @param {string} folder */
export function checkPath(folder) {
  if (/\s/.test(folder)) throw new Problem('pathWithSpaces', { folder });
}

/** @param {import('./node-runtime.mjs').NodeRuntime} runtime @param {string} hash @param {boolean} tools */
async function install(runtime, hash, tools) {
  checkSpace(ROOT, NEEDED_MEGABYTES);
  const before = installed();
  const withTools = tools || before?.tools === true;
  // Native modules of another Node would be taken for good ones.
  const isUsable = before !== null && (before.modules ?? runtime.modules) === runtime.modules;
  await step('安装依赖（首次约 2–5 分钟）', 'installing dependencies (2-5 minutes the first time)', async (report) => {
    rmSync(MARKER, { force: true });
    if (!isUsable) rmSync(join(ROOT, 'node_modules'), { recursive: true, force: true });
    const wanted = withTools ? '--include=dev' : '--omit=dev';
    const parameters = ['install', '--no-save', wanted, '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=http'];
    const env = { ...process.env, ...runtime.env };
    let fetched = 0;
    const { code, output } = await runCommand('npm', parameters, {
      cwd: ROOT,
      env,
      onOutput: (text) => {
        fetched += text.match(/fetch GET 200 \S+\.tgz/g)?.length ?? 0;
        report(`${fetched} 个包已下载 | packages fetched`);
      },
    });
    if (code !== 0) throw problemOfInstall(code, output) ?? unknownProblem(output);
    writeFileSync(MARKER, JSON.stringify({ hash, tools: withTools, modules: runtime.modules }));
  });
}

/**
 * What a person can do about an installation that failed; null when we do not know.
 * @param {number} code
 * @param {string} output
 * @param {(program: string) => boolean} [isThere]
 */
export function problemOfInstall(code, output, isThere = isOnPath) {
  if (code === 127) return new Problem('noNpm');
  if (saysNoSpace(output)) return new Problem('noSpace', { folder: ROOT, needed: `${NEEDED_MEGABYTES} MB` });
  const missing = BUILD_TOOLS.filter((program) => !isThere(program));
  if (missing.length && output.includes('gyp')) return new Problem('buildTools', { tools: missing.join(' ') });
  const network = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|E40[134]|E5\d\d|SELF_SIGNED|network/.test(output);
  return network ? new Problem('registry', { reason: registryReason(output) }) : null;
}

/** @param {string} output */
function unknownProblem(output) {
  mkdirSync(RUNTIME, { recursive: true });
  const log = join(RUNTIME, 'install.log');
  writeFileSync(log, output);
  return new Problem('stepFailed', { step: 'npm install', log });
}
