import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { sourcesHash } from './build-extension.mjs';
import { databaseAddress } from './database-address.mjs';
import { isSamePassword, sealPassword } from './demo-password.mjs';
import { saysNoSpace } from './disk.mjs';
import { runHost } from './host-process.mjs';
import { readStanding, rememberInstalled } from './install-state.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { onStop } from './stopping.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * One command of the host, to its end; a failure leaves its whole output in a file and one line for the person.
 * @param {Settings} settings
 * @param {string} node
 * @param {(detail: string) => void} report
 * @returns {import('./bootstrap.mjs').RunHostCommand}
 */
const hostCommand = (settings, node, report) => async (command, env) => {
  const host = runHost(command, env, { node, onOutput: (text) => report(lastLine(text)) });
  const forget = onStop(() => host.stop());
  const code = await host.ended;
  forget();
  if (code === 0) return;
  if (saysNoSpace(host.output())) throw new Problem('noSpace', { folder: settings.dataDir, needed: '200 MB' });
  if (/SQLITE_(CORRUPT|NOTADB)/.test(host.output())) throw new Problem('brokenDatabase', { file: settings.databaseFile });
  const log = join(settings.dataDir, 'install.log');
  mkdirSync(settings.dataDir, { recursive: true });
  writeFileSync(log, host.output());
  const refusal = lastRefusal(host.output());
  throw refusal ? new Problem('installRefused', { refusal, log }) : new Problem('stepFailed', { step: command[0] ?? '', log });
};

/** The installer's own last word when it is one line for a person and no stack. @param {string} output */
export function lastRefusal(output) {
  const line = output
    .trim()
    .split('\n')
    .findLast((text) => text.startsWith('[crm] '));
  return line?.includes(' | ') ? line.slice('[crm] '.length) : null;
}

/** @param {string} text */
const lastLine = (text) =>
  text
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^\{.*"msg":"(.*?)".*$/, '$1')
    .slice(0, 100) ?? '';

/**
 * @typedef {object} Provided
 * @property {boolean} passwordHolds the demo's people have the password of these settings
 * @property {boolean} isFirst nothing stood here before
 */

/**
 * Database, schema, access rules, reference data and, in the demo, its group; nothing at all when the database says that
 * exactly these sources were installed into it.
 * @param {Settings} settings
 * @param {Record<string, string>} env
 * @param {string} node
 */
export const provideInstallation = (settings, env, node) => oneAtATime(settings, () => install(settings, env, node));

/** @param {Settings} settings */
const placeOf = (settings) => (settings.postgres ? databaseAddress(settings.environment).database : settings.databaseFile);

/**
 * What must not be touched or turned into something else, before the first write.
 * @param {Settings} settings
 * @param {import('./install-state.mjs').Standing} standing
 */
export function refuseStanding(settings, standing) {
  const where = placeOf(settings);
  if (standing.kind === 'foreign_host') throw new Problem('foreignHost', { where });
  if (standing.kind === 'foreign_file') throw new Problem('foreignFile', { file: where });
  if (standing.kind !== 'ours') return;
  if (standing.halfRestored) throw new Problem('restoreCutOff', { where, from: standing.halfRestored });
  if (standing.mode && standing.mode !== (settings.demo ? 'demo' : 'production')) {
    throw new Problem('otherMode', { folder: where, was: standing.mode });
  }
  const [login] = standing.demoLogins;
  if (!settings.demo && login) throw new Problem('demoPeople', { where, login, count: standing.demoLogins.length });
}

/** @param {Settings} settings @param {Record<string, string>} env @param {string} node @returns {Promise<Provided>} */
async function install(settings, env, node) {
  const built = `${sourcesHash()}${settings.demoRows ? '+demo' : ''}`;
  const standing = await readStanding(settings);
  refuseStanding(settings, standing);
  const stored = standing.installed?.password;
  const passwordHolds = !settings.demo || !stored || isSamePassword(settings.demoPassword, stored);
  if (standing.installed?.built === built) return { passwordHolds, isFirst: false };
  await step('创建数据库', 'creating the database', (report) => bootstrap(settings, env, standing, hostCommand(settings, node, report)));
  const demo = settings.demoRows ? ['--demo'] : [];
  await step(
    settings.demoRows ? '安装数据模型、权限和演示数据' : '安装数据模型和权限',
    settings.demoRows ? 'installing the data model, access rules and demo data' : 'installing the data model and access rules',
    (report) => hostCommand(settings, node, report)(['crm-install', '--own-host', ...demo], env),
  );
  const password = settings.demo ? (stored ?? sealPassword(settings.demoPassword)) : undefined;
  await rememberInstalled(settings, { built, mode: settings.demo ? 'demo' : 'production', ...(password ? { password } : {}) });
  return { passwordHolds, isFirst: !standing.installed };
}

/** For commands beside a server: there is one to look at. @param {Settings} settings */
export async function requireInstalled(settings) {
  const standing = await readStanding(settings);
  refuseStanding(settings, standing);
  if (!standing.installed) throw new Problem('notInstalled');
}
