import { existsSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { withDatabase } from './database.mjs';
import { isDemoLogin } from './logins.mjs';
import { MARK_TABLE, readMark, tablesOf } from './start-mark.mjs';
import { decideStanding } from './standing.mjs';

/** The row in which a finished installation says what it was made from; it lives in the database that it speaks of. */
const KEY = 'start';
const TABLE = 'crm_install_state';
/** What a restore writes together with the rows it brings (vault/restore.mjs). */
export const RESTORED = 'restored';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('knex').Knex} Knex */

/**
 * @typedef {object} Installed
 * @property {string} built fingerprint of the last finished installation
 * @property {import('./start-mark.mjs').Mode} mode
 * @property {string} [password] salted hash of the demo's password
 */

/**
 * @typedef {object} Standing
 * @property {import('./standing.mjs').StandingKind} kind
 * @property {import('./start-mark.mjs').Mode | null} mode what was begun or installed here
 * @property {boolean} begun the host's own tables are ours to finish
 * @property {Installed | null} installed what the last finished installation wrote
 * @property {string[]} demoLogins demo log-ins that exist, whatever the mode
 * @property {string | null} halfRestored of when the backup is whose restore was cut off here
 */

/**
 * @typedef {object} Restored
 * @property {string} at when
 * @property {string} from of when the backup is
 * @property {true} [isHalf] the database stands, its files do not yet
 */

/** @type {Standing} */
const NOTHING = { kind: 'empty', mode: null, begun: false, installed: null, demoLogins: [], halfRestored: null };

/**
 * Our own memory, as far as a table of this name is ours.
 * @param {Knex} database
 * @param {string[]} tables
 * @returns {Promise<Record<string, unknown>>}
 */
async function readState(database, tables) {
  if (!tables.includes(TABLE)) return {};
  try {
    const rows = await database(TABLE).whereIn('key', [KEY, RESTORED, 'product', 'host']).select('key', 'value');
    return Object.fromEntries(rows.map(({ key, value }) => [key, value ? JSON.parse(value) : null]));
  } catch {
    return {};
  }
}

/** @param {Knex} database @param {string[]} tables */
async function readPeople(database, tables) {
  if (!tables.includes('directus_users')) return { users: 0, demoLogins: [] };
  const row = await database('directus_users').count({ count: '*' }).first();
  const named = await database('directus_users').where('email', 'like', '%@example.com').select('email');
  return {
    users: Number(row?.['count'] ?? 0),
    demoLogins: named
      .map(({ email }) => email)
      .filter(isDemoLogin)
      .sort(),
  };
}

/**
 * @param {Knex} database
 * @returns {Promise<Standing>}
 */
export async function standingOf(database) {
  const tables = await tablesOf(database);
  const mark = tables.includes(MARK_TABLE) ? await readMark(database) : null;
  const state = await readState(database, tables);
  const { users, demoLogins } = await readPeople(database, tables);
  const isFile = database.client.config.client === 'sqlite3';
  const kind = decideStanding({ tables, mark, product: state['product'], place: state['host'], users, isFile });
  const installed = /** @type {Installed | null} */ (kind === 'ours' ? (state[KEY] ?? null) : null);
  const restored = /** @type {Restored | null} */ (state[RESTORED] ?? null);
  return {
    kind,
    mode: installed?.mode ?? mark?.mode ?? null,
    begun: mark?.stage === 'bootstrap',
    installed,
    demoLogins,
    halfRestored: restored?.isHalf ? restored.from : null,
  };
}

/** @param {Settings} settings @returns {Promise<Standing>} */
export async function readStanding(settings) {
  if (!settings.postgres && (!existsSync(settings.databaseFile) || statSync(settings.databaseFile).size === 0)) return NOTHING;
  return withDatabase(settings, standingOf);
}

/**
 * The end of an installation: what it was made from is written and the mark taken away, in one.
 * @param {Settings} settings
 * @param {Installed} installed
 */
export async function rememberInstalled(settings, installed) {
  const value = JSON.stringify(installed);
  await withDatabase(settings, (database) =>
    database.transaction(async (transaction) => {
      const changed = await transaction(TABLE).where({ key: KEY }).update({ value });
      if (!changed) await transaction(TABLE).insert({ id: randomUUID(), key: KEY, value });
      await transaction.schema.dropTableIfExists(MARK_TABLE);
    }),
  );
}
