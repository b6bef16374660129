import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { SEGMENTS } from '../names/organisation.ts';
import type { Day } from '../workdays.ts';
import { planContacts } from './contacts.ts';
import { planCustomer, planDuplicate, type CustomerContext } from './customers.ts';
import { segmentId } from './group.ts';
import { lastDayOf, userId } from './staff.ts';
import type { ContactDraft, CustomerDraft, Fresh, Person, Reference } from './rows.ts';

/** How many customers a person has: reps most, heads a few of their own, people who left some that wait for a hand-over. */
const CUSTOMERS_OF = { rep: [64, 72], head: [4, 6], former: [7, 11] } as const;
const DUPLICATES_PER_SEGMENT = 6;

/** Decides what the write path would have decided: state, completeness and the hint about the name. */
export type Judge = (
  customer: CustomerDraft,
  contacts: readonly ContactDraft[],
  tags: number,
) => Pick<CustomerDraft, 'completeness' | 'name_hint' | 'missing'> & { status: 'draft' | 'active' };

export interface CustomerBase {
  customers: CustomerDraft[];
  contacts: ContactDraft[];
  tags: CustomerTagDraft[];
}

type CustomerTagDraft = Fresh<Rows['crm_customers_tags']> & { customer: string };

function planTags(customers: readonly CustomerDraft[], tags: readonly string[], chance: Chance): CustomerTagDraft[] {
  return customers.flatMap((customer) =>
    chance
      .sample(
        tags,
        chance.weighted([
          [0, 45],
          [1, 30],
          [2, 18],
          [3, 7],
        ]),
      )
      .map((tag) => ({
        id: stableId(`${customer.id}:${tag}`),
        customer: customer.id,
        tag,
        owner: customer.owner,
        segment: customer.segment,
      })),
  );
}

function countFor(person: Person, chance: Chance): number {
  if (person.role === 'sales_rep' && person.status === 'active') return chance.integer(...CUSTOMERS_OF.rep);
  if (person.role === 'segment_head') return chance.integer(...CUSTOMERS_OF.head);
  return person.role === 'sales_rep' && person.status !== 'draft' ? chance.integer(...CUSTOMERS_OF.former) : 0;
}

/** Some customers belong to another one of the same owner. */
function linkParents(customers: readonly CustomerDraft[], chance: Chance): void {
  const companies = customers.filter((customer) => customer.kind === 'company');
  for (const parent of companies.filter((customer) => customer.class === 'key')) {
    if (!chance.happens(0.3)) continue;
    const candidates = companies.filter(
      (customer) => customer.owner === parent.owner && customer.id !== parent.id && customer.class !== 'key' && !customer.parent,
    );
    for (const child of chance.sample(candidates, chance.integer(1, 2))) child.parent = parent.id;
  }
}

/** Copies the main contact of the original: name and mobile meet again under another customer. */
function echoContact(contacts: readonly ContactDraft[], twin: CustomerDraft, original: CustomerDraft): void {
  const mainOf = (id: string) => contacts.find((contact) => contact.customer === id && contact.is_primary);
  const [from, to] = [mainOf(original.id), mainOf(twin.id)];
  if (from && to) Object.assign(to, { name: from.name, position: from.position, phone: from.phone });
}

/** Customers and contacts of the whole group, some of them entered twice, inside a segment and across (DQ-5, Q6). */
export function planCustomerBase(staff: readonly Person[], today: Day, reference: Reference, judge: Judge, chance: Chance): CustomerBase {
  const contexts = SEGMENTS.map((plan): Omit<CustomerContext, 'owner' | 'until'> => ({
    today,
    reference,
    segment: { ...plan, id: segmentId(plan.code) },
    chance,
  }));
  const customers: CustomerDraft[] = [];
  const add = (make: (number: number) => CustomerDraft) => customers[customers.push(make(customers.length + 1)) - 1] as CustomerDraft;

  contexts.forEach((context) => {
    for (const person of staff.filter(({ segment }) => segment === context.segment.code)) {
      for (let count = countFor(person, chance); count > 0; count -= 1)
        add((number) => planCustomer(number, { ...context, owner: person.id, until: lastDayOf(person, today) }));
    }
  });
  linkParents(customers, chance);

  const twins = contexts.flatMap((context, index) => {
    const near = customers.filter((customer) => customer.segment === context.segment.id && customer.kind === 'company');
    const far = customers.filter(
      (customer) => customer.segment === contexts[(index + 3) % contexts.length]?.segment.id && customer.kind === 'company',
    );
    return Array.from({ length: DUPLICATES_PER_SEGMENT }, (_, copy) => {
      const original = chance.pick(copy < 4 ? near : far);
      const owner = userId(`rep${chance.integer(1, 3)}.${context.segment.code}`);
      return { original, twin: add((number) => planDuplicate(number, original, { ...context, owner, until: today })) };
    });
  });

  const contacts = planContacts(customers, today, chance.branch('contacts'));
  for (const { original, twin } of twins) echoContact(contacts, twin, original);

  const tags = planTags(customers, reference.tags, chance.branch('tags'));
  const tagsByCustomer = Map.groupBy(tags, (tag) => tag.customer);
  const byCustomer = Map.groupBy(contacts, (contact) => contact.customer);
  for (const customer of customers) {
    Object.assign(customer, judge(customer, byCustomer.get(customer.id) ?? [], tagsByCustomer.get(customer.id)?.length ?? 0));
    if (customer.status === 'active' && !customer.parent && customer.class === 'potential' && chance.happens(0.08))
      customer.status = 'archived';
  }
  return { customers, contacts, tags };
}
