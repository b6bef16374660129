import { SEALED_FIELDS, indexColumn } from '../../../extensions/crm/src/privacy/rules/sealed-fields.ts';

/** @typedef {{ id: string, table: string, rows: number }} KeyUse */

const SUBJECT_KEYS = 'crm_subject_keys';
/** What is signed is never signed anew; a rotation keeps the key it was signed with (privacy/kept-keys.ts). */
const SIGNED = ['crm_audit', 'crm_audit_blocks'];
const KEPT = 'kept:audit';

/**
 * How many rows still need each master key: wrapped keys of subjects, indexes that bear its id, and what was signed with it, unless
 * the key of that signature is kept.
 * @param {import('knex').Knex} database @returns {Promise<KeyUse[]>}
 */
export async function readKeyUses(database) {
  const kept = await database(SUBJECT_KEYS).where({ collection: KEPT }).pluck('item');
  const isKept = (/** @type {string} */ id) => kept.includes(Buffer.from(id).toString('hex'));
  return [
    ...(await countBy(database, SUBJECT_KEYS, database.ref('key_id'))),
    ...(await readIndexUses(database)),
    ...(await Promise.all(SIGNED.map((table) => countBy(database, table, database.ref('key'))))).flat().filter(({ id }) => !isKept(id)),
  ];
}

/** @param {import('knex').Knex} database */
async function readIndexUses(database) {
  const isSqlite = String(database.client.config.client).startsWith('sqlite');
  const uses = SEALED_FIELDS.map(({ collection, field }) => {
    const column = indexColumn(field);
    const id = isSqlite
      ? database.raw("substr(??, 1, instr(??, '.') - 1)", [column, column])
      : database.raw("split_part(??, '.', 1)", [column]);
    return countBy(database, collection, id, column);
  });
  return (await Promise.all(uses)).flat();
}

/**
 * @param {import('knex').Knex} database
 * @param {string} table
 * @param {import('knex').Knex.Raw | import('knex').Knex.Ref<string, any>} id
 * @param {string} [filled] the column that must not be empty, where `id` is no column itself
 */
async function countBy(database, table, id, filled) {
  const rows = database(table).select({ master: id }).count({ rows: '*' }).groupBy('master');
  const counts = /** @type {{ master: string | null, rows: unknown }[]} */ (await (filled ? rows.whereNotNull(filled) : rows));
  return counts.flatMap((row) => (row.master === null ? [] : [{ id: row.master, table, rows: Number(row.rows) }]));
}

/** @param {readonly KeyUse[]} uses @param {string} id */
export const usesOf = (uses, id) => uses.filter((use) => use.id === id && use.rows > 0);

/** @param {readonly KeyUse[]} uses */
export const rowsOf = (uses) => uses.reduce((sum, { rows }) => sum + rows, 0);

/**
 * Whether a rotation should begin with a new key: not where rows still hang on older ones (an interrupted rotation is to be finished
 * first), and not where the active key is newer than everything already.
 * @param {readonly KeyUse[]} uses
 * @param {readonly string[]} ids the active one first
 */
export function needsNewKey(uses, ids) {
  const [active = '', ...older] = ids;
  const hasOlder = uses.some(({ id, rows, table }) => older.includes(id) && rows > 0 && isRewritten(table));
  const isFresh = older.length > 0 && usesOf(uses, active).length === 0;
  return !hasOlder && !isFresh;
}

/** A rotation writes these anew, and keeps what the log was signed with. @param {string} table */
const isRewritten = (table) => !SIGNED.includes(table);
