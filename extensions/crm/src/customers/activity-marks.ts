import type { Knex, Row } from '../platform/api/host.ts';
import { holdRows } from './hold-rows.ts';

/** Rows whose marks may have changed. */
export interface Marked {
  customers: ReadonlySet<string>;
  leads: ReadonlySet<string>;
  opportunities: ReadonlySet<string>;
}

/**
 * Keeps `last_activity_at` (the latest activity done) of a lead, an opportunity and their customer, and the customer's
 * `next_due_on` (the earliest one still open), in the transaction that changed an activity. CUS-8, USE-3.
 */
export async function refreshMarks(database: Knex, { customers, leads, opportunities }: Marked): Promise<void> {
  await holdRows(database, 'crm_customers', customers);
  await holdRows(database, 'crm_leads', leads);
  await holdRows(database, 'crm_opportunities', opportunities);
  await inParts(leads, (ids) =>
    database('crm_leads')
      .whereIn('id', ids)
      .update({ last_activity_at: lastOf(database, 'lead', 'crm_leads') }),
  );
  await inParts(opportunities, (ids) =>
    database('crm_opportunities')
      .whereIn('id', ids)
      .update({ last_activity_at: lastOf(database, 'opportunity', 'crm_opportunities') }),
  );
  await inParts(customers, (ids) =>
    database('crm_customers')
      .whereIn('id', ids)
      .update({
        last_activity_at: database.max('done_at').from(activitiesOf(database, 'done_at')),
        next_due_on: database.min('due_on').from(activitiesOf(database, 'due_on')),
      }),
  );
}

const CHUNK = 500;

async function inParts(keys: ReadonlySet<string>, work: (ids: string[]) => Promise<unknown>): Promise<void> {
  const ids = [...keys];
  for (let at = 0; at < ids.length; at += CHUNK) await work(ids.slice(at, at + CHUNK));
}

const lastOf = (database: Knex, link: 'lead' | 'opportunity', table: string) =>
  database('crm_activities')
    .max('done_at')
    .whereRaw('?? = ??', [`crm_activities.${link}`, `${table}.id`]);

/** The activities of the customer in whose row this stands: its own, and those of its leads and opportunities. */
function activitiesOf(database: Knex, column: 'done_at' | 'due_on') {
  const open = column === 'due_on';
  const pick = (query: Knex.QueryBuilder) => (open ? query.whereNull('crm_activities.done_at') : query).select(`crm_activities.${column}`);
  const ofCustomer = (query: Knex.QueryBuilder, link: string) => pick(query.whereRaw('?? = ??', [link, 'crm_customers.id']));
  const through = (table: string, link: string) =>
    ofCustomer(database('crm_activities').join(table, `${table}.id`, `crm_activities.${link}`), `${table}.customer`);
  return ofCustomer(database('crm_activities'), 'crm_activities.customer')
    .unionAll([through('crm_opportunities', 'opportunity'), through('crm_leads', 'lead')])
    .as('all_activities');
}

/** The rows that activities with these links count for, through whatever they hang on. */
export async function markedBy(database: Knex, links: readonly Row[]): Promise<Marked> {
  const ids = (name: string) => links.flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : []));
  const leads = ids('lead');
  const opportunities = ids('opportunity');
  const customers = [
    ...ids('customer'),
    ...(leads.length ? await database('crm_leads').whereIn('id', leads).whereNotNull('customer').pluck('customer') : []),
    ...(opportunities.length ? await database('crm_opportunities').whereIn('id', opportunities).pluck('customer') : []),
  ];
  return { customers: new Set(customers), leads: new Set(leads), opportunities: new Set(opportunities) };
}
