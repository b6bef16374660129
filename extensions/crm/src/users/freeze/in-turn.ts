import { setTimeout as wait } from 'node:timers/promises';
import type { Language } from '../../platform/api/actor.ts';
import { isBusy } from '../../platform/api/busy.ts';
import type { Knex } from '../../platform/api/host.ts';
import { freezeRefusal } from './refuse.ts';

const TRIES = 8;
const PAUSE_MS = 60;

/** One transaction, tried again while another change of people is in the way. */
export async function inTurn<Result>(
  database: Knex,
  language: Language | null,
  work: (transaction: Knex) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (tries === TRIES) throw freezeRefusal('busy', language);
      await wait(PAUSE_MS * tries);
    }
  }
}
