import { createWriteStream, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { linkOrCopy, syncFile, syncFolder } from '../atomic-file.mjs';
import { withDatabase } from '../database.mjs';
import { Problem } from '../problem.mjs';
import { onStop } from '../stopping.mjs';
import { examineFile } from './sqlite-snapshot.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */

/** What SQLite keeps beside a file; left over from another one it would be taken for a part of the new one. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * What a killed server left beside its file goes into it, so that the file alone is the whole database. One that SQLite cannot read
 * any more is put aside as it is.
 * @param {Settings} settings
 */
async function makeWhole(settings) {
  try {
    await withDatabase(settings, async (database) => {
      await database('sqlite_master').count();
      await database.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** There is a whole database under its name at every moment: first the old one, which gets a second name, then the new one. @param {Settings} settings @param {string} fresh @param {string} aside */
async function takePlace(settings, fresh, aside) {
  const file = settings.databaseFile;
  if (existsSync(file)) await makeWhole(settings);
  for (const end of COMPANIONS) if (existsSync(file + end)) renameSync(file + end, file + aside + end);
  if (existsSync(file)) linkOrCopy(file, file + aside);
  renameSync(fresh, file);
  syncFolder(dirname(file));
}

/**
 * The file is built beside its place, looked at by SQLite, settled, and changes places with the old one at the very end; that one stays
 * beside it under `aside`.
 * @param {Settings} given
 * @param {string} aside
 * @param {import('./restore.mjs').Source} source
 */
export async function restoreSqlite(given, aside, { read, settle }) {
  const file = existsSync(given.databaseFile) ? realpathSync(given.databaseFile) : given.databaseFile;
  const fresh = `${file}.restoring`;
  const there = { ...given, databaseFile: fresh };
  const discard = () => ['', ...COMPANIONS].forEach((end) => rmSync(fresh + end, { force: true }));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  discard();
  const forget = onStop(async () => discard());
  try {
    const manifest = await read(async ({ card, blocks }) => {
      if (card.type === 'sqlite') await pipeline(blocks, createWriteStream(fresh, { flags: 'wx', mode: 0o600 }));
    });
    if (!existsSync(fresh) || !isDeepStrictEqual(await examineFile(given, fresh), manifest.tables)) {
      throw new Problem('restoreDiffers', { what: 'crm.db' });
    }
    await withDatabase(there, (database) => database.transaction(settle));
    await makeWhole(there);
    syncFile(fresh);
    await takePlace({ ...given, databaseFile: file }, fresh, aside);
  } finally {
    forget();
    discard();
  }
}
