import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { cascadePlace, leaveTreeBehind } from '../../segments/index.ts';
import { LEADS, toSettled, type LeadRow } from './lead-row.ts';
import { loadsOf } from './load.ts';
import { logAllocations } from './log-allocation.ts';
import type { How } from './ports.ts';
import { statusAfterAllocation } from './rules/lead-status.ts';

export interface Giving {
  to: string;
  by: string | null;
  how: How;
  reason: string | null;
  /** Where the caller has counted already; else it is counted here. */
  openLeads?: number;
}

/**
 * Makes somebody the owner of a lead, with all that hangs on it, and writes it down (SAL-9). For use inside a transaction that
 * holds the lead and logs its change.
 */
export async function giveLead(database: Knex, clock: Clock, lead: LeadRow, giving: Giving): Promise<LeadRow> {
  const { to, by, how, reason } = giving;
  const openLeads = giving.openLeads ?? (await loadsOf(database, [to])).get(to)!.open;
  const at = clock.now();
  const given: LeadRow = { ...lead, owner: to, allocated_at: at };
  given.status = statusAfterAllocation(given);
  const { status } = given;
  await database(LEADS)
    .where({ id: lead.id })
    .update({ owner: to, status, allocated_at: at, settled: toSettled({ status, owner: to }) });
  const place = { segment: lead.segment, owner: to };
  await cascadePlace(database, LEADS, lead.id, place);
  if (lead.owner !== to) await leaveTreeBehind(database, LEADS, lead.id, { from: { segment: lead.segment, owner: lead.owner }, to: place });
  await logAllocations(database, [{ lead, from: lead.owner, to, by, how, openLeads, reason, at }]);
  return given;
}
