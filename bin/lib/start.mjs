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
import { provideInstallation } from './installation.mjs';
import { demoLogins } from './logins.mjs';
import { provideNode } from './node-runtime.mjs';
import { ROOT } from './paths.mjs';
import { checkPort } from './port.mjs';
import { Problem } from './problem.mjs';
import { productionProblems } from './production.mjs';
import { tell } from './progress.mjs';
import { demoSecrets } from './secrets.mjs';
import { serve } from './serve.mjs';
import { CLIENTS, isLoopback, readSettings } from './settings.mjs';
import { isStopping, listenForStop } from './stopping.mjs';
import { watchTechnicalAdmin } from './technical-admin.mjs';

/** What can be refused before anything is fetched, built or written. @param {import('./settings.mjs').Settings} settings */
function refuseEarly(settings) {
  const client = settings.environment['DB_CLIENT'] || 'sqlite3';
  if (!CLIENTS.includes(client)) return [new Problem('databaseClient', { client })];
  if (!settings.demo) return productionProblems(settings);
  return isLoopback(settings.host) ? [] : [new Problem('demoOutside', { host: settings.host })];
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
  const secrets = settings.demo ? demoSecrets(settings) : {};
  const env = hostEnvironment(settings, secrets);
  const { passwordHolds } = await provideInstallation(settings, env, runtime.node);
  const stopWatching = settings.demo ? () => undefined : await watchTechnicalAdmin(settings);
  const { host, log, closed } = await serve(settings, env, runtime.node);
  ready = true;

  if (settings.demo) tell(demoLogins(settings, passwordHolds));
  else {
    tell(`集团 CRM 已启动 | The group CRM is up: ${settings.publicUrl}`);
    const link = await firstAdminLink(settings, new Date());
    if (link) tell(firstAdminText(link));
  }
  if (closed.length) tell(closedText(closed));
  await host.ended;
  stopWatching();
  if (!isStopping()) stopWith([new Problem('hostEnded', { log })]);
}
