import { setTimeout as wait } from 'node:timers/promises';
import { isBusy } from './busy.ts';
import type { Knex } from './host.ts';

const TRIES = 30;
const PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;
/** Shorter than the second after which PostgreSQL looks for a deadlock: it is always the long work that steps back. */
const PATIENCE_MS = 700;

/** PostgreSQL, when what is waited for does not come free in time. */
const isLate = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '55P03';

/**
 * One step of long work as one transaction that steps back and tries again rather than stand in anybody's way: whoever works on
 * the same rows at this moment goes first or comes after, and never loses by it.
 */
export async function steppingBack<Result>(database: Knex, work: (transaction: Knex) => Promise<Result>): Promise<Result> {
  const isPostgres = String(database.client.config.client).startsWith('pg');
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction(async (transaction: Knex) => {
        if (isPostgres) await transaction.raw(`SET LOCAL lock_timeout = '${PATIENCE_MS}ms'`);
        return work(transaction);
      });
    } catch (error) {
      if (tries === TRIES || !(isBusy(error) || isLate(error))) throw error;
      await wait(Math.min(PAUSE_MS * tries, LONGEST_PAUSE_MS));
    }
  }
}
