import { join } from 'node:path';
import { provideBundle } from './bundle.mjs';
import { closedText } from './closed.mjs';
import { provideDataFolder } from './data-folder.mjs';
import { checkDatabase } from './database.mjs';
import { installDependencies } from './dependencies.mjs';
import { mergedEnvironment } from './dot-env.mjs';
import { stopWith } from './fail.mjs';
import { firstAdminLink, firstAdminText } from './first-admin.mjs';
import { handOver, isThisNode } from './hand-over.mjs';
import { hostEnvironment } from './host-env.mjs';
import { readStanding } from './install-state.mjs';
import { provideInstallation, refuseStanding } from './installation.mjs';
import { acceptKeys, missingKeysText } from './keys/key-record.mjs';
import { ringProblem } from './keys/key-ring.mjs';
import { demoLogins } from './logins.mjs';
import { provideNode } from './node-runtime.mjs';
import { ROOT } from './paths.mjs';
import { checkPort } from './port.mjs';
import { Problem } from './problem.mjs';
import { productionProblems } from './production.mjs';
import { tell } from './progress.mjs';
import { announceServer } from './running-servers.mjs';
import { keysOf, provideSecrets } from './secrets.mjs';
import { serve } from './serve.mjs';
import { CLIENTS, isLoopback, readSettings } from './settings.mjs';
import { isStopping, listenForStop } from './stopping.mjs';
import { watchTechnicalAdmin } from './technical-admin.mjs';

/** Production is reminded by its doctor; the demo says it once. */
const DEMO_WITHOUT_BACKUP =
  '演示环境不会提醒备份；要保留其中的数据：npm run backup 和 npm run keys -- export <文件>' +
  ' | The demo does not remind you of backups; to keep what you enter: npm run backup and npm run keys -- export <file>';

/** What can be refused before anything is fetched, built or written. @param {import('./settings.mjs').Settings} settings */
function refuseEarly(settings) {
  const client = settings.environment['DB_CLIENT'] || 'sqlite3';
  if (!CLIENTS.includes(client)) return [new Problem('databaseClient', { client })];
  if (!settings.demo) return productionProblems(settings);
  const keys = settings.environment['CRM_KEYS'];
  const fault = keys ? ringProblem(keys, 'CRM_KEYS') : null;
  return [...(isLoopback(settings.host) ? [] : [new Problem('demoOutside', { host: settings.host })]), ...(fault ? [fault] : [])];
}

/** `npm start`, from whatever state the machine is in to a CRM that can be used (contract.md "Running"). */
export async function start() {
  let ready = false;
  listenForStop(() => (ready ? 0 : 130));
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  const refusals = refuseEarly(settings);
  if (refusals.length) return void stopWith(refusals);

  await checkPort(settings.host, settings.port);
  provideDataFolder(settings);
  const runtime = await provideNode();
  await installDependencies(runtime, { tools: false });
  if (!isThisNode(runtime)) return handOver(runtime, [join(ROOT, 'bin', 'start.mjs')]);

  await checkDatabase(settings);
  await provideBundle(runtime.node);
  // What is written from here on is for the user who runs the server alone.
  process.umask(0o077);
  // What is not ours, or something else than these settings say, is refused before keys are compared or made.
  refuseStanding(settings, await readStanding(settings));
  const secrets = await provideSecrets(settings);
  const env = hostEnvironment(settings, secrets);
  const leave = announceServer(settings.dataDir);
  const { passwordHolds, isFirst } = await provideInstallation(settings, env, runtime.node);
  const missing = await acceptKeys(settings, keysOf(settings, secrets));
  const stopWatching = settings.demo ? () => undefined : await watchTechnicalAdmin(settings);
  const { host, log, closed } = await serve(settings, env, runtime.node);
  ready = true;

  if (settings.demo) tell(demoLogins(settings, passwordHolds));
  else {
    tell(`集团 CRM 已启动 | The group CRM is up: ${settings.publicUrl}`);
    const link = await firstAdminLink(settings, new Date());
    if (link) tell(firstAdminText(link));
  }
  if (settings.demo && isFirst) tell(DEMO_WITHOUT_BACKUP);
  if (missing.length) tell(missingKeysText(missing));
  if (closed.length) tell(closedText(closed));
  await host.ended;
  leave();
  stopWatching();
  if (!isStopping()) stopWith([new Problem('hostEnded', { log })]);
}
