import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/api/clock.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { sealed, type Block, type Contents } from './block.ts';
import { digestOf } from './entry.ts';
import { rememberedHead, rememberHead, type Head } from './head.ts';
import { BLOCKS, LOG } from './journal.ts';

/** Most entries of one block: small enough for one short transaction. */
export const BLOCK_ROWS = 500;

export async function lastBlock(database: Knex): Promise<Block | null> {
  return (await database(BLOCKS).orderBy('number', 'desc').first()) ?? null;
}

/**
 * Hangs one block on the chain and remembers the head, in the caller's transaction. A head that is no longer the last block
 * stays remembered: somebody cut the chain at its end, and what is sealed afterwards must not make that unseen.
 */
export async function appendBlock(
  trx: Knex,
  ring: Keyring,
  block: Pick<Block, 'kind' | 'rows' | 'first_at' | 'last_at' | 'sealed_at' | 'contents'>,
): Promise<Head> {
  const last = await lastBlock(trx);
  const made = sealed({ ...block, number: Number(last?.number ?? 0) + 1, previous: last?.hash ?? null }, ring);
  await trx(BLOCKS).insert({ id: randomUUID(), ...made });
  const head = { number: made.number, hash: made.hash };
  const known = await rememberedHead(trx);
  if (!known || (known.number === Number(last?.number) && known.hash === last?.hash)) await rememberHead(trx, head);
  return head;
}

/**
 * The oldest entries that are in no block yet. The order begins with `block`, empty in all of them: else PostgreSQL sorts all that waits
 * anew for each block.
 */
export const nextEntries = (database: Knex): Knex.QueryBuilder =>
  database(LOG).whereNull('block').orderBy(['block', 'at', 'id']).limit(BLOCK_ROWS);

/**
 * Puts the oldest entries that are in no block yet into one: one transaction, so a kill between any two statements leaves
 * them as they were. Writers never wait: they know nothing of the chain.
 *
 * @returns the new head and how many entries went in; null where there was nothing to seal.
 */
export async function sealOnce(database: Knex, ring: Keyring, clock: Clock): Promise<{ head: Head; count: number } | null> {
  return database.transaction(async (trx: Knex) => {
    const rows: Row[] = await nextEntries(trx);
    const [first] = rows;
    if (!first) return null;
    const contents: Contents = rows.map((row) => [String(row['id']), digestOf(row)]);
    const head = await appendBlock(trx, ring, {
      kind: 'rows',
      rows: rows.length,
      first_at: new Date(first['at'] as string),
      last_at: new Date(rows.at(-1)!['at'] as string),
      sealed_at: clock.now(),
      contents: JSON.stringify(contents),
    });
    const ids = contents.map(([id]) => id);
    const marked = await trx(LOG)
      .whereIn('id', ids)
      // By the keys: SQLite would look through the index of all that waits for each block.
      .whereRaw('coalesce(??, 0) = 0', ['block'])
      .update({ block: head.number });
    if (marked !== rows.length) throw new Error(`audit: ${rows.length - marked} entries were sealed by another process`);
    return { head, count: rows.length };
  });
}
