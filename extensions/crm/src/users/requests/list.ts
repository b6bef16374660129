import { namesFor, type ApprovalRow } from '../../approvals/index.ts';
import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Knex } from '../../platform/api/host.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import { isGroupStaff, mayReach } from '../../segments/index.ts';
import type { ListAnswer, ListQuery, RequestView } from './contract.ts';
import { lateFreezesFor, viewsOfLate } from './early-freezes.ts';
import { waitingForms } from './form-of-freeze.ts';
import { OPEN_STATES, REQUEST_KIND, REQUESTS, toRequest, type RequestRow } from './request-row.ts';

/** The forms of the caller’s reach, as the row rules say (ORG-2). */
const reachOf = (database: Knex, { admin, role, managedSegments }: Actor): Knex.QueryBuilder =>
  admin || isGroupStaff(role) ? database(REQUESTS) : database(REQUESTS).whereIn('segment', [...managedSegments]);

const isOpen = (rows: Knex.QueryBuilder) => rows.whereIn('state', [...OPEN_STATES]);

function narrowed(database: Knex, rows: Knex.QueryBuilder, state: ListQuery['state'], today: string): Knex.QueryBuilder {
  if (state === 'open') return isOpen(rows);
  if (state === 'overdue') return isOpen(rows).where('due_on', '<', toStoredDay(database, today));
  return state === 'ended' ? rows.whereNotIn('state', [...OPEN_STATES]) : rows;
}

const count = async (rows: Knex.QueryBuilder): Promise<number> => Number((await rows.count({ total: '*' }))[0]?.['total'] ?? 0);

/** The forms with their due days: open ones first due first, ended ones newest first (ACC-8 "overdue list"). */
export async function listFor(database: Knex, clock: Clock, actor: Actor, query: ListQuery): Promise<ListAnswer> {
  const today = await dayIn(database, GROUP_SEGMENT_ID, clock.now());
  const found = () => narrowed(database, reachOf(database, actor), query.state, today);
  const isByDue = query.state === 'open' || query.state === 'overdue';
  const rows: RequestRow[] = await found()
    .orderBy(isByDue ? ['due_on', 'id'] : [{ column: 'date_created', order: 'desc' }, { column: 'id' }])
    .offset(query.offset)
    .limit(query.limit);
  return {
    requests: await viewsOf(database, actor, rows.map(toRequest), today),
    total: await count(found()),
    overdue:
      (await count(narrowed(database, reachOf(database, actor), 'overdue', today))) + (await count(lateFreezesFor(database, actor, today))),
    early_freezes: query.state === 'overdue' && query.offset === 0 ? await viewsOfLate(database, actor, today) : [],
    on: today,
  };
}

async function viewsOf(database: Knex, actor: Actor, rows: readonly RequestRow[], today: string): Promise<RequestView[]> {
  const ids = rows.map(({ id }) => id);
  const approvals: Pick<ApprovalRow, 'id' | 'item' | 'segment' | 'owner' | 'requested_by'>[] = await database('crm_approvals')
    .where({ kind: REQUEST_KIND, collection: REQUESTS })
    .whereIn('item', ids)
    .orderBy(['date_created', 'id'])
    .select('id', 'item', 'segment', 'owner', 'requested_by');
  // Another segment's decision opens for whoever asked for it, and nobody else here (ORG-2).
  const opens = approvals.filter((one) => mayReach(actor, one) || (one.requested_by === actor.user && one.owner === actor.user));
  const approvalOf = new Map(opens.map(({ id, item }) => [item, id]));
  const waiting = await waitingForms(database, ids);
  const named = await namesFor(
    database,
    actor,
    rows.flatMap((row) => [row.user, row.requested_by, row.executed_by, row.segment, row.to_segment]).filter((id) => id !== null),
  );
  const person = (id: string | null) => (id ? { id, name: named.person(id) } : null);
  const segment = (id: string) => ({ id, name: named.segment(id) });
  return rows.map((row) => {
    const isPending = OPEN_STATES.includes(row.state);
    const newName = [row.last_name, row.first_name].filter(Boolean).join('') || null;
    return {
      ...{ id: row.id, kind: row.kind, state: row.state },
      person: { id: row.user, name: row.user ? named.person(row.user) : newName, email: row.user_email },
      segment: segment(row.segment),
      to: { role: row.to_role, segment: row.to_segment ? segment(row.to_segment) : null, position: row.to_position },
      ...{ effective_on: row.effective_on, due_on: row.due_on, overdue: isPending && row.due_on !== null && row.due_on < today },
      ...{ escalated: row.escalated_at !== null, reason: row.reason, handling: row.handling, requested_by: person(row.requested_by) },
      executed_at: row.executed_at === null ? null : new Date(row.executed_at).toISOString(),
      ...{ executed_by: person(row.executed_by), approval: approvalOf.get(row.id) ?? null },
      can: {
        execute: row.state === 'approved' && actor.role === 'system_admin' && !waiting.has(row.id),
        withdraw: isPending && (row.requested_by === actor.user || actor.role === 'system_admin'),
      },
    };
  });
}
