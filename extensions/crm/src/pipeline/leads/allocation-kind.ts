import type { ApprovalKind, ApprovalRequest, ApprovalRow } from '../../approvals/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { mayReach } from '../../segments/index.ts';
import { requireAllocatable, requireCandidate } from './check-allocation.ts';
import { giveLead } from './give-lead.ts';
import { holdLead, LEADS } from './lead-row.ts';
import type { AllocationWish } from './ports.ts';
import { leadRefusal } from './refuse.ts';

export const LEAD_ALLOCATION = 'lead_allocation';

/** What the engine of approvals is asked for one allocation. */
export const toAllocationRequest = ({ lead, to, reason, requestedBy }: AllocationWish): ApprovalRequest => ({
  kind: LEAD_ALLOCATION,
  collection: LEADS,
  item: lead.id,
  about: { lead: lead.id },
  segment: lead.segment,
  owner: lead.owner,
  title: lead.title,
  asked: { owner: to },
  reason,
  requestedBy,
});

/** SAL-10: the allocation of a lead, decided by somebody else (Q2). What is asked: `{owner}`. */
export const leadAllocationKind = (clock: Clock): ApprovalKind => ({
  kind: LEAD_ALLOCATION,

  async prepare(database, actor, { item, asked }) {
    const lead = await holdLead(database, item);
    if (!lead || !mayReach(actor, lead) || actor.role === 'group_executive') throw forbidden();
    requireAllocatable(lead, actor.language);
    const to = typeof asked['owner'] === 'string' ? asked['owner'] : '';
    if (!to || to === lead.owner) throw leadRefusal('nobody_named', actor.language);
    await requireCandidate(database, lead, to, actor.language);
    return toAllocationRequest({ lead, to, reason: null, requestedBy: actor.user });
  },

  async fingerprint(database: Knex, { item }: ApprovalRow) {
    const lead = await database(LEADS).where({ id: item }).first('owner', 'segment', 'customer', 'status');
    const isOver = !lead || ['converted', 'lost'].includes(lead.status as string);
    return isOver ? 'over' : [lead.owner, lead.segment, lead.customer].map((value) => value ?? '').join(':');
  },

  async approved(database: Knex, { item, asked, reason }: ApprovalRow, actor: Actor) {
    const lead = await holdLead(database, item);
    if (!lead) throw forbidden();
    requireAllocatable(lead, actor.language);
    const to = String(asked['owner']);
    await requireCandidate(database, lead, to, actor.language);
    await changeLog().around(database, LEADS, [item], () =>
      giveLead(database, clock, lead, { to, by: actor.user, how: 'approved', reason }),
    );
  },
});
