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

/**
 * All rows in one value: objects on PostgreSQL, which reads them by its own types, and lists on SQLite. Null where a text
 * holds a character that cannot go this way.
 */
function packed(
  database: Knex,
  columns: readonly string[],
  rows: readonly Row[],
  { json = [], jsonTexts = [] }: BulkOptions,
): string | null {
  const sqlite = isSqlite(database);
  const kinds = columns.map((column) => ({
    ...{ column, name: `${JSON.stringify(column)}:`, isJson: json.includes(column) },
    isText: !sqlite && jsonTexts.includes(column),
  }));
  const toText = (row: Row): string => {
    const values = kinds.map(({ column, name, isJson, isText }) => {
      const value = row[column];
      const text = isText && typeof value === 'string' ? value : JSON.stringify(toPacked(value, isJson, sqlite));
      return sqlite ? text : name + text;
    });
    return sqlite ? `[${values.join(',')}]` : `{${values.join(',')}}`;
  };
  const text = `[${rows.map(toText).join(',')}]`;
  return UNPACKABLE.test(text) ? null : text;
}

const listed = (database: Knex, columns: readonly string[], prefix = ''): string =>
  columns.map((column) => database.ref(prefix + column).toQuery()).join(', ');

/** The packed rows as a table; in SQLite its columns are named as in ours, too. */
function unpacked(database: Knex, table: string, columns: readonly string[]): string {
  if (!isSqlite(database)) return `json_populate_recordset(null::${database.ref(table).toQuery()}, ?::json)`;
  const values = columns.map((column, at) => `json_extract(value, '$[${at}]') AS ${database.ref(column).toQuery()}`);
  return `(SELECT ${values.join(', ')} FROM json_each(?))`;
}

/**
 * Inserts many rows of the same columns in one statement with one value: half the time of a statement with a value for each
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
  const text = packed(database, columns, rows, options);
  if (text === null) {
    const insert = database(table).insert([...rows]);
    return (await (returning ? insert.returning('*') : insert)) as Row[];
  }
  const names = listed(database, columns);
  const answer: unknown = await database.raw(
    `INSERT INTO ${database.ref(table).toQuery()} (${names}) SELECT ${names} FROM ${unpacked(database, table, columns)} AS given WHERE true${returning ? ' RETURNING *' : ''}`,
    [text],
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
  const text = packed(database, columns, rows, options);
  if (text === null) {
    for (const row of rows)
      await database(table)
        .where({ id: row['id'] })
        .update(Object.fromEntries(changed.map((name) => [name, row[name] ?? null])));
    return;
  }
  const name = database.ref(table).toQuery();
  const values = changed.map((column) => `${database.ref(column).toQuery()} = ${database.ref(`given.${column}`).toQuery()}`);
  await database.raw(
    `UPDATE ${name} SET ${values.join(', ')} FROM ${unpacked(database, table, columns)} AS given WHERE ${database.ref(`${table}.id`).toQuery()} = given.id`,
    [text],
  );
}
