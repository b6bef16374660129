import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { withDatabase } from './database.mjs';

/** The row in which a finished installation says what it was made from; it lives in the database that it speaks of. */
const KEY = 'start';
const TABLE = 'crm_install_state';

/**
 * @typedef {object} Standing
 * @property {boolean} host the host's own tables stand
 * @property {string | null} built fingerprint of the last finished installation
 * @property {'demo' | 'production' | null} mode
 */

/**
 * @param {import('./settings.mjs').Settings} settings
 * @returns {Promise<Standing>}
 */
export async function readStanding(settings) {
  /** @type {Standing} */
  const nothing = { host: false, built: null, mode: null };
  if (!settings.postgres && !existsSync(settings.databaseFile)) return nothing;
  return withDatabase(settings, async (database) => {
    const host = await database.schema.hasTable('directus_users');
    if (!host || !(await database.schema.hasTable(TABLE))) return { ...nothing, host };
    const row = await database(TABLE).where({ key: KEY }).first('value');
    const { built = null, mode = null } = row ? JSON.parse(row.value) : {};
    return { host, built, mode };
  });
}

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} built
 */
export async function rememberInstalled(settings, built) {
  const value = JSON.stringify({ built, mode: settings.demo ? 'demo' : 'production' });
  await withDatabase(settings, async (database) => {
    const changed = await database(TABLE).where({ key: KEY }).update({ value });
    if (!changed) await database(TABLE).insert({ id: randomUUID(), key: KEY, value });
  });
}

/** Any number that nobody else uses for a lock in this database. */
const LOCK = 20_261_122;

/**
 * Several nodes that start together on an empty database: one creates it, the others wait and find it done. The lock hangs on
 * a connection, not on a transaction: an open transaction would hold up every index that is built CONCURRENTLY.
 * @template T
 * @param {import('./settings.mjs').Settings} settings
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(settings, work) {
  if (settings.environment['DB_CLIENT'] !== 'pg') return work();
  return withDatabase(settings, async (database) => {
    const connection = await database.client.acquireConnection();
    try {
      await database.raw('SELECT pg_advisory_lock(?)', [LOCK]).connection(connection);
      return await work();
    } finally {
      await database.raw('SELECT pg_advisory_unlock(?)', [LOCK]).connection(connection);
      await database.client.releaseConnection(connection);
    }
  });
}
