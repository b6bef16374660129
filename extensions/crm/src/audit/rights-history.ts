import type { Knex } from '../platform/api/host.ts';
import type { Block } from './block.ts';
import { momentText } from './entry.ts';
import { BLOCKS, fromJson, LOG } from './journal.ts';
import { replay, RIGHTS_COLLECTIONS, type RightsEntry, type RightsState } from './rules/rights.ts';
import { summaryOf } from './verify.ts';

/** Where the history begins: the summary of the last purge, or the first image of all rights. */
async function baseOf(database: Knex): Promise<{ state: RightsState; since: Date | null; purged: boolean }> {
  const block: Block | undefined = await database(BLOCKS).where({ kind: 'purge' }).orderBy('number', 'desc').first();
  const summary = block && summaryOf(block);
  if (summary) return { state: summary.rights as RightsState, since: new Date(summary.until), purged: true };
  const first = await database(LOG).where({ action: 'baseline' }).orderBy('at').first('at');
  return { state: {}, since: first ? new Date(momentText(first.at)) : null, purged: false };
}

/** All rights as they stood at the end of `on`, and since when that can be said at all. */
export async function rightsAt(database: Knex, on: Date): Promise<{ state: RightsState; since: Date | null }> {
  const { state, since, purged } = await baseOf(database);
  const query = database(LOG)
    .whereIn('collection', [...RIGHTS_COLLECTIONS])
    .whereNotIn('action', ['login', 'login_failed'])
    .whereNotNull('item')
    .andWhere('at', '<=', on)
    .orderBy(['at', 'nth'])
    .select('collection', 'item', 'action', 'after');
  const rows = await (purged && since ? query.andWhere('at', '>', since) : query);
  return {
    state: replay(
      state,
      rows.map((row): RightsEntry => ({ ...row, item: String(row.item), after: fromJson(row.after) })),
    ),
    since,
  };
}
