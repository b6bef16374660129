import { existsSync } from 'node:fs';
import { databaseAddress, postgresConfig } from './database-address.mjs';
import { Problem } from './problem.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * How our own scripts reach the host's database, for knex.
 * @param {Settings} settings
 * @returns {import('knex').Knex.Config}
 */
export function knexConfig(settings) {
  if (settings.postgres) return postgresConfig(settings.environment);
  return {
    client: 'sqlite3',
    connection: { filename: settings.databaseFile },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, afterCreate: waitForOthers },
  };
}

/**
 * A running server writes to the same file: our commands wait for it instead of failing.
 * @param {{ configure(name: 'busyTimeout', milliseconds: number): void }} connection
 * @param {(error: Error | null, connection: unknown) => void} done
 */
function waitForOthers(connection, done) {
  connection.configure('busyTimeout', 15_000);
  done(null, connection);
}

/**
 * Opens the database for `work` and closes it again; what is wrong with it becomes one clear line.
 * @template T
 * @param {Settings} settings
 * @param {(database: import('knex').Knex) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDatabase(settings, work) {
  const { default: knex } = await import('knex');
  const database = knex(knexConfig(settings));
  try {
    return await work(database);
  } catch (error) {
    throw error instanceof Problem ? error : (problemOf(error, settings) ?? error);
  } finally {
    await database.destroy();
  }
}

/**
 * @param {unknown} error
 * @param {Settings} settings
 */
function problemOf(error, settings) {
  const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error);
  if (!settings.postgres) {
    return /SQLITE_(CORRUPT|NOTADB)/.test(`${code} ${message}`) ? new Problem('brokenDatabase', { file: settings.databaseFile }) : null;
  }
  const { host, port, user, database } = databaseAddress(settings.environment);
  const values = { where: `${host}:${port}`, user, database, reason: code || message };
  if (['28P01', '28000'].includes(code) || /password must be a string|SASL/.test(message)) return new Problem('databasePassword', values);
  if (code === '3D000') return new Problem('databaseMissing', values);
  if (code === '42501') return new Problem('databaseRights', values);
  if (/^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET|57P03|53300)/.test(code) || /timeout|Connection terminated/i.test(message)) {
    return new Problem('databaseUnreachable', values);
  }
  return null;
}

/**
 * Whether the database answers, lets us create tables and is whole, before anything long begins.
 * @param {Settings} settings
 */
export async function checkDatabase(settings) {
  if (!settings.postgres && !existsSync(settings.databaseFile)) return;
  await withDatabase(settings, async (database) => {
    if (!settings.postgres) {
      await database('sqlite_master').count();
      return;
    }
    const { rows } = await database.raw("SELECT has_schema_privilege(current_user, current_schema(), 'CREATE') AS allowed");
    const { user, database: name } = databaseAddress(settings.environment);
    if (rows[0]?.allowed !== true) throw new Problem('databaseRights', { user, database: name });
  });
}
