import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME } from './paths.mjs';
import { withPidLock } from './pid-lock.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { checkWritable } from './writable.mjs';

/**
 * @typedef {object} Slapd OpenLDAP's server as it lies in a folder
 * @property {string} server
 * @property {string} modules the folder of its backends
 * @property {string} schemas
 * @property {(tool: 'ldapadd' | 'ldapmodify') => string} tool
 * @property {Record<string, string>} env where its libraries are
 */

/** The server does not have to be installed, which takes root and begins a service: its packages are unpacked here. */
const FOLDER = join(RUNTIME, 'slapd');
const PACKAGES = ['slapd', 'ldap-utils'];

/** Belongs to the system that a program runs on, or is only of use to what the tests do not load. */
const LEFT_OUT = /^libc6$|^libcrypt1$|^libgcc|^libstdc|^libperl|-perl$/u;

/** @param {string[]} folders @returns {string} */
const firstOf = (folders) => folders.find((folder) => existsSync(folder)) ?? '';

/** Where Debian keeps the libraries of its machine: /usr/lib/x86_64-linux-gnu and the like. @param {string} folder */
const ofMachine = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.includes('-linux-gnu'))
        .map((name) => join(folder, name))
    : [];

/** @param {string} root a folder with unpacked packages, or `/` @returns {Slapd} */
function slapdIn(root) {
  const libraries = [...ofMachine(join(root, 'usr/lib')), ...ofMachine(join(root, 'lib')), join(root, 'usr/lib')];
  return {
    server: firstOf(['usr/sbin/slapd', 'usr/libexec/slapd'].map((path) => join(root, path))),
    modules: firstOf(['usr/lib/ldap', 'usr/lib64/openldap', 'usr/lib/openldap'].map((path) => join(root, path))),
    schemas: firstOf(['etc/ldap/schema', 'etc/openldap/schema'].map((path) => join(root, path))),
    tool: (name) => join(root, 'usr/bin', name),
    env: root === '/' ? {} : { LD_LIBRARY_PATH: libraries.join(':') },
  };
}

/** Whether all of it is there and its programs find their libraries; an unpacking that was cut off leaves one that does not run. @param {Slapd} slapd */
async function runs({ server, modules, schemas, tool, env }) {
  if (!server || !modules || !existsSync(join(schemas, 'inetorgperson.schema'))) return false;
  for (const program of [server, tool('ldapadd')]) {
    const { code } = await runCommand(program, ['-VV'], { cwd: RUNTIME, env: { ...process.env, ...env } });
    if (code !== 0) return false;
  }
  return true;
}

/**
 * An LDAP server for the tests of log-ins by the directory of a group (Q9): Debian's, fetched once with the machine's own apt and
 * without root; where that cannot be, the one of the machine.
 * @returns {Promise<Slapd>}
 */
export async function provideSlapd() {
  mkdirSync(RUNTIME, { recursive: true });
  const ours = slapdIn(FOLDER);
  if (await runs(ours)) return ours;
  checkWritable(RUNTIME);
  const reason = await withPidLock(join(RUNTIME, 'slapd.lock'), async () => ((await runs(ours)) ? '' : fetchPackages()));
  if (!reason) return slapdIn(FOLDER);
  const ofTheMachine = slapdIn('/');
  if (await runs(ofTheMachine)) return ofTheMachine;
  throw new Problem('noLdapServer', { reason });
}

/** @returns {Promise<string>} why it cannot be had; empty when it can */
async function fetchPackages() {
  const work = `${FOLDER}.new`;
  const root = join(work, 'root');
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['lists/partial', 'cache/archives/partial', 'root']) mkdirSync(join(work, folder), { recursive: true });
  try {
    return await step('下载测试用的 LDAP 服务器', 'getting an LDAP server for the tests', async () => {
      const packages = await downloaded(work);
      for (const name of packages) await run('dpkg-deb', ['-x', name, root], work);
      if (!(await runs(slapdIn(root)))) return `${PACKAGES.join(' ')} ${process.arch}`;
      rmSync(FOLDER, { recursive: true, force: true });
      renameSync(root, FOLDER);
      return '';
    });
  } catch (error) {
    return /** @type {Error} */ (error).message;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The packages with all the libraries they need, as files; the lists of apt are ones of our own, which takes no root. @param {string} work */
async function downloaded(work) {
  const own = [`Dir::State::Lists=${join(work, 'lists')}`, `Dir::Cache=${join(work, 'cache')}`, 'APT::Sandbox::User=root'];
  const options = [...own, 'Acquire::Languages=none', 'Acquire::Retries=3'].flatMap((option) => ['-o', option]);
  await run('apt-get', [...options, '-qq', 'update'], work);
  const only = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map((kind) => `--no-${kind}`);
  const wanted = new Set(PACKAGES);
  for (let fresh = PACKAGES; fresh.length > 0;) {
    const output = await run('apt-cache', [...options, 'depends', ...only, ...fresh], work);
    const named = [...output.matchAll(/Depends: (lib\S+)/gu)].map(([, name]) => name ?? '');
    fresh = [...new Set(named)].filter((name) => !wanted.has(name) && !LEFT_OUT.test(name));
    fresh.forEach((name) => wanted.add(name));
  }
  await run('apt-get', [...options, '-qq', 'download', ...wanted], work);
  return readdirSync(work).filter((name) => name.endsWith('.deb'));
}

/** @param {string} program @param {string[]} parameters @param {string} cwd @returns {Promise<string>} what it said */
async function run(program, parameters, cwd) {
  const { code, output } = await runCommand(program, parameters, { cwd, env: { ...process.env, LC_ALL: 'C' } });
  if (code === 0) return output;
  const said = output.trim().split('\n').at(-1) ?? '';
  throw new Error(`${program}: ${said}`.slice(0, 300));
}
