import { isSqlite } from './dialect.ts';
import type { Knex, Row } from './host.ts';

/** What a table wants to know of its columns. */
export interface BulkOptions {
  /** Columns of JSON: their values come as texts that are JSON already, or as what they stand for. */
  json?: readonly string[];
  /** Columns of JSON whose values are texts that our own code has made: they go as they are, without being read once more. */
  jsonTexts?: readonly string[];
}

const two = (number: number): string => String(number).padStart(2, '0');
const MINUTES = 60;

/** A moment as the driver of PostgreSQL would write it: by the clock of this process, with its distance from UTC. */
function momentText(at: Date): string {
  const offset = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + offset * MINUTES * 1000).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / MINUTES))}:${two(Math.abs(offset) % MINUTES)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A value as it stands in the one that holds them all. SQLite keeps JSON as the text that it is. */
function toPacked(value: unknown, isJson: boolean, sqlite: boolean): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return sqlite ? value.getTime() : momentText(value);
  if (isJson && !sqlite) return typeof value === 'string' ? parsed(value) : value;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** Characters that JSON gives to no database, or not as the driver would: NUL, and half a character. */
const UNPACKABLE = /\\u(?:0000|d[89a-f])/u;

/** Rows as one value, or a few: what a column says in all of them is said once. */
interface Packed {
  /** Columns that differ, and all rows of them. */
  own: readonly string[];
  rows: string;
  /** Columns of which all rows say the same, and that. */
  shared: readonly string[];
  common: string;
}

type ToText = (row: Row) => string;

/** One row as text: an object on PostgreSQL, which reads it by its own types, a list on SQLite. */
function toText(database: Knex, columns: readonly string[], { json = [], jsonTexts = [] }: BulkOptions): ToText {
  const sqlite = isSqlite(database);
  const kinds = columns.map((column) => ({
    ...{ column, name: `${JSON.stringify(column)}:`, isJson: json.includes(column) },
    isText: !sqlite && jsonTexts.includes(column),
  }));
  return (row) => {
    const values = kinds.map(({ column, name, isJson, isText }) => {
      const value = row[column];
      const text = isText && typeof value === 'string' ? value : JSON.stringify(toPacked(value, isJson, sqlite));
      return sqlite ? text : name + text;
    });
    return sqlite ? `[${values.join(',')}]` : `{${values.join(',')}}`;
  };
}

/** All rows, each with `columns`; null where a text holds a character that cannot go this way. */
function packed(database: Knex, columns: readonly string[], rows: readonly Row[], options: BulkOptions): Packed | null {
  const [first] = rows as [Row];
  const alike = new Set(columns.filter((column) => rows.every((row) => row[column] === first[column])));
  const shared = columns.filter((column) => alike.has(column));
  const own = columns.filter((column) => !alike.has(column));
  const text = `[${rows.map(toText(database, own, options)).join(',')}]`;
  const common = toText(database, shared, options)(first);
  return UNPACKABLE.test(text) || UNPACKABLE.test(common) ? null : { own, rows: text, shared, common };
}

const quoted = (database: Knex, name: string): string => database.ref(name).toQuery();

/** Packed rows as a table `given`, with a value for each place; in SQLite its columns are named as in ours, too. */
function unpacked(database: Knex, table: string, { own, rows, shared, common }: Packed): { from: string; values: string[] } {
  const name = quoted(database, table);
  if (!isSqlite(database)) {
    const columns = [
      ...own.map((column) => `own.${quoted(database, column)}`),
      ...shared.map((column) => `common.${quoted(database, column)}`),
    ];
    const tables = `json_populate_recordset(null::${name}, ?::json) AS own, json_populate_record(null::${name}, ?::json) AS common`;
    return { from: `(SELECT ${columns.join(', ')} FROM ${tables}) AS given`, values: [rows, common] };
  }
  const value = (from: string) => (column: string, at: number) => `json_extract(${from}, '$[${at}]') AS ${quoted(database, column)}`;
  const columns = [...own.map(value('own.value')), ...shared.map(value('common.value'))];
  return {
    from: `(SELECT ${columns.join(', ')} FROM json_each(?) AS own, (SELECT ? AS value) AS common) AS given`,
    values: [rows, common],
  };
}

/**
 * Inserts many rows of the same columns in one statement with two values: half the time of a statement with a value for each
 * column of each row (B7). Values are in stored forms; moments may be `Date`s. Nothing happens without rows.
 *
 * @returns the rows as they stand now, where `returning` asks for them, in no certain order.
 */
export async function insertMany(
  database: Knex,
  table: string,
  rows: readonly Row[],
  { returning = false, ...options }: BulkOptions & { returning?: boolean } = {},
): Promise<Row[]> {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  const all = packed(database, columns, rows, options);
  if (!all) {
    const insert = database(table).insert([...rows]);
    return (await (returning ? insert.returning('*') : insert)) as Row[];
  }
  const names = columns.map((column) => quoted(database, column)).join(', ');
  const { from, values } = unpacked(database, table, all);
  const answer: unknown = await database.raw(
    `INSERT INTO ${quoted(database, table)} (${names}) SELECT ${names} FROM ${from} WHERE true${returning ? ' RETURNING *' : ''}`,
    values,
  );
  return (Array.isArray(answer) ? answer : (answer as { rows: Row[] }).rows) as Row[];
}

/**
 * Writes values of its own into each of many rows, in one statement. The rows are held by the transaction and exist; each
 * names its `id` and all of `changed`.
 */
export async function updateMany(
  database: Knex,
  table: string,
  rows: readonly Row[],
  changed: readonly string[],
  options: BulkOptions = {},
): Promise<void> {
  if (!rows.length || !changed.length) return;
  const columns = ['id', ...changed];
  const all = packed(database, columns, rows, options);
  if (!all) {
    for (const row of rows)
      await database(table)
        .where({ id: row['id'] })
        .update(Object.fromEntries(changed.map((name) => [name, row[name] ?? null])));
    return;
  }
  const { from, values } = unpacked(database, table, all);
  const setting = changed.map((column) => `${quoted(database, column)} = ${quoted(database, `given.${column}`)}`);
  await database.raw(
    `UPDATE ${quoted(database, table)} SET ${setting.join(', ')} FROM ${from} WHERE ${quoted(database, `${table}.id`)} = given.id`,
    values,
  );
}
