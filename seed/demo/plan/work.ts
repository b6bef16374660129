import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import type { SegmentPlan } from '../names/organisation.ts';
import { dayOf, type Day } from '../workdays.ts';
import { planActivitiesOn, planTasks, type ActivityContext, type Subject } from './activities.ts';
import type { PlannedOpportunity } from './opportunities.ts';
import { leaversOf } from './staff.ts';
import type { ActivityDraft, ContactDraft, CustomerDraft, LeadDraft, Person } from './rows.ts';

/** What one segment has to work on. */
export interface SegmentBook {
  plan: SegmentPlan;
  customers: readonly CustomerDraft[];
  contacts: readonly ContactDraft[];
  leads: readonly LeadDraft[];
  opportunities: readonly PlannedOpportunity[];
}

const CUSTOMER_PACE = { key: 7, general: 4.5, potential: 3 } as const;

/** Family name and post, as colleagues write about people: 王经理. */
function politely(name: string, post: string | null | undefined): string {
  if (!/^\p{Script=Han}{2,4}$/u.test(name)) return name;
  return post && /总|部长|厂长|主任|经理/u.test(post)
    ? `${name[0]}${post.includes('总') ? '总' : (/部长|厂长|主任|经理/u.exec(post)?.[0] ?? '')}`
    : name;
}

function subjectsOf(
  { plan, customers, contacts, leads, opportunities }: SegmentBook,
  leavers: ReadonlyMap<string, Day>,
  chance: Chance,
): Subject[] {
  const main = new Map(
    contacts.filter((contact) => contact.is_primary).map((contact) => [contact.customer, politely(contact.name, contact.position)]),
  );
  const offer = () => chance.pick(plan.offers).name;
  const since = (created: string) => dayOf(new Date(created));
  return [
    ...customers
      .filter((customer) => customer.status !== 'archived' && chance.happens(0.96))
      .map((customer): Subject => ({
        field: 'customer',
        id: customer.id,
        person: main.get(customer.id) ?? '客户',
        offer: offer(),
        owner: customer.owner,
        segment: customer.segment,
        since: since(customer.date_created),
        pace: CUSTOMER_PACE[customer.class],
        until: leavers.get(customer.owner),
      })),
    ...opportunities.map(({ opportunity, offer: sold }): Subject => ({
      field: 'opportunity',
      id: opportunity.id,
      person: main.get(opportunity.customer) ?? '客户',
      offer: sold.name,
      owner: opportunity.owner,
      segment: opportunity.segment,
      since: since(opportunity.date_created),
      pace: 14,
      until: opportunity.closed_on ?? leavers.get(opportunity.owner),
    })),
    ...leads
      // Whoever was given one has not begun with it yet (SAL-1).
      .filter((lead) => lead.owner && lead.status !== 'new' && lead.status !== 'allocated')
      .map((lead): Subject => ({
        field: 'lead',
        id: lead.id,
        person: politely(lead.contact_name ?? '联系人', lead.position),
        offer: offer(),
        owner: lead.owner as string,
        segment: lead.segment,
        since: since(lead.date_created),
        pace: 4,
      })),
  ];
}

/** All activities of the demo: on customers, opportunities and leads, and the tasks that stand alone. */
export function planWork(books: readonly SegmentBook[], staff: readonly Person[], today: Day, chance: Chance): ActivityDraft[] {
  let count = 0;
  const numbered = () => stableId(`demo:activity:${(count += 1)}`);
  const context: ActivityContext = { today, chance, numbered };
  const leavers = leaversOf(staff, today);
  const onRecords = books.flatMap((book) => subjectsOf(book, leavers, chance).flatMap((subject) => planActivitiesOn(subject, context)));
  return [...onRecords, ...planTasks(staff, context)];
}
