/**
 * `npm run restore -- <backup> [--into <data folder>] [--database <name>] [--replace] [--without-keys]`: puts a backup into an empty
 * place, compares what stands there with what was backed up, and lets the doctor look (F44).
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { provideBundle } from './lib/bundle.mjs';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { hostEnvironment } from './lib/host-env.mjs';
import { runHost } from './lib/host-process.mjs';
import { compareKeys, missingKeysText, recordedKeys } from './lib/keys/key-record.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem } from './lib/problem.mjs';
import { tell } from './lib/progress.mjs';
import { provideSecrets, standingKeys } from './lib/secrets.mjs';
import { readSettings } from './lib/settings.mjs';
import { listenForStop, onStop } from './lib/stopping.mjs';
import { passphraseOf } from './lib/vault/passphrase.mjs';
import { restoreBackup } from './lib/vault/restore.mjs';
import { nameOfPlace } from './lib/vault/restore-place.mjs';
import { elsewhere } from './lib/vault/elsewhere.mjs';

/** @typedef {import('./lib/settings.mjs').Settings} Settings */

/** @param {Settings} settings */
async function runDoctor(settings) {
  await provideBundle(process.execPath);
  const env = hostEnvironment(settings, await provideSecrets(settings));
  const host = runHost(['crm-doctor'], { ...env, LOG_LEVEL: 'fatal' }, { onOutput: (text) => process.stdout.write(text) });
  onStop(() => host.stop());
  return host.ended;
}

try {
  listenForStop(() => 130);
  process.umask(0o077);
  const { values, positionals } = parseArgs({
    options: {
      into: { type: 'string' },
      database: { type: 'string' },
      replace: { type: 'boolean', default: false },
      'without-keys': { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [name, ...more] = positionals;
  if (!name || more.length) throw new Problem('restoreUsage');
  const here = (/** @type {string} */ path) => resolve(process.env['INIT_CWD'] ?? '.', path);
  const environment = mergedEnvironment(join(ROOT, '.env'), process.env);
  const settings = readSettings(
    elsewhere(environment, { folder: values.into ? here(values.into) : null, database: values.database ?? null }),
  );
  const passphrase = await passphraseOf(settings.environment, { isNew: false });
  const there = `${values.into ? `CRM_DATA_DIR=${here(values.into)} ` : ''}${values.database ? `DB_DATABASE=${values.database} ` : ''}`;
  const wish = {
    file: here(name),
    passphrase,
    mayReplace: values.replace,
    withoutKeys: values['without-keys'],
    there,
    now: new Date(),
  };
  const { about, manifest } = await restoreBackup(settings, wish);
  const tables = Object.values(manifest.tables);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  tell(`✓ ${nameOfPlace(settings)} ← ${about.at}: ${tables.length} 张表 | tables, ${rows} 行 | rows, ${manifest.files} 个附件 | files`);
  const keys = standingKeys(settings);
  const { missing } = compareKeys(keys, await recordedKeys(settings));
  if (missing.length) tell(missingKeysText(missing));
  // Without any key no host starts, the doctor's neither.
  process.exit(keys.length ? await runDoctor(settings) : 0);
} catch (error) {
  fail(error);
}
