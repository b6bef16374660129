/**
 * A tiny table of our own that stands in the database from before its first host table until the installation is finished:
 * it proves that what stands there was begun by us, how far it came, and as what. Nothing outside the database can say that:
 * a file beside it would speak of another database as soon as somebody changes DB_DATABASE.
 */
export const MARK_TABLE = 'crm_start_mark';

/** @typedef {import('knex').Knex} Knex */
/** @typedef {'demo' | 'production'} Mode */
/** @typedef {{ mode: Mode, stage: 'bootstrap' | 'install' }} Mark bootstrap: the host's own tables may be half made */

/** @param {Knex} database @param {Mark} mark */
export async function writeMark(database, { mode, stage }) {
  await database.transaction(async (transaction) => {
    if (!(await transaction.schema.hasTable(MARK_TABLE))) {
      await transaction.schema.createTable(MARK_TABLE, (table) => {
        table.integer('id').primary();
        table.string('mode', 20).notNullable();
        table.string('stage', 20).notNullable();
      });
    }
    await transaction(MARK_TABLE).delete();
    await transaction(MARK_TABLE).insert({ id: 1, mode, stage });
  });
}

/** @param {Knex} database @returns {Promise<Mark | null>} */
export const readMark = async (database) => (await database(MARK_TABLE).first('mode', 'stage')) ?? null;

/** @param {Knex} database @returns {Promise<string[]>} */
export async function tablesOf(database) {
  const rows =
    database.client.config.client === 'sqlite3'
      ? await database('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%').select('name')
      : await database('pg_tables').whereRaw('schemaname = current_schema()').select('tablename as name');
  return rows.map(({ name }) => name);
}
