import { RowDigest } from './row-digest.mjs';
import { literal, quoted, run } from './postgres-schema.mjs';

const ROWS = 500;

/** @typedef {import('knex').Knex} Knex */
/** @typedef {import('./postgres-schema.mjs').Table} Table */
/** @typedef {import('./postgres-schema.mjs').Sequence} Sequence */
/** @typedef {{ name: string, value: string, called: boolean }} Position */

/** Every value as PostgreSQL writes and reads it itself, the same on both sides. @param {Knex} trx */
export async function settleFormats(trx) {
  await trx.raw(`SET LOCAL TimeZone = 'UTC'`);
  await trx.raw(`SET LOCAL DateStyle = 'ISO, YMD'`);
  await trx.raw(`SET LOCAL IntervalStyle = 'postgres'`);
  await trx.raw(`SET LOCAL bytea_output = 'hex'`);
  await trx.raw(`SET LOCAL extra_float_digits = 1`);
  const [{ schema }] = (await trx.raw('SELECT quote_ident(current_schema()) AS schema')).rows;
  await trx.raw(`SET LOCAL search_path = ${schema}`);
}

/** Values of these are computed, never stored by us. @param {Table} table */
const stored = ({ columns }) => columns.filter(({ generated }) => generated !== 's');

/**
 * The rows of a table as lines of JSON, some hundreds a block, through a cursor: memory does not grow with the table.
 * @param {Knex} trx
 * @param {Table} table
 * @param {RowDigest} digest
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* readRows(trx, table, digest) {
  const columns = stored(table);
  const names = columns.map((_, at) => `c${at}`);
  const values = columns.map(({ name }, at) => `${quoted(name)}::text AS c${at}`).join(', ');
  await run(trx, `DECLARE crm_backup NO SCROLL CURSOR FOR SELECT ${values || 'NULL::text AS c0'} FROM ${quoted(table.name)}`);
  for (;;) {
    const { rows } = await trx.raw(`FETCH ${ROWS} FROM crm_backup`);
    if (!rows.length) break;
    const lines = rows.map((/** @type {Record<string, string | null>} */ row) => JSON.stringify(names.map((name) => row[name])));
    for (const line of lines) digest.add(line);
    yield Buffer.from(lines.join('\n'));
  }
  await trx.raw('CLOSE crm_backup');
}

/** @param {Knex} trx @param {Table} table @param {AsyncIterable<Buffer>} blocks */
export async function writeRows(trx, table, blocks) {
  const columns = stored(table);
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const values = columns.map(({ type }, at) => `(r ->> ${at})::${type}`).join(', ');
  const into = columns.length ? `(${names}) OVERRIDING SYSTEM VALUE SELECT ${values}` : 'SELECT';
  for await (const block of blocks) {
    // The lines go to the server as they are: nothing in between can change a value.
    await trx.raw(`${literal(`INSERT INTO ${quoted(table.name)} ${into} FROM`)} json_array_elements(CAST(? AS json)) AS r`, [
      `[${block.toString().split('\n').join(',')}]`,
    ]);
  }
}

/** @param {Knex} trx @param {readonly { name: string }[]} sequences @returns {Promise<Position[]>} */
export async function readPositions(trx, sequences) {
  const positions = [];
  for (const { name } of sequences) {
    const { rows } = await trx.raw(`SELECT last_value::text AS value, is_called AS called FROM ${quoted(name)}`);
    positions.push({ name, ...rows[0] });
  }
  return positions;
}

/**
 * Sequences go on where they were. One that belongs to an identity column got its name from the server that made the table.
 * @param {Knex} trx
 * @param {readonly Sequence[]} sequences
 * @param {readonly Position[]} positions
 */
export async function writePositions(trx, sequences, positions) {
  for (const { name, value, called } of positions) {
    const { identity, table, column } = sequences.find((sequence) => sequence.name === name) ?? {};
    const place = identity ? 'pg_get_serial_sequence(?, ?)' : '?';
    const names = identity ? [quoted(table ?? ''), column ?? ''] : [quoted(name)];
    await trx.raw(`SELECT setval(CAST(${place} AS regclass), ?, ?)`, [...names, value, called]);
  }
}

/** Reads a table again only for what it holds. @param {Knex} trx @param {Table} table */
export async function digestOf(trx, table) {
  const digest = new RowDigest();
  for await (const _ of readRows(trx, table, digest));
  return digest;
}
