import { toBusinessDate } from '../kernel/calendar/business-date.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import type { Clock } from '../platform/api/clock.ts';
import { dayIn } from '../platform/api/day-in.ts';
import type { Knex } from '../platform/api/host.ts';
import { createLease } from '../platform/api/lease.ts';
import { withOrigin } from '../platform/api/origin.ts';
import { toStoredDay } from '../platform/api/stored-day.ts';
import { colleaguesFor } from './colleagues.ts';
import { limitOf, waysOf } from './find-way.ts';
import { note } from './history.ts';
import { toApproval, type ApprovalRow } from './kinds.ts';
import { decidersOf } from './rules/deciders.ts';
import { waitingOf } from './standing.ts';
import { tell } from './tell.ts';
import { dueDay } from './time-limit.ts';

const LEASE = { key: 'approvals.escalation', ms: 60_000 };

/** No segment is in a later day than the one that follows Shanghai's. */
const perhapsLate = (database: Knex, clock: Clock): Knex.QueryBuilder =>
  database('crm_approvals')
    .where({ state: 'pending' })
    .whereNull('escalated_at')
    .where('due_on', '<=', toStoredDay(database, toBusinessDate(clock.now())));

async function lateOne(database: Knex, clock: Clock, id: string): Promise<ApprovalRow | null> {
  const row = await database('crm_approvals').where({ id, state: 'pending' }).whereNull('escalated_at').forUpdate().first();
  const approval = row ? toApproval(row) : null;
  return approval?.due_on && approval.due_on < (await dayIn(database, approval.segment, clock.now())) ? approval : null;
}

/** Sends one request up, once for each step, if its time is over and somebody is there above. */
async function escalateOne(database: Knex, clock: Clock, id: string): Promise<void> {
  const approval = await lateOne(database, clock, id);
  if (!approval) return;
  const { segment, rule } = approval;
  const way = (await waysOf(database, [rule]))(rule);
  const { deciders } = decidersOf({ ...waitingOf(approval), escalated: true }, way, await colleaguesFor(database, [segment], [way]));
  if (!deciders.length) return;
  const now = clock.now();
  const due = await dueDay(database, clock, segment, await limitOf(database, rule));
  await updateLogged(database, 'crm_approvals', (rows) => rows.where({ id, state: 'pending' }), {
    ...{ escalated_at: now, due_on: toStoredDay(database, due), version: approval.version + 1, date_updated: now },
  });
  await note(database, approval, { decision: 'escalated', at: now, by: null });
  const people = deciders.map(({ user }) => user);
  await tell(database, people, 'escalated', approval);
  await tell(database, [approval.requested_by], 'late', approval);
}

/**
 * Sends up what was not decided in time (APR-1): all that is due and not yet done, so that a missed tick, a restart or a
 * second node changes nothing.
 */
export async function escalateLate(database: Knex, clock: Clock): Promise<void> {
  if (!(await perhapsLate(database, clock).first('id'))) return;
  const lease = createLease(database, clock, LEASE);
  if (!(await lease.take())) return;
  try {
    const ids: string[] = await perhapsLate(database, clock).orderBy(['due_on', 'id']).pluck('id');
    for (const id of ids)
      await withOrigin({ kind: 'job' }, () => database.transaction((transaction) => escalateOne(transaction, clock, id)));
  } finally {
    await lease.release();
  }
}
