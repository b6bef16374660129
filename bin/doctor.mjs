/** `npm run doctor [-- --repair] [--json] [--lang en]`: the self-check of the CRM on this server, beside the running one. */
import { join } from 'node:path';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { hostEnvironment } from './lib/host-env.mjs';
import { runHost } from './lib/host-process.mjs';
import { requireInstalled } from './lib/installation.mjs';
import { compareKeys, missingKeysText, recordedKeys } from './lib/keys/key-record.mjs';
import { ROOT } from './lib/paths.mjs';
import { keysOf, provideSecrets } from './lib/secrets.mjs';
import { readSettings } from './lib/settings.mjs';
import { listenForStop, onStop } from './lib/stopping.mjs';
import { closeWhenDue } from './lib/technical-admin.mjs';

try {
  listenForStop(() => 130);
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  await requireInstalled(settings);
  if (!settings.demo) await closeWhenDue(settings, new Date());
  const secrets = await provideSecrets(settings);
  const { missing } = compareKeys(keysOf(settings, secrets), await recordedKeys(settings));
  // Beside the report, which may be read by a program.
  if (missing.length) process.stderr.write(`${missingKeysText(missing)}\n`);
  const env = hostEnvironment(settings, secrets);
  const host = runHost(
    ['crm-doctor', ...process.argv.slice(2)],
    { ...env, LOG_LEVEL: 'fatal' },
    { onOutput: (text) => process.stdout.write(text) },
  );
  onStop(() => host.stop());
  process.exitCode = await host.ended;
} catch (error) {
  fail(error);
}
