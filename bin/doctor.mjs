/** `npm run doctor [-- --repair] [--json] [--lang en]`: the self-check of the CRM on this server, beside the running one. */
import { join } from 'node:path';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { hostEnvironment } from './lib/host-env.mjs';
import { runHost } from './lib/host-process.mjs';
import { ROOT } from './lib/paths.mjs';
import { demoSecrets } from './lib/secrets.mjs';
import { readSettings } from './lib/settings.mjs';

try {
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  const env = hostEnvironment(settings, settings.demo ? demoSecrets(settings) : {});
  const host = runHost(
    ['crm-doctor', ...process.argv.slice(2)],
    { ...env, LOG_LEVEL: 'fatal' },
    { onOutput: (text) => process.stdout.write(text) },
  );
  process.exitCode = await host.ended;
} catch (error) {
  fail(error);
}
