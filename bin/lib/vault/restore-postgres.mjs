import { withDatabase } from '../database.mjs';
import { Problem } from '../problem.mjs';
import { digestOf, settleFormats, writePositions, writeRows } from './postgres-rows.mjs';
import { keyStatements, quoted, run, tableStatements } from './postgres-schema.mjs';
import { textOf } from './sections.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('./postgres-schema.mjs').Schema} Schema */
/** @typedef {import('knex').Knex} Knex */

/** Only what stands in our own schema, and only when a person asked to replace it. @param {Knex} trx */
async function clear(trx) {
  const { rows } = await trx.raw('SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()');
  for (const { name } of rows) await run(trx, `DROP TABLE ${quoted(name)} CASCADE`);
  const left = await trx.raw('SELECT sequencename AS name FROM pg_sequences WHERE schemaname = current_schema()');
  for (const { name } of left.rows) await run(trx, `DROP SEQUENCE ${quoted(name)} CASCADE`);
}

/**
 * One transaction from the first table to the last comparison and the end of the sessions: it stands whole, or nothing has happened.
 * @param {Settings} settings
 * @param {import('./restore.mjs').Source} source
 */
export async function restorePostgres(settings, { read, settle }) {
  await withDatabase(settings, (database) =>
    database.transaction(async (trx) => {
      await settleFormats(trx);
      await clear(trx);
      /** @type {Schema | null} */
      let schema = null;
      const manifest = await read(async ({ card, blocks }) => {
        if (card.type === 'schema') {
          const read = /** @type {Schema} */ (JSON.parse(await textOf(blocks)));
          schema = read;
          for (const statement of tableStatements(read)) await run(trx, statement);
        } else if (card.type === 'table') {
          const table = schema?.tables.find(({ name }) => name === card.name);
          if (!table) throw new Problem('restoreDiffers', { what: `table ${card.name}` });
          await writeRows(trx, table, blocks);
        } else if (card.type === 'positions') {
          await finish(trx, /** @type {Schema | null} */ (schema), JSON.parse(await textOf(blocks)));
        }
      });
      await compare(trx, /** @type {Schema | null} */ (schema), manifest.tables);
      await settle(trx);
    }),
  );
}

/** @param {Knex} trx @param {Schema | null} schema @param {import('./postgres-rows.mjs').Position[]} positions */
async function finish(trx, schema, positions) {
  if (!schema) throw new Problem('restoreDiffers', { what: 'schema' });
  for (const statement of keyStatements(schema)) await run(trx, statement);
  await writePositions(trx, schema.sequences, positions);
}

/** Reads everything again: what the database holds now is what it held then. @param {Knex} trx @param {Schema | null} schema @param {import('./backup-content.mjs').TableCounts} counts */
async function compare(trx, schema, counts) {
  for (const [name, { rows, digest }] of Object.entries(counts)) {
    const table = schema?.tables.find((found) => found.name === name);
    const found = table ? await digestOf(trx, table) : null;
    if (found?.rows !== rows || String(found) !== digest) throw new Problem('restoreDiffers', { what: `table ${name}` });
  }
}
