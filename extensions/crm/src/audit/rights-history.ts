import type { Knex, Row } from '../platform/api/host.ts';
import type { Block } from './block.ts';
import { momentText } from './entry.ts';
import { BLOCKS, fromJson, LOG } from './journal.ts';
import { replay, RIGHTS_COLLECTIONS, type RightsEntry, type RightsState } from './rules/rights.ts';
import { summaryOf } from './verify.ts';

interface Base {
  state: RightsState;
  since: Date | null;
  /** The last block whose entries are in the state already. */
  through: number | null;
}

/** Where the history begins: the summary of the last purge, or the first image of all rights. */
async function baseOf(database: Knex): Promise<Base> {
  const block: Block | undefined = await database(BLOCKS).where({ kind: 'purge' }).orderBy('number', 'desc').first();
  const summary = block && summaryOf(block);
  if (summary) return { state: summary.rights as RightsState, since: new Date(summary.until), through: summary.through };
  const first = await database(LOG).where({ action: 'baseline' }).orderBy('at').first('at');
  return { state: {}, since: first ? new Date(momentText(first.at)) : null, through: null };
}

async function replayed(
  database: Knex,
  { state, through }: Base,
  which: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<RightsState> {
  const query = database(LOG)
    .whereIn('collection', [...RIGHTS_COLLECTIONS])
    .whereNotIn('action', ['login', 'login_failed'])
    .whereNotNull('item');
  // What a purge counted in, whatever moment it bears: a clock may have been set back since.
  if (through !== null) query.where((later) => void later.whereNull('block').orWhere('block', '>', through));
  // The number orders the entries of a row, and rows do not touch each other.
  const rows: Row[] = await which(query).orderBy(['nth', 'at']).select('collection', 'item', 'action', 'after');
  return replay(
    state,
    rows.map(({ collection, item, action, after }): RightsEntry => ({
      collection: String(collection),
      item: String(item),
      action: String(action),
      after: fromJson(after),
    })),
  );
}

/** All rights as they stood at the end of `on`, and since when that can be said at all. */
export async function rightsAt(database: Knex, on: Date): Promise<{ state: RightsState; since: Date | null }> {
  const base = await baseOf(database);
  return { state: await replayed(database, base, (query) => query.andWhere('at', '<=', on)), since: base.since };
}

/** All rights as the log knows them now, whatever its clocks said. */
export const rightsLogged = async (database: Knex): Promise<RightsState> => replayed(database, await baseOf(database), (query) => query);

/** All rights after the entries of the blocks up to `last`. */
export const rightsThrough = async (database: Knex, last: number): Promise<RightsState> =>
  replayed(database, await baseOf(database), (query) => query.andWhere('block', '<=', last));
