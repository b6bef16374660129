/**
 * The same final rows, written by the database alone: COPY on PostgreSQL, one INSERT … SELECT on SQLite, into the same
 * tables with all their indexes. It happens in a transaction that takes the rows away first and is undone in the end; on
 * SQLite, which has one writer, on a copy of the file. So the installation stays as it is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { openSqlite } from '../../tests/harness/test-database.ts';

/** Tables in the order of their keys, each with the condition that picks the rows of one import. */
export type Picked = readonly (readonly [table: string, where: string])[];

const ids = (id: string) => `SELECT item FROM crm_import_rows WHERE import = '${id}'`;
const asText = (pg: boolean, column: string) => (pg ? `${column}::text` : column);

/** Customers and contacts, as whoever writes a table by hand would. */
export const rowsAlone = (id: string, pg: boolean): Picked => [
  ['crm_customers', `${asText(pg, 'id')} IN (${ids(id)})`],
  ['crm_contacts', `${asText(pg, 'customer')} IN (${ids(id)})`],
];

/** Everything that an import leaves: keys of subjects, entries of the log and its own lines too. */
export const rowsOfAll = (id: string, pg: boolean): Picked => {
  const contacts = `SELECT ${asText(pg, 'id')} FROM crm_contacts WHERE ${asText(pg, 'customer')} IN (${ids(id)})`;
  return [
    ...rowsAlone(id, pg),
    ['crm_subject_keys', `item IN (${contacts})`],
    ['crm_audit', `item IN (${ids(id)} UNION ALL ${contacts})`],
    ['crm_import_rows', `import = '${id}'`],
  ];
};

interface Alone {
  ms: number;
  rows: number;
}

const TRIES = 60;
const PAUSE_MS = 500;

/** The host at the other end has work of its own; between two pieces of it the file can be copied. */
async function copyTo(database: Knex, file: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await database.raw('VACUUM INTO ?', [file]);
      return;
    } catch (error) {
      if (tried === TRIES) throw error;
      rmSync(file, { force: true });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** @returns milliseconds of the writing alone, and how many rows it wrote. */
export async function writeAlone(database: Knex, picked: Picked): Promise<Alone> {
  if (database.client.config.client === 'pg') return writeIn(database, picked, true);
  const folder = mkdtempSync(join(tmpdir(), 'crm-alone-'));
  const file = join(folder, 'copy.db');
  await copyTo(database, file);
  const copy = openSqlite(file);
  try {
    return await writeIn(copy, picked, false);
  } finally {
    await copy.destroy();
    rmSync(folder, { recursive: true });
  }
}

async function writeIn(database: Knex, picked: Picked, isPg: boolean): Promise<Alone> {
  const transaction = await database.transaction();
  try {
    for (const [table, where] of picked) {
      if (isPg) await transaction.raw(`CREATE TEMP TABLE kept_${table} ON COMMIT DROP AS SELECT * FROM ${table} WHERE ${where}`);
      else await transaction.raw(`CREATE TEMP TABLE kept_${table} AS SELECT * FROM ${table} WHERE ${where}`);
    }
    for (const [table] of [...picked].reverse()) await transaction.raw(`DELETE FROM ${table} WHERE id IN (SELECT id FROM kept_${table})`);
    let [ms, rows] = [0, 0];
    for (const [table] of picked) {
      const done = isPg ? await copied(transaction, table) : await selected(transaction, table);
      ms += done.ms;
      rows += done.rows;
    }
    return { ms, rows };
  } finally {
    await transaction.rollback();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const counted = async (database: Knex, table: string): Promise<number> =>
  Number((await database(`kept_${table}`).count({ rows: '*' }).first())?.['rows']);

async function selected(transaction: Knex.Transaction, table: string) {
  const ms = await timed(() => transaction.raw(`INSERT INTO ${table} SELECT * FROM kept_${table}`));
  return { ms, rows: await counted(transaction, table) };
}

async function copied(transaction: Knex.Transaction, table: string) {
  const connection = (await transaction.client.acquireConnection()) as PgConnection;
  const pieces: Buffer[] = [];
  await copy(connection, `COPY kept_${table} TO STDOUT`, (piece) => pieces.push(piece));
  const ms = await timed(() => copy(connection, `COPY ${table} FROM STDIN`, undefined, pieces));
  return { ms, rows: await counted(transaction, table) };
}

/** What of the driver's connection the copy protocol needs. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(piece: Buffer): void;
  endCopyFrom(): void;
}
interface PgConnection {
  query(submittable: object): void;
}

/** The copy protocol of PostgreSQL, as far as one statement needs it; the driver hands its messages to whoever asked. */
const copy = (connection: PgConnection, text: string, take?: (piece: Buffer) => void, give: readonly Buffer[] = []): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query({
      submit: (wire: Wire) => wire.query(text),
      handleCopyData: ({ chunk }: { chunk: Buffer }) => take?.(Buffer.from(chunk)),
      handleCopyInResponse: (wire: Wire) => {
        for (const piece of give) wire.sendCopyFromChunk(piece);
        wire.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleError: (error: Error) => reject(error),
      handleReadyForQuery: () => resolve(),
    });
  });
