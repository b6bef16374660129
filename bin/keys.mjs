/**
 * `npm run keys -- list | add | rotate | export <file> | confirm [<file>] | retire <id> | import <file>`: the master keys of an
 * installation (SEC-1). Passphrases are asked for or come from CRM_BACKUP_PASSPHRASE; keys and passphrases never from the command line.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { runKeysCommand } from './lib/keys/keys-command.mjs';
import { ROOT } from './lib/paths.mjs';
import { readSettings } from './lib/settings.mjs';
import { listenForStop } from './lib/stopping.mjs';

try {
  listenForStop(() => 130);
  process.umask(0o077);
  const { values, positionals } = parseArgs({ options: { print: { type: 'boolean', default: false } }, allowPositionals: true });
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  await runKeysCommand(settings, positionals, { print: values.print });
  process.exit(0);
} catch (error) {
  fail(error);
}
