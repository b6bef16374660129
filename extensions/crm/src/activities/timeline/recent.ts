import { createHash } from 'node:crypto';
import type { Knex } from '../../platform/api/host.ts';

const RECENT = 'crm_recent_records';
const MOST = 30;
/** Whoever looks again within the minute has opened it once. */
const AGAIN_MS = 60_000;

/** The same key for the same person and record, so that two looks at once are one row. */
function keyOf(user: string, collection: string, item: string): string {
  const hex = createHash('sha256').update(`${user}/${collection}/${item}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Notes that somebody opened a record, for their own my-day page: the newest thirty of each person are kept. */
export async function noteOpened(database: Knex, user: string, collection: string, item: string, now: Date): Promise<void> {
  const id = keyOf(user, collection, item);
  const known = await database(RECENT).where({ id }).first('at');
  if (known && now.getTime() - new Date(known.at).getTime() < AGAIN_MS) return;
  await database.transaction(async (transaction) => {
    await transaction(RECENT).insert({ id, user, collection, item, at: now }).onConflict('id').merge({ at: now });
    const kept = transaction(RECENT).where({ user }).orderBy('at', 'desc').orderBy('id', 'desc').limit(MOST).select('id');
    const beyond: string[] = await transaction(RECENT)
      .where({ user })
      .whereNotIn('id', await kept.pluck('id'))
      .pluck('id');
    if (beyond.length) await transaction(RECENT).whereIn('id', beyond).delete();
  });
}
