import type { Clock } from '../platform/api/clock.ts';
import type { Knex } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Block, PurgeSummary } from './block.ts';
import { momentText } from './entry.ts';
import { BLOCKS, LOG } from './journal.ts';
import { rightsAt } from './rights-history.ts';
import { appendBlock } from './seal.ts';
import type { Duty } from './sealer.ts';
import { examineBlock } from './verify.ts';

const DAY_MS = 86_400_000;
/** Most blocks that go at once: one transaction each time. */
const MOST_BLOCKS = 50;
const LOOK_MS = 3_600_000;

const isOld = ({ last_at, sealed_at }: Block, cutoff: Date): boolean => new Date(momentText(last_at ?? sealed_at)) < cutoff;

/**
 * The blocks that may go: wholly older than `cutoff`, from the beginning of the chain, and whole. A block that somebody
 * touched stays, and all after it: a forged date or an entry that was moved into an old block must not make the purge
 * remove what verification would name.
 */
async function blocksToGo(database: Knex, ring: Keyring, cutoff: Date): Promise<Block[]> {
  const blocks: Block[] = await database(BLOCKS).orderBy('number').limit(MOST_BLOCKS);
  const going: Block[] = [];
  for (const block of blocks) {
    if (!isOld(block, cutoff)) break;
    const { faults } = await examineBlock(database, ring, { ...block, number: Number(block.number) });
    if (faults.length) break;
    going.push(block);
  }
  return going;
}

/**
 * Removes what is older than the time of keeping, whole blocks only, and leaves a sealed summary in the chain: how much, up
 * to when, and who had what at that moment, so that verification and the history of rights go on from there.
 *
 * @returns how many entries went; null where nothing was due.
 */
export async function purgeOnce(database: Knex, ring: Keyring, clock: Clock, keepDays: number): Promise<number | null> {
  const cutoff = new Date(clock.now().getTime() - keepDays * DAY_MS);
  return database.transaction(async (trx: Knex) => {
    const going = await blocksToGo(trx, ring, cutoff);
    const last = going.at(-1);
    if (!last) return null;
    const through = Number(last.number);
    const old = trx(LOG).whereIn(
      'block',
      going.map(({ number }) => number),
    );
    const ends = await old.clone().max({ until: 'at' }).first();
    // A summary of an earlier purge alone is no reason for another one.
    if (ends?.['until'] === null || ends?.['until'] === undefined) return null;
    const until = new Date(momentText(ends['until']));
    const { state } = await rightsAt(trx, until);
    const counted = await old.clone().count({ rows: '*' }).first();
    const rows = Number(counted?.['rows'] ?? 0);
    const summary: PurgeSummary = { through, hash: last.hash, rows, until: until.toISOString(), rights: state };
    const contents = JSON.stringify(summary);
    await appendBlock(trx, ring, { kind: 'purge', rows: 0, first_at: null, last_at: null, sealed_at: clock.now(), contents });
    // After the summary, which hangs on the last block even where that one goes too.
    await old.clone().delete();
    await trx(BLOCKS).where('number', '<=', through).delete();
    return rows;
  });
}

/** Once an hour, all that is due. */
export function purgeDuty(database: Knex, clock: Clock, keepDays: number): Duty {
  let next = 0;
  return {
    async isDue() {
      const now = clock.now().getTime();
      if (now < next) return false;
      next = now + LOOK_MS;
      const first: Block | undefined = await database(BLOCKS).orderBy('number').first();
      return first !== undefined && isOld(first, new Date(now - keepDays * DAY_MS));
    },
    async run(ring) {
      while ((await purgeOnce(database, ring, clock, keepDays)) !== null);
    },
  };
}
