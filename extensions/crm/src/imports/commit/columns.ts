import { insertMany, updateMany } from '../../platform/api/bulk-rows.ts';
import type { Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';

/** The columns of a collection as the host knows them, the administrator's own ones included. */
const columnsOf = (schema: SchemaOverview, collection: string) =>
  Object.values(schema.collections[collection]!.fields).filter(({ alias, type }) => !alias && type !== 'alias');

const typeOf = (schema: SchemaOverview, collection: string, column: string): string =>
  schema.collections[collection]!.fields[column]?.type ?? 'string';

/** A value in the form in which the host would have stored it. */
function toColumn(database: Knex, type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'json') return JSON.stringify(value);
  if ((type === 'timestamp' || type === 'dateTime') && typeof value === 'string') return new Date(value);
  return type === 'date' && typeof value === 'string' ? toStoredDay(database, value) : value;
}

export const toColumns = (database: Knex, schema: SchemaOverview, collection: string, row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toColumn(database, typeOf(schema, collection, column), value)]));

/** New rows with every column named, those that nobody sent with what the column has by default. */
function wholeRows(database: Knex, schema: SchemaOverview, collection: string, rows: readonly Row[]): Row[] {
  const columns = columnsOf(schema, collection).map(({ field, type, defaultValue }) => ({ field, type, standard: defaultValue ?? null }));
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ field, type, standard }) => [field, toColumn(database, type, row[field]) ?? standard])),
  );
}

const jsonColumns = (schema: SchemaOverview, collection: string): string[] =>
  columnsOf(schema, collection)
    .filter(({ type }) => type === 'json')
    .map(({ field }) => field);

/** A stored value in one form for both databases, as images keep and compare it. */
function toPlainValue(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value === true || value === 1 || value === '1';
  if (type === 'decimal' || type === 'integer' || type === 'float') return Number(value);
  if (type === 'json') return typeof value === 'string' ? JSON.parse(value) : value;
  if (type === 'date') return fromStoredDay(value);
  if (type === 'timestamp' || type === 'dateTime') return new Date(value as number | string | Date).toISOString();
  return value;
}

export const toPlainRow = (schema: SchemaOverview, collection: string, row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toPlainValue(typeOf(schema, collection, column), value)]));

const CHUNK = 400;

/** Inserts new rows of a collection, in stored forms; gives them as they stand then. */
export const insertRowsOf = (database: Knex, schema: SchemaOverview, collection: string, rows: readonly Row[]): Promise<Row[]> =>
  insertMany(database, collection, wholeRows(database, schema, collection, rows), {
    json: jsonColumns(schema, collection),
    returning: true,
  });

/** Changes many rows of a collection, each to values of its own; the rows are held and exist. */
export const updateRowsOf = (
  database: Knex,
  schema: SchemaOverview,
  collection: string,
  rows: readonly Row[],
  changed: readonly string[],
): Promise<void> => updateMany(database, collection, rows, changed, { json: jsonColumns(schema, collection) });

/** Rows by their keys, held for the transaction where `hold` says so; in the order of the keys, so that nobody waits in a circle. */
export async function rowsById(
  database: Knex,
  table: string,
  ids: Iterable<string>,
  { hold = false } = {},
): Promise<Map<string, Row & { id: string }>> {
  const wanted = [...new Set(ids)].sort();
  const found = new Map<string, Row & { id: string }>();
  for (let at = 0; at < wanted.length; at += CHUNK) {
    const query = database(table)
      .whereIn('id', wanted.slice(at, at + CHUNK))
      .orderBy('id');
    const rows: (Row & { id: string })[] = await (hold ? query.forNoKeyUpdate() : query);
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
