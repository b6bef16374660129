import { isBusy } from '../platform/api/busy.ts';
import type { Knex } from '../platform/api/host.ts';

/** So many rows at once: short transactions, between which users write. */
export const BATCH = 200;

const TRIES = 50;
const PAUSE_MS = 100;

/** One short transaction beside a running server: where the other one writes just now, it waits and tries again. */
export async function inBatch<Result>(database: Knex, work: (transaction: Knex) => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (tried >= TRIES || !isBusy(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
