import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { AfterWrite } from '../../platform/api/write-pipeline.ts';
import { managesSegments } from '../../segments/index.ts';
import { fromSettled, LEADS, toSettled, type Former, type LeadRow, type Noted } from './lead-row.ts';
import { loadsOf } from './load.ts';
import { logAllocations } from './log-allocation.ts';
import type { LeadPorts } from './ports.ts';
import { leadRefusal, statusRefusal } from './refuse.ts';
import { isSupplied, routeLeads } from './route-leads.ts';
import { decideStatus, statusAfterAllocation } from './rules/lead-status.ts';
import { segmentOf } from './segment-switches.ts';

export const mayReopen = ({ admin, role }: Actor): boolean => admin || role === 'system_admin' || managesSegments(role);

/**
 * The authority over a lead's status and owner, inside the transaction of every write of the host (SAL-1, SAL-9, SAL-10, F7). The
 * old row is gone by now; what it was stands in `settled`, which only the server writes. The write itself holds the row: of
 * two at once the later one finds here what the earlier one left, and not what it saw before it waited.
 *
 * @param noted what was seen just before the write, and what it was about to say.
 */
export async function settleLead(
  { database, item, action, actor }: Pick<AfterWrite, 'database' | 'item' | 'action' | 'actor'>,
  ports: LeadPorts,
  noted: Noted | null,
): Promise<void> {
  const lead: LeadRow | undefined = await database(LEADS).where({ id: item }).first();
  if (!lead) return;
  if (!actor) return settleAlone(database, lead);
  const former = action === 'create' ? null : (fromSettled(lead.settled) ?? noted ?? lead);
  const isGiven = former ? isGivenBy(lead, former, noted) : !lead.customer && lead.owner !== actor.user;
  const given = isGiven && lead.owner ? lead.owner : null;
  if (given && (await segmentOf(database, lead.segment))?.needsApproval) throw leadRefusal('needs_approval', actor.language);
  const at = ports.clock.now();
  const written: LeadRow = given ? { ...lead, allocated_at: at } : lead;
  const decided = decideStatus({ from: former?.status ?? null, lead: written, mayReopen: mayReopen(actor) });
  if (!decided.accepted) throw statusRefusal(decided.reason, actor.language);
  const status = given ? statusAfterAllocation({ ...written, status: decided.value }) : decided.value;
  const openLeads = given ? (await loadsOf(database, [given])).get(given)!.open - 1 : 0;
  const settled = toSettled({ status, owner: lead.owner });
  const changes = { ...(status === lead.status ? {} : { status }), ...(settled === lead.settled ? {} : { settled }) };
  const all = given ? { ...changes, allocated_at: at } : changes;
  if (Object.keys(all).length) await database(LEADS).where({ id: item }).update(all);
  if (given) {
    const entry = { lead, to: given, by: actor.user, how: 'by_hand', reason: null, at } as const;
    await logAllocations(database, [{ ...entry, from: former?.owner ?? null, openLeads: Math.max(0, openLeads) }]);
    await ports.voidApprovals(database, item);
  }
  const now = { ...written, status };
  if (isSupplied(now) && (await segmentOf(database, lead.segment))?.isRouted) await routeLeads(database, ports, actor, [now]);
}

/**
 * Whether this write gave the lead to somebody. Below a customer it only does by hanging the lead there; else the lead has gone
 * along with its customer, or with a hand-over, since the server last settled it.
 */
function isGivenBy(lead: LeadRow, former: Former, noted: Noted | null): boolean {
  if (lead.owner === former.owner) return false;
  if (!noted) return true;
  return lead.customer ? noted.joins : noted.names || lead.owner !== noted.owner;
}

/** Work without a person behind it is not judged, only remembered. */
async function settleAlone(database: Knex, lead: LeadRow): Promise<void> {
  const settled = toSettled(lead);
  if (settled !== lead.settled) await database(LEADS).where({ id: lead.id }).update({ settled });
}
