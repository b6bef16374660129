import type { Knex } from '../platform/api/host.ts';
import { MARKED_TABLES, markOf, refreshMarks, type MarkedTable } from './activity-marks.ts';

const CHUNK = 500;
const NOTHING = new Set<string>();

/** How many rows of a collection bear a mark that is not that of their activities. */
export interface Drift {
  collection: MarkedTable;
  count: number;
}

/** The rows after `last`, by key, whose marks are not those of their activities. */
async function driftedAfter(database: Knex, table: MarkedTable, last: string | null): Promise<string[]> {
  const rows = database(table).orderBy('id').limit(CHUNK);
  if (last) void rows.where('id', '>', last);
  return rows
    .andWhere(
      (differs) =>
        void differs
          .whereRaw('?? is distinct from (?)', [`${table}.last_activity_at`, markOf(database, table, 'done_at')])
          .orWhereRaw('?? is distinct from (?)', [`${table}.next_due_on`, markOf(database, table, 'due_on')]),
    )
    .pluck('id');
}

/**
 * Counts the marks anew from the activities of all records (CUS-8, USE-3, SAL-8). All counts are 0 unless somebody wrote past
 * the host; then the doctor tells, and its repair brings them back, some hundred rows a transaction.
 */
export async function recountMarks(database: Knex, { repair = false } = {}): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const collection of MARKED_TABLES) {
    let count = 0;
    for (let last: string | null = null; ;) {
      const ids: string[] = await driftedAfter(database, collection, last);
      count += ids.length;
      if (repair && ids.length) await database.transaction((transaction) => refreshMarks(transaction, only(collection, ids)));
      if (ids.length < CHUNK) break;
      last = ids.at(-1)!;
    }
    if (count) drifts.push({ collection, count });
  }
  return drifts;
}

const only = (collection: MarkedTable, ids: readonly string[]) => ({
  customers: collection === 'crm_customers' ? new Set(ids) : NOTHING,
  leads: collection === 'crm_leads' ? new Set(ids) : NOTHING,
  opportunities: collection === 'crm_opportunities' ? new Set(ids) : NOTHING,
});
