import { randomUUID } from 'node:crypto';

const TABLE = 'crm_install_state';

/** @typedef {import('knex').Knex} Knex */

/**
 * What a command left in the installation's own memory; it lives in the database that it speaks of.
 * @template T
 * @param {Knex} database
 * @param {string} key
 * @returns {Promise<T | null>}
 */
export async function readStateRow(database, key) {
  if (!(await database.schema.hasTable(TABLE))) return null;
  const row = await database(TABLE).where({ key }).first('value');
  return row?.value ? JSON.parse(row.value) : null;
}

/** One statement, so that two commands at once leave one row. @param {Knex} database @param {string} key @param {unknown} value */
export async function writeStateRow(database, key, value) {
  await database(TABLE)
    .insert({ id: randomUUID(), key, value: JSON.stringify(value), hash: '' })
    .onConflict('key')
    .merge(['value']);
}
