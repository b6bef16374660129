import type { Knex } from '../../platform/api/host.ts';
import type { Work } from './contract.ts';

/** Where somebody's work is handed over (users/handover). */
const HANDOVER_PAGE = '/crm/handover';

/** What of each collection is still to be worked. */
const OPEN: readonly (readonly [string, (rows: Knex.QueryBuilder) => Knex.QueryBuilder])[] = [
  ['crm_customers', (rows) => rows.whereIn('status', ['draft', 'active'])],
  ['crm_leads', (rows) => rows.whereNotIn('status', ['converted', 'lost'])],
  ['crm_opportunities', (rows) => rows.whereNull('closed_on')],
  ['crm_activities', (rows) => rows.whereNull('done_at')],
];

const everything = (rows: Knex.QueryBuilder): Knex.QueryBuilder => rows;

/**
 * The open work that somebody owns, outside of the segments where they are to work (ACC-10).
 *
 * @param within narrows to what somebody may be told of; whoever carries a form out has to know all of it.
 */
export async function openWork(
  database: Knex,
  user: string,
  { outsideOf = [], within = everything }: { outsideOf?: readonly string[]; within?: (rows: Knex.QueryBuilder) => Knex.QueryBuilder } = {},
): Promise<Work> {
  const counts: Work['counts'] = [];
  for (const [collection, isOpen] of OPEN) {
    const rows = within(isOpen(database(collection).where({ owner: user })));
    const [counted] = await rows.whereNotIn('segment', [...outsideOf]).count({ total: '*' });
    const count = Number(counted?.['total'] ?? 0);
    if (count) counts.push({ collection, count });
  }
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return { total, counts, page: `${HANDOVER_PAGE}?from=${user}` };
}
