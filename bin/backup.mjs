/** `npm run backup [-- --to <folder>]`: everything but the keys, in one encrypted file, while the server runs (F43, F44). */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { requireInstalled } from './lib/installation.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem } from './lib/problem.mjs';
import { tell } from './lib/progress.mjs';
import { readSettings } from './lib/settings.mjs';
import { listenForStop } from './lib/stopping.mjs';
import { makeBackup } from './lib/vault/backup.mjs';
import { passphraseOf } from './lib/vault/passphrase.mjs';

/** @param {import('./lib/vault/backup-content.mjs').Manifest} manifest */
function warn({ missing, leftOut }) {
  if (leftOut.length) tell(`⚠ 不在备份中 | not in the backup: ${leftOut.join(', ')}`);
  if (missing) tell(`⚠ ${missing} 个附件的文件不在磁盘上 | files that the database names are not on the disk: ${missing}`);
}

try {
  listenForStop(() => 130);
  process.umask(0o077);
  const { values, positionals } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });
  if (positionals.length) throw new Problem('backupUsage');
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  await requireInstalled(settings);
  const passphrase = await passphraseOf(settings.environment, { isNew: true });
  const folder = values.to ? resolve(process.env['INIT_CWD'] ?? '.', values.to) : join(settings.dataDir, 'backups');
  const { file, bytes, manifest } = await makeBackup(settings, { folder, passphrase, now: new Date() });
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  tell(`✓ ${file}  ${(bytes / 1024 / 1024).toFixed(1)} MB, ${rows} 行 | rows, ${manifest.files} 个附件 | files`);
  warn(manifest);
  process.exit(0);
} catch (error) {
  fail(error);
}
