import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { activitiesOf, type StoredActivity } from './activities.ts';
import { COUNTED, LISTED, type AssignedActivity, type DayActivity, type MyDay } from './answers.ts';
import { isTitled, linkedRows, type LinkedRows, type Titled } from './linked-rows.ts';
import { namesOf } from './people.ts';
import { phonesOf, type PhoneTarget } from './phones.ts';
import type { Asker, MyDayPorts } from './ports.ts';
import { recentlyOpened } from './recent.ts';
import { segmentRulesOf } from './segment-rules.ts';
import { staleRecordsOf } from './stale-records.ts';

/** What waits for somebody today (USE-3, Q11): read by flat, indexed queries, and only what the person reads and works on. */
export async function myDayOf(ports: MyDayPorts, asker: Asker): Promise<MyDay> {
  const { context, clock, approvalsFor } = ports;
  const { database } = context;
  const { actor } = asker;
  const now = clock.now();
  // What does not wait for one another is asked for together.
  const [rules, opened, approvals] = await Promise.all([
    segmentRulesOf(database, actor),
    recentlyOpened(database, actor),
    approvalsFor(database, actor, LISTED),
  ]);
  const date = toBusinessDate(now, rules.timeZone);
  const [lists, stale] = await Promise.all([activitiesOf(database, actor, date), staleRecordsOf(database, actor, rules, now)]);
  const shown = Object.values(lists).flatMap(({ rows }) => rows);
  const soon = stale.rows;

  const named = [
    ...[...lists.toMe.rows, ...lists.byMe.rows].flatMap((row) => [row.assigned_by, row.owner]),
    ...approvals.approvals.map((row) => row.requested_by),
  ];
  const [linked, people] = await Promise.all([linkedTo(ports, asker, shown, soon, opened), namesOf(database, actor, named)]);
  const recent = opened.filter(({ collection, id }) => linked[collection].has(id)).slice(0, LISTED);
  const personOf = (id: string | null) => (id && people.get(id)) || null;
  const waiting = Math.min(approvals.total, COUNTED);

  const targetOf = (collection: string, id: string): PhoneTarget => ({
    contact: collection === 'crm_contacts' ? id : null,
    lead: collection === 'crm_leads' ? id : null,
    customer: isTitled(collection) && collection !== 'crm_contacts' ? (linked[collection].get(id)?.customer ?? null) : null,
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
    overdue: lists.overdue.rows.map(activity),
    today: lists.today.rows.map(activity),
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
      to_me: lists.toMe.rows.map((row) => assigned(row, row.assigned_by)),
      by_me: lists.byMe.rows.map((row) => assigned(row, row.owner)),
    },
    recent: recent.map(({ collection, id, at }) => ({
      collection,
      id,
      title: linked[collection].get(id)!.title,
      at,
      phone: phoneOf(targetOf(collection, id)),
    })),
    counts: {
      overdue: lists.overdue.count,
      today: lists.today.count,
      stale_soon: stale.count,
      approvals: waiting,
      to_me: lists.toMe.count,
      by_me: lists.byMe.count,
    },
  };
}

const LINKS = { opportunity: 'crm_opportunities', lead: 'crm_leads', customer: 'crm_customers' } as const;

function aboutIn(linked: LinkedRows, row: StoredActivity): DayActivity['about'] {
  for (const [field, collection] of Object.entries(LINKS) as [keyof typeof LINKS, Titled][]) {
    const key = row[field];
    const title = key === null ? undefined : linked[collection].get(key)?.title;
    if (key !== null && title !== undefined) return { collection, id: key, title };
  }
  return null;
}

/** Everything that the lists name, and the customers behind the leads and opportunities among it. */
function linkedTo(
  { context: { database } }: MyDayPorts,
  { actor }: Asker,
  activities: readonly StoredActivity[],
  stale: readonly { collection: string; id: string }[],
  opened: readonly { collection: string; id: string }[],
): Promise<LinkedRows> {
  const named = (collection: Titled) => [...stale, ...opened].filter((one) => one.collection === collection).map(({ id }) => id);
  return linkedRows(database, actor, {
    crm_leads: [...activities.map(({ lead }) => lead), ...named('crm_leads')],
    crm_opportunities: [...activities.map(({ opportunity }) => opportunity), ...named('crm_opportunities')],
    crm_contacts: named('crm_contacts'),
    crm_customers: [...activities.map(({ customer }) => customer), ...named('crm_customers')],
  });
}
