import { toSettled } from '../../../extensions/crm/src/pipeline/leads/lead-row.ts';
import { advance } from '../../../extensions/crm/src/pipeline/leads/rules/lead-status.ts';
import { GROUP_SEGMENT_ID } from '../../../extensions/crm/src/kernel/roles.ts';
import { stableId } from '../../ids.ts';
import { SEGMENTS } from '../names/organisation.ts';
import { segmentId } from './group.ts';
import type { Fresh, LeadDraft, Reference } from './rows.ts';
import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import { userId } from './staff.ts';

/** What lies between the arrival of a lead and its allocation, in milliseconds. */
const TWO_HOURS = 7_200_000;
const later = (instant: string, by: number): string => new Date(Date.parse(instant) + by).toISOString();

/**
 * Brings the leads to where the server would have left them (SAL-1, SAL-9): who was given one has it since then, one that was worked
 * is followed, and what the company supplies waits for its grade, because with it it would have been routed.
 */
export function settleLeads(leads: readonly LeadDraft[]): void {
  for (const lead of leads) {
    const isOwn = lead.source === 'own';
    const isHistory = lead.status !== 'new' && lead.status !== 'qualified';
    if (lead.owner && isHistory && !isOwn) lead.allocated_at = later(lead.date_created, TWO_HOURS);
    if (isOwn && lead.status === 'allocated') lead.status = 'following';
    const isWaiting = lead.status === 'qualified' && !lead.owner && lead.source === 'company' && lead.segment !== GROUP_SEGMENT_ID;
    if (isWaiting || (lead.status === 'qualified' && advance(lead) !== 'qualified')) lead.grade = null;
    lead.status = advance(lead);
    if (lead.status === 'converted') lead.converted_at = lead.last_activity_at ?? later(lead.date_created, TWO_HOURS);
    lead.settled = toSettled({ status: lead.status, owner: lead.owner });
  }
}

/** Who works which region (SAL-9): two reps share the provinces where the segment sells most, the third has all others. */
export function planLeadRoutes({ regions }: Reference): Fresh<Rows['crm_lead_routes']>[] {
  return SEGMENTS.flatMap(({ code, cities }) => {
    const provinces = [...new Set(cities.map((city) => `${city.slice(0, 2)}0000`))].filter((province) => regions.has(province));
    const route = (rep: number, region: string | null) => ({
      id: stableId(`demo:lead-route:${code}:${rep}:${region ?? 'others'}`),
      region: region && regions.get(region)!,
      user: userId(`rep${rep}.${code}`),
      active: true,
      segment: segmentId(code),
    });
    return [...provinces.map((province, index) => route(1 + (index % 2), province)), route(3, null)];
  });
}
