import { rmSync } from 'node:fs';
import { withDatabase } from '../database.mjs';
import { Problem } from '../problem.mjs';
import { tablesOf } from '../start-mark.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('knex').Knex} Knex */
/** @typedef {{ step(pages: number, done: (error: Error | null, completed: boolean) => void): void, finish(done?: () => void): void }} SqliteBackup */

const RETRY_MS = 50;
const PATIENCE_MS = 60_000;

/**
 * The whole database in one step of SQLite's own online backup: writers of the running server wait for as long as copying the pages
 * takes, and never see or leave half a state. (VACUUM INTO would make them wait several times as long.)
 * @param {SqliteBackup} backup
 */
async function copyPages(backup) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const isDone = await new Promise((resolve, reject) => {
      backup.step(-1, (error, completed) => {
        const isBusy = /SQLITE_(BUSY|LOCKED)/.test(String(error));
        if (error && (!isBusy || Date.now() > deadline)) reject(error);
        else resolve(!error && completed);
      });
    });
    if (isDone) return;
    if (Date.now() > deadline) throw new Error('SQLITE_BUSY: the database did not become free');
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** @param {Settings} settings @param {string} file where the copy goes */
export async function takeSnapshot(settings, file) {
  rmSync(file, { force: true });
  await withDatabase(settings, async (database) => {
    const connection = await database.client.acquireConnection();
    try {
      /** @type {SqliteBackup} */
      const backup = await new Promise((resolve, reject) => {
        const made = connection.backup(file, (/** @type {Error | null} */ error) => (error ? reject(error) : resolve(made)));
      });
      try {
        await copyPages(backup);
      } finally {
        await new Promise((resolve) => backup.finish(() => resolve(undefined)));
      }
    } finally {
      await database.client.releaseConnection(connection);
    }
  });
}

/** @param {Knex} database @returns {Promise<Record<string, { rows: number }>>} */
async function countTables(database) {
  /** @type {Record<string, { rows: number }>} */
  const counts = {};
  for (const name of (await tablesOf(database)).sort()) {
    const row = await database(name).count({ count: '*' }).first();
    counts[name] = { rows: Number(row?.['count']) };
  }
  return counts;
}

/**
 * What a database file holds, once SQLite itself has found it sound.
 * @param {Settings} settings
 * @param {string} file
 */
export async function examineFile(settings, file) {
  return withDatabase({ ...settings, databaseFile: file }, async (database) => {
    const [{ integrity_check: verdict }] = await database.raw('PRAGMA integrity_check(1)');
    if (verdict !== 'ok') throw new Problem('backupUnsound', { reason: String(verdict).split('\n')[0] ?? '' });
    return countTables(database);
  });
}
