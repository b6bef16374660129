import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { sourcesHash } from './build-extension.mjs';
import { saysNoSpace } from './disk.mjs';
import { runHost } from './host-process.mjs';
import { oneAtATime, readStanding, rememberInstalled } from './install-state.mjs';
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
  throw new Problem('stepFailed', { step: command[0] ?? '', log });
};

/** @param {string} text */
const lastLine = (text) =>
  text
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^\{.*"msg":"(.*?)".*$/, '$1')
    .slice(0, 100) ?? '';

/**
 * Database, schema, access rules, reference data and, in the demo, its group; nothing at all when the database says that
 * exactly these sources were installed into it.
 * @param {Settings} settings
 * @param {Record<string, string>} env
 * @param {string} node
 */
export const provideInstallation = (settings, env, node) => oneAtATime(settings, () => install(settings, env, node));

/** @param {Settings} settings @param {Record<string, string>} env @param {string} node */
async function install(settings, env, node) {
  const built = `${sourcesHash()}${settings.demoRows ? '+demo' : ''}`;
  const standing = await readStanding(settings);
  const mode = settings.demo ? 'demo' : 'production';
  if (standing.mode && standing.mode !== mode) {
    throw new Problem('otherMode', { folder: settings.postgres ? 'DB_DATABASE' : settings.dataDir, was: standing.mode });
  }
  if (standing.built === built) return;
  await step('创建数据库', 'creating the database', (report) => bootstrap(settings, env, standing, hostCommand(settings, node, report)));
  const demo = settings.demoRows ? ['--demo'] : [];
  await step(
    settings.demoRows ? '安装数据模型、权限和演示数据' : '安装数据模型和权限',
    settings.demoRows ? 'installing the data model, access rules and demo data' : 'installing the data model and access rules',
    (report) => hostCommand(settings, node, report)(['crm-install', '--own-host', ...demo], env),
  );
  await rememberInstalled(settings, built);
}
