/**
 * The tables of one schema as PostgreSQL itself describes them, and the statements that make them anew: also what an administrator has
 * added to the host, in whatever version it was. Read with the schema as the only one in the search path, so that no
 * name in it carries the schema's name and it can be restored under another one.
 * @typedef {import('knex').Knex} Knex
 * @typedef {{ name: string, type: string, fallback: string | null, required: boolean, identity: string, generated: string, collation: string | null }} Column
 * @typedef {{ name: string, columns: Column[] }} Table
 * @typedef {{ name: string, type: string, start: string, step: string, least: string, most: string, cycles: boolean, table: string | null, column: string | null, identity: boolean }} Sequence
 * @typedef {{ table: string, name: string, kind: string, definition: string }} Constraint
 * @typedef {{ tables: Table[], sequences: Sequence[], constraints: Constraint[], indexes: string[], leftOut: string[] }} Schema
 */

const MINE =
  "n.nspname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.objid = c.oid AND x.classid = 'pg_class'::regclass AND x.deptype = 'e')";
const CLASSES = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${MINE}`;

/** @param {Knex} trx @param {string} sql @returns {Promise<any[]>} */
const rows = async (trx, sql) => (await trx.raw(sql)).rows;

/** @param {Knex} trx @returns {Promise<Table[]>} */
async function readTables(trx) {
  const found = await rows(
    trx,
    `SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
            a.attidentity AS identity, a.attgenerated AS generated, pg_get_expr(d.adbin, d.adrelid) AS fallback,
            CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(k.collname) END AS collation
       FROM ${CLASSES}
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_type t ON t.oid = a.atttypid
       LEFT JOIN pg_collation k ON k.oid = a.attcollation
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relkind = 'r' ORDER BY c.relname, a.attnum`,
  );
  const names = await rows(trx, `SELECT c.relname AS name FROM ${CLASSES} WHERE c.relkind = 'r' ORDER BY c.relname`);
  return names.map(({ name }) => ({
    name,
    columns: found.filter((row) => row.table === name).map(({ table: _, ...column }) => column),
  }));
}

/** @param {Knex} trx @returns {Promise<Sequence[]>} */
const readSequences = (trx) =>
  rows(
    trx,
    `SELECT c.relname AS name, format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start, s.seqincrement::text AS step,
            s.seqmin::text AS least, s.seqmax::text AS most, s.seqcycle AS cycles, owner.relname AS "table", a.attname AS "column",
            coalesce(d.deptype = 'i', false) AS identity
       FROM ${CLASSES}
       JOIN pg_sequence s ON s.seqrelid = c.oid
       LEFT JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
       LEFT JOIN pg_class owner ON owner.oid = d.refobjid
       LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      ORDER BY c.relname`,
  );

/** Foreign keys last: they need the tables and unique keys of others. @param {Knex} trx @returns {Promise<Constraint[]>} */
const readConstraints = (trx) =>
  rows(
    trx,
    `SELECT c.relname AS "table", k.conname AS name, k.contype AS kind, pg_get_constraintdef(k.oid, true) AS definition
       FROM ${CLASSES} JOIN pg_constraint k ON k.conrelid = c.oid
      WHERE c.relkind = 'r' AND k.contype IN ('p', 'u', 'x', 'c', 'f')
      ORDER BY CASE k.contype WHEN 'p' THEN 1 WHEN 'u' THEN 2 WHEN 'x' THEN 3 WHEN 'c' THEN 4 ELSE 5 END, c.relname, k.conname`,
  );

/** @param {Knex} trx @returns {Promise<string[]>} */
async function readIndexes(trx) {
  const found = await rows(
    trx,
    `SELECT pg_get_indexdef(i.indexrelid, 0, true) AS definition
       FROM ${CLASSES} JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
      WHERE c.relkind = 'r' AND i.indisvalid AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
      ORDER BY x.relname`,
  );
  return found.map(({ definition }) => definition);
}

/** What somebody built into the database beside the host and us; a person must know that it is not in the file. @param {Knex} trx @returns {Promise<string[]>} */
async function readLeftOut(trx) {
  const found = await rows(
    trx,
    `SELECT 'relation ' || c.relname AS what FROM ${CLASSES} WHERE c.relkind IN ('v', 'm', 'p', 'f')
     UNION ALL SELECT 'trigger ' || t.tgname FROM ${CLASSES} JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
     UNION ALL SELECT 'rule ' || r.policyname FROM pg_policies r WHERE r.schemaname = current_schema()
     UNION ALL SELECT 'function ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.objid = p.oid AND x.deptype = 'e')
     UNION ALL SELECT 'type ' || t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
       WHERE n.nspname = current_schema() AND t.typtype IN ('e', 'd', 'r') AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.objid = t.oid AND x.deptype = 'e')`,
  );
  return found.map(({ what }) => what);
}

/**
 * What our file cannot carry and tables need: types, functions in defaults and checks, and kinds of indexes that somebody made or an extension
 * brought. A backup without them would be none: its tables could not be made again.
 * @param {Knex} trx @returns {Promise<string[]>}
 */
export async function readForeignNeeds(trx) {
  const found = await rows(
    trx,
    `SELECT c.relname || '.' || a.attname || ' (' || format_type(a.atttypid, a.atttypmod) || ')' AS what
       FROM ${CLASSES} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace s ON s.oid = t.typnamespace
      WHERE c.relkind = 'r' AND s.nspname <> 'pg_catalog'
     UNION ALL SELECT c.relname || ' (' || p.proname || '())'
       FROM ${CLASSES} LEFT JOIN pg_attrdef d ON d.adrelid = c.oid LEFT JOIN pg_constraint k ON k.conrelid = c.oid
       JOIN pg_depend x ON (x.classid = 'pg_attrdef'::regclass AND x.objid = d.oid) OR (x.classid = 'pg_constraint'::regclass AND x.objid = k.oid)
       JOIN pg_proc p ON p.oid = x.refobjid AND x.refclassid = 'pg_proc'::regclass JOIN pg_namespace s ON s.oid = p.pronamespace
      WHERE c.relkind = 'r' AND s.nspname <> 'pg_catalog'
     UNION ALL SELECT x.relname || ' (' || o.opcname || ')'
       FROM ${CLASSES} JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
       JOIN pg_opclass o ON o.oid = ANY (i.indclass::oid[]) JOIN pg_namespace s ON s.oid = o.opcnamespace
      WHERE c.relkind = 'r' AND s.nspname <> 'pg_catalog'`,
  );
  return [...new Set(found.map(({ what }) => what))].sort();
}

/** @param {Knex} trx @returns {Promise<Schema>} */
export async function readSchema(trx) {
  return {
    tables: await readTables(trx),
    sequences: await readSequences(trx),
    constraints: await readConstraints(trx),
    indexes: await readIndexes(trx),
    leftOut: await readLeftOut(trx),
  };
}

/** In a statement a question mark of ours stands for a value; one in a name or a default does not. @param {string} sql */
export const literal = (sql) => sql.replaceAll('?', '\\?');

/** @param {Knex} trx @param {string} sql */
export const run = (trx, sql) => trx.raw(literal(sql));

/** @param {string} name */
export const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/** @param {Column} column */
function columnText({ name, type, fallback, required, identity, generated, collation }) {
  const parts = [quoted(name), type];
  if (collation) parts.push(`COLLATE ${collation}`);
  if (generated === 's') parts.push(`GENERATED ALWAYS AS (${fallback}) STORED`);
  else if (identity) parts.push(`GENERATED ${identity === 'a' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`);
  else if (fallback !== null) parts.push(`DEFAULT ${fallback}`);
  if (required) parts.push('NOT NULL');
  return parts.join(' ');
}

/** Before the rows: sequences and tables. @param {Schema} schema @returns {string[]} */
export const tableStatements = ({ tables, sequences }) => [
  ...sequences
    .filter(({ identity }) => !identity)
    .map(
      ({ name, type, start, step, least, most, cycles }) =>
        `CREATE SEQUENCE ${quoted(name)} AS ${type} INCREMENT ${step} MINVALUE ${least} MAXVALUE ${most} START ${start} ${cycles ? 'CYCLE' : 'NO CYCLE'}`,
    ),
  ...tables.map(({ name, columns }) => `CREATE TABLE ${quoted(name)} (${columns.map(columnText).join(', ')})`),
];

/** After the rows, so that each is checked once: owners of sequences, keys, indexes, foreign keys. @param {Schema} schema @returns {string[]} */
export const keyStatements = ({ sequences, constraints, indexes }) => {
  const add = (/** @type {Constraint} */ { table, name, definition }) =>
    `ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${definition}`;
  return [
    ...sequences
      .filter(({ identity, table }) => !identity && table !== null)
      .map(({ name, table, column }) => `ALTER SEQUENCE ${quoted(name)} OWNED BY ${quoted(table ?? '')}.${quoted(column ?? '')}`),
    ...constraints.filter(({ kind }) => kind !== 'f').map(add),
    ...indexes,
    ...constraints.filter(({ kind }) => kind === 'f').map(add),
  ];
};
