import { approvalOf } from '../../approvals/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { AfterWrite } from '../../platform/api/write-pipeline.ts';
import { managesSegments } from '../../segments/index.ts';
import { fromSettled, LEADS, ROUTED_BY, toSettled, type Former, type LeadRow, type Noted } from './lead-row.ts';
import { loadsOf } from './load.ts';
import { logAllocations } from './log-allocation.ts';
import type { LeadPorts } from './ports.ts';
import { leadRefusal, missingRefusal, statusRefusal } from './refuse.ts';
import { isSupplied, routeLeads } from './route-leads.ts';
import { decideStatus, emptied, isOpen, missingToAllocate, statusAfterAllocation } from './rules/lead-status.ts';
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
  if (former && noted) refuseUndoing(lead, former, noted, actor);
  if (given && former && !former.owner) refuseUnready(lead, actor);
  if (given && (await segmentOf(database, lead.segment))?.needsApproval) throw leadRefusal('needs_approval', actor.language);
  const at = ports.clock.now();
  const written: LeadRow = given ? { ...lead, allocated_at: at } : lead;
  const decided = decideStatus({ from: former?.status ?? null, lead: written, mayReopen: mayReopen(actor) });
  if (!decided.accepted) throw statusRefusal(decided.reason, actor.language);
  const status = given ? statusAfterAllocation({ ...written, status: decided.value }) : decided.value;
  const openLeads = given ? (await loadsOf(database, [given])).get(given)!.open - 1 : 0;
  const settled = toSettled({ status, owner: lead.owner });
  const changes = {
    ...(status === lead.status ? {} : { status }),
    ...(settled === lead.settled ? {} : { settled }),
    // The next loss has a reason of its own.
    ...(former?.status === 'lost' && status !== 'lost' && lead.lost_reason ? { lost_reason: null } : {}),
    ...(given ? { allocated_at: at } : {}),
  };
  if (Object.keys(changes).length) await database(LEADS).where({ id: item }).update(changes);
  if (given) {
    const entry = { lead, to: given, by: actor.user, how: 'by_hand', reason: null, at } as const;
    await logAllocations(database, [{ ...entry, from: former?.owner ?? null, openLeads: Math.max(0, openLeads) }]);
    await ports.voidApprovals(database, item);
  }
  await routeWritten(database, ports, actor, [{ ...written, status }], noted ? new Map([[item, noted]]) : new Map());
}

/** What a routing depends on, as it stood before a write. */
type RoutedBefore = Pick<LeadRow, (typeof ROUTED_BY)[number] | 'status'>;

/**
 * Routes what of leads of one segment that were written the company supplies and nobody has (SAL-9). With the switch on one is not
 * asked for again as long as it stands as it did when that was refused (Q2).
 */
export async function routeWritten(
  database: Knex,
  ports: LeadPorts,
  actor: Actor,
  leads: readonly LeadRow[],
  before: ReadonlyMap<string, RoutedBefore>,
): Promise<void> {
  const supplied = leads.filter(isSupplied);
  const [first] = supplied;
  const segment = first && (await segmentOf(database, first.segment));
  if (!segment?.isRouted) return;
  const waiting: LeadRow[] = [];
  for (const lead of supplied) {
    const isStill = segment.needsApproval && isAsNoted(lead, before.get(lead.id));
    if (!isStill || !(await wasRefused(database, lead.id))) waiting.push(lead);
  }
  await routeLeads(database, ports, actor, waiting);
}

/** Refuses what would take back a step that the lead has made: emptied fields, a conversion that loses its customer (SAL-1, F7). */
function refuseUndoing(lead: LeadRow, former: Former, noted: Noted, { language }: Actor): void {
  if (former.status === 'converted' && noted.joins && noted.customer !== lead.customer) throw statusRefusal('converted_stays', language);
  const fault = lead.status === former.status ? emptied(noted.known, lead) : null;
  if (fault) throw statusRefusal(fault, language);
}

/** Whoever gives a lead on a form needs of it what the route asks for (SAL-1, CUS-10). */
function refuseUnready(lead: LeadRow, { language }: Actor): void {
  if (!isOpen(lead.status)) throw leadRefusal('closed', language);
  const missing = missingToAllocate(lead);
  if (missing.length) throw missingRefusal(missing, language);
}

/** Whether nothing of what a routing depends on is another than before the write. */
const isAsNoted = (lead: LeadRow, noted: RoutedBefore | undefined): boolean =>
  noted !== undefined && [...ROUTED_BY, 'status' as const].every((field) => (lead[field] ?? null) === (noted[field] ?? null));

/** Somebody has decided against the last allocation that was asked for, or took it back: it is not asked for by itself again (Q2). */
async function wasRefused(database: Knex, lead: string): Promise<boolean> {
  const last = await approvalOf(database, { kind: 'lead_allocation', collection: LEADS, item: lead });
  return last?.state === 'rejected' || last?.state === 'withdrawn';
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
