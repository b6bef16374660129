/** `npm run seal`: seals the numbers, mailboxes and messenger names of an installation from before; can be run again at any time. */
import { join } from 'node:path';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { hostEnvironment } from './lib/host-env.mjs';
import { runHost } from './lib/host-process.mjs';
import { requireInstalled } from './lib/installation.mjs';
import { ROOT } from './lib/paths.mjs';
import { demoSecrets } from './lib/secrets.mjs';
import { readSettings } from './lib/settings.mjs';
import { listenForStop, onStop } from './lib/stopping.mjs';

try {
  listenForStop(() => 130);
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  await requireInstalled(settings);
  const env = hostEnvironment(settings, settings.demo ? demoSecrets(settings) : {});
  const host = runHost(['crm-seal'], { ...env, LOG_LEVEL: 'fatal' }, { onOutput: (text) => process.stdout.write(text) });
  onStop(() => host.stop());
  process.exitCode = await host.ended;
} catch (error) {
  fail(error);
}
