import { GROUP_SEGMENT_ID } from '../../../extensions/crm/src/kernel/roles.ts';
import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { inventCompanyName, TRADES } from '../names/companies.ts';
import { SEGMENTS, type SegmentPlan } from '../names/organisation.ts';
import { inventMobile, inventPersonName, POSTS } from '../names/people.ts';
import { fill, LEAD_TITLES, LOST_REASONS, NEEDS } from '../names/texts.ts';
import { addDays, instantAt, workingDayUpTo, type Day } from '../workdays.ts';
import { pickPlace, regionOf } from './customers.ts';
import { segmentId } from './group.ts';
import type { CustomerDraft, LeadDraft, Reference } from './rows.ts';

export const LEADS_PER_SEGMENT = 302;
export const LEADS_IN_POOL = 150;

type Status = LeadDraft['status'];

const STATUSES: readonly (readonly [Status, number])[] = [
  ['new', 18],
  ['qualified', 15],
  ['allocated', 14],
  ['following', 24],
  ['converted', 15],
  ['lost', 14],
];
const POOL_STATUSES: readonly (readonly [Status, number])[] = [
  ['new', 70],
  ['qualified', 30],
];
const SOURCES: readonly (readonly [NonNullable<LeadDraft['source']>, number])[] = [
  ['website', 24],
  ['exhibition', 20],
  ['company', 18],
  ['phone', 12],
  ['tender', 12],
  ['referral', 9],
  ['own', 5],
];
/** A lead that nobody has yet is new or just qualified (Q21). */
const WAITING: readonly Status[] = ['new', 'qualified'];

export interface LeadContext {
  today: Day;
  reference: Reference;
  /** Active reps of the segment. */
  reps: readonly string[];
  /** Customers of active people of the segment. */
  customers: readonly CustomerDraft[];
  chance: Chance;
}

function planLead(
  number: number,
  plan: SegmentPlan,
  status: Status,
  owner: string | null,
  { today, reference, chance }: LeadContext,
): LeadDraft {
  const place = pickPlace(plan, chance);
  const trade = TRADES[chance.pick(plan.trades)];
  const offer = chance.pick(plan.offers).name;
  const age = status === 'new' ? chance.integer(1, 25) : status === 'qualified' ? chance.integer(2, 45) : chance.integer(8, 320);
  const created = workingDayUpTo(addDays(today, -age));
  return {
    id: stableId(`demo:lead:${number}`),
    title: fill(chance.pick(LEAD_TITLES), { offer, city: place.name }),
    status,
    company_name: inventCompanyName(place.name, trade, chance).name,
    contact_name: inventPersonName(chance),
    position: chance.happens(0.6) ? chance.weighted(POSTS).title : null,
    phone: inventMobile(chance),
    email: chance.happens(0.4) ? `xs${String(number).padStart(5, '0')}@example.com` : null,
    needs: chance.happens(0.75) ? fill(chance.pick(NEEDS), { offer, city: place.name }) : null,
    grade:
      status === 'new'
        ? null
        : chance.weighted([
            ['A', 18],
            ['B', 44],
            ['C', 38],
          ] as const),
    source: chance.weighted(SOURCES),
    region: regionOf(place, reference),
    industry: reference.industries.get(trade.division) ?? null,
    lost_reason: status === 'lost' ? chance.pick(LOST_REASONS) : null,
    customer: null,
    owner,
    segment: segmentId(plan.code),
    date_created: instantAt(created, chance.integer(8, 17), chance.integer(0, 59)).toISOString(),
    user_created: owner,
  };
}

/** A lead that became a customer stands in that customer's tree: its segment, its owner, its name. */
function convert(lead: LeadDraft, customer: CustomerDraft): LeadDraft {
  return {
    ...lead,
    customer: customer.id,
    company_name: customer.kind === 'person' ? null : customer.name,
    owner: customer.owner,
    user_created: customer.owner,
  };
}

/** Leads of one segment; some wait for their allocation without an owner (Q21). */
export function planSegmentLeads(first: number, plan: SegmentPlan, context: LeadContext): LeadDraft[] {
  const { chance, reps, customers } = context;
  return Array.from({ length: LEADS_PER_SEGMENT }, (_, index) => {
    const status = chance.weighted(STATUSES);
    const waits = WAITING.includes(status) && chance.happens(0.55);
    const lead = planLead(first + index, plan, status, waits ? null : chance.pick(reps), context);
    return status === 'converted' ? convert(lead, chance.pick(customers)) : lead;
  });
}

/** Leads that no segment has yet: they lie in the pool `s00`, without an owner (Q21). */
export function planPoolLeads(first: number, context: Omit<LeadContext, 'reps' | 'customers'>): LeadDraft[] {
  return Array.from({ length: LEADS_IN_POOL }, (_, index) => {
    const status = context.chance.weighted(POOL_STATUSES);
    const lead = planLead(first + index, context.chance.pick(SEGMENTS), status, null, { ...context, reps: [], customers: [] });
    return { ...lead, segment: GROUP_SEGMENT_ID };
  });
}
