import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { managesSegments, mayReach } from '../../segments/index.ts';
import { areOfOneCompany, headOf, isGroupMarketing } from '../execute.ts';
import { personalIn } from '../personal-data.ts';
import { CUSTOMERS, OPEN_STATES, TRANSFERS, type TransferRow } from '../transfer-row.ts';
import type { TransfersQuery, TransferView } from './contract.ts';
import { momentOf, namesOf } from './named.ts';
import { readPage, withinReach } from './read-page.ts';

interface Customer {
  id: string;
  name: string;
  kind: string;
}
type Execution = NonNullable<TransferView['execution']>;

const mayExecute = (actor: Actor, { state, from_segment, to_segment }: TransferRow): boolean =>
  isGroupMarketing(actor) && OPEN_STATES.includes(state) && from_segment !== to_segment;

/** Who gets it where nobody else is named. */
const heirOf = async (database: Knex, { named_owner, to_owner, to_segment }: TransferRow): Promise<string | null> =>
  named_owner ?? to_owner ?? headOf(database, to_segment);

/** What of people would go to another company (PIPL art. 23). */
async function passesOf(database: Knex, row: TransferRow, customer: Customer): Promise<Execution['passes']> {
  if (await areOfOneCompany(database, row.segment, row.to_segment)) return 'nothing';
  const { isPerson, ofContacts } = await personalIn(database, { customer: customer.id }, { ...customer });
  return isPerson ? 'person' : ofContacts ? 'contacts' : 'nothing';
}

/** Transfers as whoever works them sees them; what group marketing fills in is group marketing’s alone (ORG-2, ORG-3). */
async function viewsOf(database: Knex, actor: Actor, rows: readonly TransferRow[]): Promise<TransferView[]> {
  const customers: Customer[] = await database(CUSTOMERS)
    .whereIn('id', [...new Set(rows.map(({ customer }) => customer))])
    .select('id', 'name', 'kind');
  const approvals: { id: string; item: string }[] = await database('crm_approvals')
    .where({ collection: TRANSFERS, state: 'pending' })
    .whereIn(
      'item',
      rows.map(({ id }) => id),
    )
    .select('id', 'item');
  const heirs = new Map<string, string | null>();
  for (const row of rows) if (mayExecute(actor, row)) heirs.set(row.id, await heirOf(database, row));
  const people = rows.flatMap(({ requested_by, to_owner, from_segment, to_segment }) => [requested_by, to_owner, from_segment, to_segment]);
  const names = await namesOf(database, actor, [...people, ...heirs.values()]);
  const views: TransferView[] = [];
  for (const row of rows) {
    const customer = customers.find(({ id }) => id === row.customer)!;
    const executes = mayExecute(actor, row);
    const execution = executes && {
      owner: names.who(heirs.get(row.id) ?? null),
      ...{ basis: row.basis, with_contacts: Boolean(row.with_contacts), passes: await passesOf(database, row, customer) },
    };
    views.push({
      ...{ id: row.id, state: row.state, reason: row.reason, customer: { id: customer.id, name: customer.name } },
      ...{ requested_by: names.who(row.requested_by), requested_at: momentOf(row.date_created) },
      ...{ from_segment: names.segment(row.from_segment), to_segment: names.segment(row.to_segment)!, to_owner: names.who(row.to_owner) },
      executed_at: momentOf(row.executed_at),
      approval: approvals.find(({ item }) => item === row.id)?.id ?? null,
      mayExecute: executes,
      mayWithdraw: row.requested_by === actor.user && OPEN_STATES.includes(row.state),
      execution: execution || null,
    });
  }
  return views;
}

/**
 * What waits: to be acted on, across segments by group marketing, what one asked for by oneself (ORG-3, Q2); or, once carried out,
 * for the new owner's first activity: group marketing and heads follow it, who owns it now sees to it.
 */
export async function waitingTransfers(
  database: Knex,
  actor: Actor,
  { state, ...page }: TransfersQuery,
): Promise<{ transfers: TransferView[]; total: number }> {
  const isFollowed = state === 'executed';
  const query = () =>
    withinReach(
      database(TRANSFERS)
        .whereIn('state', isFollowed ? ['executed'] : [...OPEN_STATES])
        .andWhere((mine) => {
          void mine.where({ requested_by: actor.user });
          if (isGroupMarketing(actor)) void mine.orWhereRaw('?? <> ??', ['from_segment', 'to_segment']);
          if (isFollowed) void mine.orWhere({ to_owner: actor.user });
          if (isFollowed && managesSegments(actor.role)) void mine.orWhereIn('to_segment', [...actor.managedSegments]);
        }),
      actor,
    );
  const { rows, total } = await readPage<TransferRow>(query, page);
  return { transfers: await viewsOf(database, actor, rows), total };
}

/** One transfer, for whoever reads it by the row rules; to everybody else it looks like none. */
export async function oneTransfer(database: Knex, actor: Actor, id: string): Promise<TransferView> {
  const row: TransferRow | undefined = await database(TRANSFERS).where({ id }).first();
  if (!row || !mayReach(actor, row)) throw forbidden();
  return (await viewsOf(database, actor, [row]))[0]!;
}
