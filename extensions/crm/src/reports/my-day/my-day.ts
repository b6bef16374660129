import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { activitiesOf, type StoredActivity } from './activities.ts';
import { COUNTED, LISTED, type AssignedActivity, type DayActivity, type MyDay } from './answers.ts';
import { linkedRows, type LinkedRow, type Titled } from './linked-rows.ts';
import { namesOf } from './people.ts';
import { phonesOf, type PhoneTarget } from './phones.ts';
import type { Asker, MyDayPorts } from './ports.ts';
import { recentlyOpened } from './recent.ts';
import { segmentRulesOf } from './segment-rules.ts';
import { staleRecordsOf } from './stale-records.ts';

const URGENCY = { high: 0, medium: 1, low: 2 } as const;

type Linked = Record<Titled, Map<string, LinkedRow>>;

/** What waits for somebody today (USE-3, Q11): read by flat, indexed queries, and only what the person reads and works on. */
export async function myDayOf(ports: MyDayPorts, asker: Asker): Promise<MyDay> {
  const { context, clock, approvalsFor } = ports;
  const { database } = context;
  const { actor } = asker;
  const now = clock.now();
  const rules = await segmentRulesOf(database, actor);
  const date = toBusinessDate(now, rules.timeZone);
  const [lists, stale, opened, approvals] = await Promise.all([
    activitiesOf(database, actor, date),
    staleRecordsOf(database, actor, rules, now),
    recentlyOpened(database, actor),
    approvalsFor(database, actor, LISTED),
  ]);
  lists.today.sort((one, other) => URGENCY[one.priority] - URGENCY[other.priority]);
  const shown = Object.values(lists).flatMap((list) => list.slice(0, LISTED));
  const soon = stale.slice(0, LISTED);

  const linked = await linkedTo(ports, asker, shown, soon, opened);
  const recent = opened.filter(({ collection, id }) => linked[collection].has(id)).slice(0, LISTED);
  const people = await namesOf(database, actor, [
    ...[...lists.toMe, ...lists.byMe].flatMap((row) => [row.assigned_by, row.owner]),
    ...approvals.approvals.map((row) => row.requested_by),
  ]);
  const personOf = (id: string | null) => (id && people.get(id)) || null;
  const waiting = Math.min(approvals.total, COUNTED);

  const targetOf = (collection: string, id: string): PhoneTarget => ({
    contact: collection === 'crm_contacts' ? id : null,
    lead: collection === 'crm_leads' ? id : null,
    customer: isLinked(collection) ? (linked[collection].get(id)?.customer ?? null) : null,
  });
  const aboutOf = (row: StoredActivity) => aboutIn(linked, row);
  const targets = [...shown.flatMap((row) => aboutOf(row) ?? []), ...soon, ...recent];
  const phoneOf = await phonesOf(
    ports,
    asker,
    targets.map(({ collection, id }) => targetOf(collection, id)),
  );
  const customerOf = (collection: string, id: string) => {
    const customer = targetOf(collection, id).customer;
    const row = customer && linked.crm_customers.get(customer);
    return row ? { id: row.id, name: row.title } : null;
  };

  const activity = (row: StoredActivity): DayActivity => {
    const { id, type, subject, priority, assignment } = row;
    const about = aboutOf(row);
    const customer = about && customerOf(about.collection, about.id);
    const phone = about && phoneOf(targetOf(about.collection, about.id));
    return { id, type, subject, priority, assignment, due_on: fromStoredDay(row.due_on), about, customer, phone };
  };
  const assigned = (row: StoredActivity, person: string | null): AssignedActivity => ({
    ...activity(row),
    person: personOf(person),
    declined_reason: row.declined_reason,
  });

  return {
    date,
    overdue: lists.overdue.slice(0, LISTED).map(activity),
    today: lists.today.slice(0, LISTED).map(activity),
    stale_soon: soon.map(({ customer: _key, ...row }) => ({
      ...row,
      customer: customerOf(row.collection, row.id),
      phone: phoneOf(targetOf(row.collection, row.id)),
    })),
    approvals: {
      count: waiting,
      items: approvals.approvals.map(({ id, kind, title, due_on, requested_by }) => ({
        id,
        kind,
        title,
        due_on,
        requested_by: personOf(requested_by),
      })),
    },
    assigned: {
      to_me: lists.toMe.slice(0, LISTED).map((row) => assigned(row, row.assigned_by)),
      by_me: lists.byMe.slice(0, LISTED).map((row) => assigned(row, row.owner)),
    },
    recent: recent.map(({ collection, id, at }) => ({
      collection,
      id,
      title: linked[collection].get(id)!.title,
      at,
      phone: phoneOf(targetOf(collection, id)),
    })),
    counts: {
      overdue: lists.overdue.length,
      today: lists.today.length,
      stale_soon: stale.length,
      approvals: waiting,
      to_me: lists.toMe.length,
      by_me: lists.byMe.length,
    },
  };
}

const isLinked = (collection: string): collection is Titled => collection !== 'crm_contacts' && collection.startsWith('crm_');

const LINKS = { opportunity: 'crm_opportunities', lead: 'crm_leads', customer: 'crm_customers' } as const;

function aboutIn(linked: Linked, row: StoredActivity): DayActivity['about'] {
  for (const [field, collection] of Object.entries(LINKS) as [keyof typeof LINKS, Titled][]) {
    const key = row[field];
    const title = key === null ? undefined : linked[collection].get(key)?.title;
    if (key !== null && title !== undefined) return { collection, id: key, title };
  }
  return null;
}

/** Everything that the lists name, one query a collection: the customers last, as the others lead to them. */
async function linkedTo(
  { context: { database } }: MyDayPorts,
  { actor }: Asker,
  activities: readonly StoredActivity[],
  stale: readonly { collection: string; id: string }[],
  opened: readonly { collection: string; id: string }[],
): Promise<Linked> {
  const named = (collection: Titled) => [...stale, ...opened].filter((one) => one.collection === collection).map(({ id }) => id);
  const read = (collection: Titled, ids: Iterable<string | null>) => linkedRows(database, actor, collection, ids);
  const [leads, opportunities, contacts] = await Promise.all([
    read('crm_leads', [...activities.map(({ lead }) => lead), ...named('crm_leads')]),
    read('crm_opportunities', [...activities.map(({ opportunity }) => opportunity), ...named('crm_opportunities')]),
    read('crm_contacts', named('crm_contacts')),
  ]);
  const behind = [...leads.values(), ...opportunities.values()].map(({ customer }) => customer);
  const customers = await read('crm_customers', [...activities.map(({ customer }) => customer), ...named('crm_customers'), ...behind]);
  return { crm_leads: leads, crm_opportunities: opportunities, crm_contacts: contacts, crm_customers: customers };
}
