import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { giveLead } from './give-lead.ts';
import type { LeadRow } from './lead-row.ts';
import { loadsOf } from './load.ts';
import type { LeadPorts } from './ports.ts';
import { chooseRoute, type Load, type Route } from './rules/choose-route.ts';
import { missingToAllocate } from './rules/lead-status.ts';
import { segmentOf } from './segment-switches.ts';
import { tellUnrouted } from './tell-unrouted.ts';

/** What became of a lead that was to be routed. */
export type Routed = { to: string } | { approval: string; to: string } | 'nobody' | 'waits';

/** A lead that the company supplies and that nobody has is routed once it is qualified and graded (SAL-1, SAL-9). */
export const isSupplied = (lead: LeadRow): boolean =>
  lead.source === 'company' &&
  !lead.owner &&
  !lead.customer &&
  (lead.status === 'new' || lead.status === 'qualified') &&
  !missingToAllocate(lead).length;

/** Reads the routes whose people can take leads, and holds them: two leads at once are counted one after the other. */
async function holdRoutes(database: Knex, segment: string): Promise<Route[]> {
  const routes: Route[] = await database('crm_lead_routes')
    .where({ segment, active: true })
    .orderBy('id')
    .forUpdate()
    .select('user', 'region', 'most_open');
  const able = await database('directus_users')
    .whereIn(
      'id',
      routes.map(({ user }) => user),
    )
    .where({ status: 'active', role: ROLE_IDS.sales_rep, crm_segment: segment, crm_pending_exam: false })
    .pluck('id');
  return routes.filter(({ user }) => able.includes(user));
}

/** A region and those above it, the closest first. */
async function regionsAbove(database: Knex, region: string | null): Promise<string[]> {
  const path: string[] = [];
  for (let next = region; next && !path.includes(next);) {
    path.push(next);
    next = (await database('crm_regions').where({ id: next }).first('parent'))?.parent ?? null;
  }
  return path;
}

/**
 * Gives leads of one segment to the people of their regions, the least loaded first (SAL-9); with the segment's switch on, asks
 * for the approval instead (SAL-10). Where nobody fits the lead waits, and the segment's admins are told.
 */
export async function routeLeads(
  database: Knex,
  ports: LeadPorts,
  actor: Actor,
  leads: readonly LeadRow[],
  reason: string | null = null,
): Promise<Map<string, Routed>> {
  const routed = new Map<string, Routed>();
  const [first] = leads;
  const segment = first && (await segmentOf(database, first.segment));
  if (!segment || segment.isPool) return routed;
  const routes = await holdRoutes(database, first.segment);
  const loads = await loadsOf(database, [...new Set(routes.map(({ user }) => user))]);
  const now = ports.clock.now().getTime();
  for (const lead of leads) {
    const to = chooseRoute(routes, await regionsAbove(database, lead.region), loads);
    if (!to) {
      routed.set(lead.id, await nobody(lead));
      continue;
    }
    const load: Load = loads.get(to)!;
    routed.set(lead.id, await place(lead, to, load.open));
    loads.set(to, { open: load.open + 1, lastAt: now });
  }
  return routed;

  async function nobody(lead: LeadRow): Promise<Routed> {
    await tellUnrouted(database, ports.clock, lead);
    return 'nobody';
  }

  async function place(lead: LeadRow, to: string, openLeads: number): Promise<Routed> {
    if (segment!.needsApproval) {
      const waiting = await database('crm_approvals')
        .where({ kind: 'lead_allocation', collection: 'crm_leads', item: lead.id, state: 'pending' })
        .first('id');
      if (waiting) return 'waits';
      const wish = { lead, to, reason, requestedBy: actor.user };
      const asked = await ports.askApproval(database, wish).catch(noneWhereRefused);
      return asked ? { approval: asked.id, to } : nobody(lead);
    }
    await giveLead(database, ports.clock, lead, { to, by: actor.user, how: 'routed', reason, openLeads });
    return { to };
  }
}

/** Nobody is there to decide: the lead waits like one that nobody can be found for, and whoever entered it is not stopped. */
function noneWhereRefused(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error as Error;
}
