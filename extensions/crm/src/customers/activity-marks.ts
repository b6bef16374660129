import type { Knex, Row } from '../platform/api/host.ts';
import { holdRows } from './hold-rows.ts';

/** Rows whose marks may have changed. */
export interface Marked {
  customers: ReadonlySet<string>;
  leads: ReadonlySet<string>;
  opportunities: ReadonlySet<string>;
}

export const MARKED_TABLES = ['crm_customers', 'crm_leads', 'crm_opportunities'] as const;
export type MarkedTable = (typeof MARKED_TABLES)[number];

/**
 * Keeps `last_activity_at` (the latest activity done) and `next_due_on` (the earliest one still open) of a lead, an
 * opportunity and their customer, in the transaction that changed an activity. CUS-8, USE-3, SAL-8.
 */
export async function refreshMarks(database: Knex, { customers, leads, opportunities }: Marked): Promise<void> {
  await holdRows(database, 'crm_customers', customers);
  await holdRows(database, 'crm_leads', leads);
  await holdRows(database, 'crm_opportunities', opportunities);
  await writeMarks(database, 'crm_leads', leads);
  await writeMarks(database, 'crm_opportunities', opportunities);
  await writeMarks(database, 'crm_customers', customers);
}

const CHUNK = 500;

async function writeMarks(database: Knex, table: MarkedTable, keys: ReadonlySet<string>): Promise<void> {
  const ids = [...keys];
  for (let at = 0; at < ids.length; at += CHUNK)
    await database(table)
      .whereIn('id', ids.slice(at, at + CHUNK))
      .update({ last_activity_at: markOf(database, table, 'done_at'), next_due_on: markOf(database, table, 'due_on') });
}

const LINKS = { crm_leads: 'lead', crm_opportunities: 'opportunity' } as const;

/** A mark as it should stand in the row of `table` around it: the latest done, or the earliest that is open and not declined. */
export function markOf(database: Knex, table: MarkedTable, column: 'done_at' | 'due_on') {
  const pick = (query: Knex.QueryBuilder, link: string, row: string) => {
    const rows = query.whereRaw('?? = ??', [link, row]).select(`crm_activities.${column}`);
    return column === 'done_at' ? rows : rows.whereNull('crm_activities.done_at').andWhere(isNotDeclined);
  };
  const own = (link: string) => pick(database('crm_activities'), `crm_activities.${link}`, `${table}.id`);
  const through = (above: string, link: string) =>
    pick(database('crm_activities').join(above, `${above}.id`, `crm_activities.${link}`), `${above}.customer`, `${table}.id`);
  const activities =
    table === 'crm_customers'
      ? own('customer').unionAll([through('crm_opportunities', 'opportunity'), through('crm_leads', 'lead')])
      : own(LINKS[table]);
  const extreme = column === 'done_at' ? database.max(column) : database.min(column);
  return extreme.from(activities.as('all_activities'));
}

/** What somebody has declined is nobody's next step. */
const isNotDeclined = (query: Knex.QueryBuilder) =>
  void query.whereNull('crm_activities.assignment').orWhereNot('crm_activities.assignment', 'declined');

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
