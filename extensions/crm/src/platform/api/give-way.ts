import { setTimeout as wait } from 'node:timers/promises';
import { isSqlite } from './dialect.ts';
import type { Knex } from './host.ts';

/** What of the connection pool tells whether anybody else is at work. */
interface Pool {
  numUsed(): number;
  numPendingAcquires(): number;
}

const LOOK_MS = 5;
/** So many looks in a row without anybody mean that a request is through, and not merely between two of its queries. */
const QUIET_LOOKS = 2;
const LONGEST_MS = 150;
/** After a short step, so that long work beside people who never rest still comes to its end. */
const LONGEST_AFTER_SHORT_MS = 50;

/** How many connections of each pool do work that may wait, too: nobody gives way to it. */
const background = new WeakMap<object, number>();

/**
 * Work of ours on one connection that runs beside everything else, all the time: it counts as nobody for `giveWay`. Where there is one
 * connection for all (SQLite) its turns are waited for, so that it keeps up.
 */
export async function inBackground<Result>(database: Knex, work: () => Promise<Result>): Promise<Result> {
  const { pool } = database.client as { pool?: Pool };
  if (!pool || isSqlite(database)) return work();
  background.set(pool, (background.get(pool) ?? 0) + 1);
  try {
    return await work();
  } finally {
    background.set(pool, background.get(pool)! - 1);
  }
}

/**
 * Lets others go first (B7): called between two short steps of long work, while it holds no connection of its own. A request
 * asks the database a dozen times, and on SQLite there is one connection for all; so without this each of its questions
 * would wait for a step of ours. Nobody there: no waiting.
 *
 * @param wasShort whether the step before was a short one.
 * @returns whether anybody was there: then the next step had better be a short one.
 */
export async function giveWay(database: Knex, wasShort = false): Promise<boolean> {
  const { pool } = database.client as { pool?: Pool };
  const isBusy = () => pool !== undefined && pool.numUsed() + pool.numPendingAcquires() > (background.get(pool) ?? 0);
  // Whoever waited for the connection, or for this process, gets it in the next turns.
  await wait(0);
  const isCrowded = isBusy();
  const longest = wasShort ? LONGEST_AFTER_SHORT_MS : LONGEST_MS;
  let quiet = isCrowded ? 0 : QUIET_LOOKS;
  for (let waited = 0; quiet < QUIET_LOOKS && waited < longest; waited += LOOK_MS) {
    await wait(LOOK_MS);
    quiet = isBusy() ? 0 : quiet + 1;
  }
  return isCrowded;
}
