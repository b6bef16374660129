import type { Actor } from '../platform/api/actor.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { Accountability, HostContext, Row, SchemaOverview } from '../platform/api/host.ts';
import { isGroupStaff } from '../segments/index.ts';
import { heldActivity, type ActivityRow } from './held.ts';
import { activityRefusal } from './refuse.ts';

export interface Completion {
  outcome?: string | null | undefined;
  next_step?: string | null | undefined;
  next?: { type: string; subject?: string | undefined; due_on: string } | undefined;
}

interface Completing {
  context: HostContext;
  clock: Clock;
  actor: Actor;
  schema: SchemaOverview;
  accountability: Accountability | null;
}

/**
 * Says that an activity is done, what came of it, and what comes next, in one transaction. Written through the host with the
 * caller's own rights, so that it is the same as writing `done_at` in the form (SAL-6, SAL-8).
 */
export async function complete(
  { context, clock, actor, schema, accountability }: Completing,
  id: string,
  { outcome, next_step, next }: Completion,
): Promise<{ id: string; done_at: string; next: string | null }> {
  const events: HostEvent[] = [];
  const result = await context.database.transaction(async (transaction) => {
    const row = await heldActivity(transaction, actor, id);
    if (row.done_at) throw activityRefusal('already_done', actor.language);
    const items = new context.services.ItemsService('crm_activities', { schema, accountability, knex: transaction });
    const later = { bypassEmitAction: (event: HostEvent) => events.push(event) };
    const done_at = clock.now().toISOString();
    await items.updateOne(id, { done_at, ...sent({ outcome, next_step }) }, later);
    const following = next ? String(await items.createOne(followUp(row, actor, next), later)) : null;
    return { id, done_at, next: following };
  });
  for (const { event, meta, context: around } of events) context.emitter.emitAction(event, meta, around);
  return result;
}

/** Something that others are told of once it stands. */
interface HostEvent {
  event: string | string[];
  meta: Row;
  context: Row;
}

const sent = (values: Row): Row => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The next activity hangs where this one hangs; one of its own is the same person's. */
function followUp(row: ActivityRow, { user, role, admin }: Actor, next: NonNullable<Completion['next']>): Row {
  const { customer, lead, opportunity } = row;
  const link = sent({ customer: customer ?? undefined, lead: lead ?? undefined, opportunity: opportunity ?? undefined });
  if (Object.keys(link).length) return { ...next, ...link };
  const isElsewhere = admin || isGroupStaff(role) || row.owner !== user;
  return role === 'sales_rep' && !admin ? { ...next } : { ...next, owner: row.owner, ...(isElsewhere ? { segment: row.segment } : {}) };
}
