import type { Clock } from '../platform/api/clock.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Block, PurgeSummary } from './block.ts';
import { momentText } from './entry.ts';
import { BLOCKS, LOG } from './journal.ts';
import { rightsThrough } from './rights-history.ts';
import { appendBlock } from './seal.ts';
import type { Duty, GoOn } from './sealer.ts';
import { faultsIn, lastPurge } from './verify.ts';

const DAY_MS = 86_400_000;
const LOOK_MS = 3_600_000;
/** Blocks of one transaction: no writer waits long for it. */
const STEP_BLOCKS = 10;
/** How long a clock must have been what it is, by blocks that were sealed, before anything goes on its word. */
const TRUSTED_AFTER_DAYS = 7;
/** How long nothing may have been sealed before that: longer, and the clock was set ahead, or the server slept. */
const LONGEST_SILENCE_DAYS = 60;

const always: GoOn = () => Promise.resolve(true);

const timeOf = (value: unknown): number => new Date(momentText(value)).getTime();
const isOld = ({ last_at, sealed_at }: Block, cutoff: number): boolean => timeOf(last_at ?? sealed_at) < cutoff;

/**
 * Whether the clock can be taken at its word. One that jumped three years ahead would make the whole log old at once; it is
 * believed when blocks that were sealed a week ago by it follow others without a long silence.
 */
async function isTrusted(database: Knex, now: number): Promise<boolean> {
  const block = await database(BLOCKS)
    .where('sealed_at', '<=', new Date(now - TRUSTED_AFTER_DAYS * DAY_MS))
    .orderBy('number', 'desc')
    .first('sealed_at');
  return block !== undefined && timeOf(block.sealed_at) > now - (TRUSTED_AFTER_DAYS + LONGEST_SILENCE_DAYS) * DAY_MS;
}

/** The next blocks of the chain, each with its entries. */
async function blocksAfter(database: Knex, above: number | null): Promise<{ block: Block; rows: Row[] }[]> {
  const query = database(BLOCKS).orderBy('number').limit(STEP_BLOCKS);
  const blocks: Block[] = await (above === null ? query : query.where('number', '>', above));
  const rows: Row[] = await database(LOG).whereIn(
    'block',
    blocks.map(({ number }) => number),
  );
  const standing = Map.groupBy(rows, (row) => Number(row['block']));
  return blocks.map((block) => ({ block: { ...block, number: Number(block.number) }, rows: standing.get(Number(block.number)) ?? [] }));
}

/**
 * How far a purge may go: blocks wholly older than `cutoff`, from the beginning of the chain, and whole. A block that somebody
 * touched stays, and all after it: a forged date or an entry that was moved into an old block must not make the purge
 * remove what verification would name. A summary of an earlier purge alone is no reason for another one.
 */
async function findOld(database: Knex, ring: Keyring, cutoff: number, goOn: GoOn): Promise<Omit<PurgeSummary, 'rights'> | null> {
  let through: number | null = (await lastPurge(database, ring))?.through ?? null;
  let [hash, rows, until] = ['', 0, 0];
  const found = () => (through !== null && until ? { through, hash, rows, until: new Date(until).toISOString() } : null);
  for (;;) {
    const some = await blocksAfter(database, through);
    for (const { block, rows: standing } of some) {
      if (!isOld(block, cutoff) || faultsIn(block, standing, ring).length) return found();
      [through, hash, rows] = [block.number, block.hash, rows + standing.length];
      if (standing.length) until = Math.max(until, timeOf(block.last_at));
    }
    if (!some.length) return found();
    if (!(await goOn())) return null;
  }
}

/** Removes blocks that a summary has counted, oldest first, a few at a time; one that was touched since stays, and is named. */
async function removeThrough(database: Knex, ring: Keyring, through: number, goOn: GoOn): Promise<void> {
  const step = () =>
    database.transaction(async (trx: Knex) => {
      const going: number[] = [];
      for (const { block, rows } of await blocksAfter(trx, null)) {
        if (block.number > through || faultsIn(block, rows, ring).length) break;
        going.push(block.number);
      }
      await trx(LOG).whereIn('block', going).delete();
      await trx(BLOCKS).whereIn('number', going).delete();
      return going.length;
    });
  while ((await step()) && (await goOn()));
}

/**
 * Removes what is older than the time of keeping, whole blocks only. First one sealed summary is left in the chain: how much,
 * up to when, and who had what at that moment, so that verification and the history of rights go on from there. Then the
 * blocks go, in steps; what was cut off in between is finished by the next purge.
 *
 * @returns how many entries the summary counts; null where nothing was due.
 */
export async function purgeOnce(database: Knex, ring: Keyring, clock: Clock, keepDays: number, goOn = always): Promise<number | null> {
  const now = clock.now().getTime();
  const unfinished = await lastPurge(database, ring);
  if (unfinished) await removeThrough(database, ring, unfinished.through, goOn);
  if (!(await isTrusted(database, now))) return null;
  const found = await findOld(database, ring, now - keepDays * DAY_MS, goOn);
  if (!found) return null;
  await database.transaction(async (trx: Knex) => {
    const summary: PurgeSummary = { ...found, rights: await rightsThrough(trx, found.through) };
    const contents = JSON.stringify(summary);
    await appendBlock(trx, ring, { kind: 'purge', rows: 0, first_at: null, last_at: null, sealed_at: clock.now(), contents });
  });
  await removeThrough(database, ring, found.through, goOn);
  return found.rows;
}

/** Looks once an hour and after a start. A summary holds all rights, so there is one a day at most. */
export function purgeDuty(database: Knex, clock: Clock, keepDays: number): Duty {
  let next = 0;
  /** What the last summary counted, where that was today: only what it has left may go. */
  async function countedToday(ring: Keyring, now: number): Promise<number | null> {
    const last = await database(BLOCKS).where({ kind: 'purge' }).orderBy('number', 'desc').first('sealed_at');
    const isToday = last !== undefined && Math.abs(now - timeOf(last.sealed_at)) < DAY_MS;
    return isToday ? ((await lastPurge(database, ring))?.through ?? 0) : null;
  }
  return {
    async isDue(ring) {
      const now = clock.now().getTime();
      if (now < next) return false;
      next = now + LOOK_MS;
      const first: Block | undefined = await database(BLOCKS).orderBy('number').first();
      if (!first) return false;
      const counted = await countedToday(ring, now);
      return counted === null ? isOld(first, now - keepDays * DAY_MS) : Number(first.number) <= counted;
    },
    async run(ring, goOn) {
      const counted = await countedToday(ring, clock.now().getTime());
      if (counted === null) await purgeOnce(database, ring, clock, keepDays, goOn);
      else await removeThrough(database, ring, counted, goOn);
    },
  };
}
