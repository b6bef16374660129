import { join } from 'node:path';
import { withDatabase } from './database.mjs';
import { withPidLock } from './pid-lock.mjs';
import { step } from './progress.mjs';

/** Any number that nobody else uses for a lock in this database. */
const LOCK = 20_261_122;
const POLL_MS = 500;

/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * Several commands or nodes that begin together on one database: one creates it, the others wait under a progress line and
 * find it done.
 * @template T
 * @param {Settings} settings
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function oneAtATime(settings, work) {
  const client = settings.environment['DB_CLIENT'];
  if (!settings.postgres) return withPidLock(join(settings.dataDir, 'install.lock'), work);
  return client === 'pg' ? inDatabase(settings, work) : work();
}

/**
 * The lock hangs on a connection, not on a transaction: an open transaction would hold up every index that is built
 * CONCURRENTLY. Asked for again and again instead of waited for, so that Ctrl-C and progress stay possible.
 * @template T
 * @param {Settings} settings
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
const inDatabase = (settings, work) =>
  withDatabase(settings, async (database) => {
    const connection = await database.client.acquireConnection();
    const take = async () => {
      const { rows } = await database.raw('SELECT pg_try_advisory_lock(?) AS taken', [LOCK]).connection(connection);
      return rows[0].taken === true;
    };
    try {
      if (!(await take())) {
        await step('等待另一个节点完成安装', 'waiting for another node to finish its installation', async () => {
          while (!(await take())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        });
      }
      return await work();
    } finally {
      await database.raw('SELECT pg_advisory_unlock(?)', [LOCK]).connection(connection);
      await database.client.releaseConnection(connection);
    }
  });
