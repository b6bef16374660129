import type { Actor } from '../../platform/api/actor.ts';
import { isAdministrator } from '../../platform/api/caller.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { cascadePlace, mayReach } from '../../segments/index.ts';
import { requireAllocatable, requireCandidate } from './check-allocation.ts';
import type { AllocateAnswer, AllocateRequest } from './contract.ts';
import { giveLead } from './give-lead.ts';
import { holdLead, LEADS, type LeadRow } from './lead-row.ts';
import type { LeadPorts } from './ports.ts';
import { leadRefusal } from './refuse.ts';
import { isSupplied, routeLeads } from './route-leads.ts';
import { segmentOf } from './segment-switches.ts';

const ROUTE = 'route';

/**
 * Gives a lead to somebody, or to whoever works its region (SAL-9). With the segment's switch on, and where a rep hands an own
 * lead to a colleague, it asks for the approval instead (SAL-10, Q2). Group marketing first gives a lead of the pool to a
 * segment (ORG-3, Q21). Rows of others answer as absent ones.
 */
export async function allocateLead(
  database: Knex,
  ports: LeadPorts,
  actor: Actor,
  item: string,
  { owner, segment, reason }: AllocateRequest,
): Promise<AllocateAnswer> {
  const lead = await holdLead(database, item);
  if (!lead || !mayReach(actor, lead) || actor.role === 'group_executive') throw forbidden();
  const standing = segment && segment !== lead.segment ? await toSegment(database, ports, actor, lead, segment) : lead;
  if (!owner) {
    if (!segment) throw leadRefusal('nobody_named', actor.language);
    return standing === lead ? answerOf(database, item) : routeSupplied(database, ports, actor, standing);
  }
  const switches = await segmentOf(database, standing.segment);
  if (!switches || switches.isPool) throw leadRefusal('still_in_pool', actor.language);
  if (owner === standing.owner) return answerOf(database, item);
  requireAllocatable(standing, actor.language);
  const isRep = actor.role === 'sales_rep' && !actor.admin;
  if (isRep && (owner === ROUTE || owner === actor.user)) throw leadRefusal('own_only_to_colleague', actor.language);
  if (owner === ROUTE) return route(database, ports, actor, standing, reason ?? null);

  await requireCandidate(database, standing, owner, actor.language);
  if (isRep || switches.needsApproval) {
    const wish = { lead: standing, to: owner, reason: reason ?? null, requestedBy: actor.user };
    return answerOf(database, item, (await ports.askApproval(database, wish)).id);
  }
  await changeLog().around(database, LEADS, [item], () =>
    giveLead(database, ports.clock, standing, { to: owner, by: actor.user, how: 'by_hand', reason: reason ?? null }),
  );
  await ports.voidApprovals(database, item);
  return answerOf(database, item);
}

async function route(database: Knex, ports: LeadPorts, actor: Actor, lead: LeadRow, reason: string | null): Promise<AllocateAnswer> {
  const routed = await changeLog().around(database, LEADS, [lead.id], () => routeLeads(database, ports, actor, [lead], reason));
  const outcome = routed.get(lead.id);
  if (!outcome || outcome === 'nobody') throw leadRefusal('nobody_fits', actor.language);
  if (outcome === 'waits') throw leadRefusal('already_asked', actor.language);
  return answerOf(database, lead.id, 'approval' in outcome ? outcome.approval : undefined);
}

/** What the company supplies finds its way in the segment that it was given to, as if it had been entered there (SAL-9). */
async function routeSupplied(database: Knex, ports: LeadPorts, actor: Actor, lead: LeadRow): Promise<AllocateAnswer> {
  if (!isSupplied(lead) || !(await segmentOf(database, lead.segment))?.isRouted) return answerOf(database, lead.id);
  const routed = await changeLog().around(database, LEADS, [lead.id], () => routeLeads(database, ports, actor, [lead]));
  const outcome = routed.get(lead.id) ?? 'nobody';
  return answerOf(database, lead.id, typeof outcome !== 'string' && 'approval' in outcome ? outcome.approval : undefined);
}

/** Nobody but group marketing writes `segment` (ORG-3); what hangs on the lead goes along. */
async function toSegment(database: Knex, ports: LeadPorts, actor: Actor, lead: LeadRow, segment: string): Promise<LeadRow> {
  if (!isAdministrator(actor)) throw forbidden();
  const [from, to] = [await segmentOf(database, lead.segment), await segmentOf(database, segment)];
  if (!to?.active || to.isPool) throw leadRefusal('unknown_segment', actor.language);
  if (!from?.isPool || lead.owner || lead.customer) throw leadRefusal('not_in_pool', actor.language);
  await changeLog().around(database, LEADS, [lead.id], async () => {
    await database(LEADS).where({ id: lead.id }).update({ segment });
    await cascadePlace(database, LEADS, lead.id, { segment, owner: null });
  });
  await ports.voidApprovals(database, lead.id);
  return { ...lead, segment };
}

async function answerOf(database: Knex, id: string, approval?: string): Promise<AllocateAnswer> {
  const { owner, segment, status }: LeadRow = await database(LEADS).where({ id }).first('owner', 'segment', 'status');
  return { id, owner, segment, status, approval: approval ?? null, state: approval ? 'pending' : owner ? 'allocated' : 'waiting' };
}
