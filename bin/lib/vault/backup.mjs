import { chmodSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { syncFolder } from '../atomic-file.mjs';
import { isDiskFull } from '../disk.mjs';
import { hostEnvironment } from '../host-env.mjs';
import { withPidLock } from '../pid-lock.mjs';
import { Problem } from '../problem.mjs';
import { step } from '../progress.mjs';
import { onStop } from '../stopping.mjs';
import { backupContent, emptyManifest } from './backup-content.mjs';
import { rememberBackup } from './backup-record.mjs';
import { readBackup } from './read-backup.mjs';
import { seal } from './sealed-file.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('./backup-content.mjs').Manifest} Manifest */

const END = '.crmbackup';
const PART = '.part';
/** Old remains of killed runs; a run that still writes is younger. */
const DAY_MS = 86_400_000;

/** `crm-20261122T063000Z.crmbackup`: sorts by time. @param {Date} now */
const nameOf = (now) => `crm-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;

/** A second one of the same second gets a name of its own. @param {string} folder @param {string} name @returns {string} */
function freeName(folder, name, count = 1) {
  const full = count === 1 ? name + END : `${name}-${count}${END}`;
  return existsSync(join(folder, full)) ? freeName(folder, name, count + 1) : full;
}

/** What runs that were killed left behind: a clear copy of the database, a file that never became a backup. @param {string} dataDir @param {string} folder @param {Date} now */
function removeRemains(dataDir, folder, now) {
  for (const name of readdirSync(dataDir)) if (/^backup-\w{6}$/.test(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('crm-') || !name.endsWith(END + PART)) continue;
    if (now.getTime() - statSync(join(folder, name)).mtimeMs > DAY_MS) rmSync(join(folder, name), { force: true });
  }
}

/** @param {string} folder @param {unknown} error */
function problemOf(folder, error) {
  if (error instanceof Problem) return error;
  const { code = '', message = '' } = /** @type {NodeJS.ErrnoException} */ (error);
  if (isDiskFull(error)) return new Problem('backupNoSpace', { folder });
  return ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST'].includes(code)
    ? new Problem('fileUnusable', { file: folder, reason: `${code} ${message.split("'")[1] ?? ''}`.trim() })
    : error;
}

/**
 * One file with everything but the keys, written beside its name and put there only when it was read back whole: a backup that stands
 * is a good one (F43, F44). Older ones are never touched.
 * @param {Settings} settings
 * @param {{ folder: string, passphrase: string, now: Date }} wish
 * @returns {Promise<{ file: string, bytes: number, manifest: Manifest }>}
 */
export async function makeBackup(settings, { folder, passphrase, now }) {
  const client = settings.environment['DB_CLIENT'];
  if (client === 'cockroachdb') throw new Problem('backupClient', { client });
  return withPidLock(join(settings.dataDir, 'backup.lock'), async () => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      removeRemains(settings.dataDir, folder, now);
      return await write(settings, { folder, passphrase, now });
    } catch (error) {
      throw problemOf(folder, error);
    }
  });
}

/** @param {Settings} settings @param {{ folder: string, passphrase: string, now: Date }} wish */
async function write(settings, { folder, passphrase, now }) {
  const name = freeName(folder, nameOf(now));
  const file = join(folder, name);
  const part = file + PART;
  const work = mkdtempSync(join(settings.dataDir, 'backup-'));
  const clean = () => {
    rmSync(part, { force: true });
    rmSync(work, { recursive: true, force: true });
  };
  const forget = onStop(async () => clean());
  process.once('exit', clean);
  try {
    const manifest = emptyManifest();
    const content = backupContent(settings, hostEnvironment(settings, {}), { snapshot: join(work, 'snapshot.db'), now, manifest });
    await step('写入备份', 'writing the backup', () =>
      pipeline(
        Readable.from(content, { objectMode: false }),
        createGzip({ level: 3 }),
        (source) => seal(source, passphrase, 'backup'),
        createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }),
      ),
    );
    await step('读回并校验', 'reading it back', () => readBackup(part, passphrase, async () => undefined));
    chmodSync(part, 0o600);
    const bytes = statSync(part).size;
    renameSync(part, file);
    syncFolder(folder);
    await rememberBackup(settings, { at: now.toISOString(), bytes, name });
    return { file, bytes, manifest };
  } finally {
    forget();
    process.removeListener('exit', clean);
    clean();
  }
}
