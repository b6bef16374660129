import type { Actor } from '../../platform/api/actor.ts';
import { among } from '../../platform/api/among.ts';
import type { Knex } from '../../platform/api/host.ts';
import { mayReach } from '../../segments/index.ts';

/** A row that another one names, as far as its reader may know it. */
export interface LinkedRow {
  id: string;
  title: string;
  owner: string | null;
  customer: string | null;
}

/** What a record of a collection is called by. */
export const TITLES = {
  crm_customers: 'name',
  crm_contacts: 'name',
  crm_leads: 'title',
  crm_opportunities: 'title',
} as const;

export type Titled = keyof typeof TITLES;

export const isTitled = (collection: string): collection is Titled => Object.hasOwn(TITLES, collection);

export type LinkedRows = Record<Titled, Map<string, LinkedRow>>;

const CUSTOMERS = 'crm_customers';
/** Whose customers are looked up with them. */
const BELOW_CUSTOMERS = ['crm_leads', 'crm_opportunities'] as const;

interface FoundRow extends LinkedRow {
  collection: Titled;
  segment: string | null;
}

/**
 * Rows by their ids and the customers of the leads and opportunities among them, one statement for all; one that the person may not read is
 * not among them, whatever names it (ORG-2, F5).
 */
export async function linkedRows(
  database: Knex,
  actor: Actor,
  named: Partial<Record<Titled, Iterable<string | null>>>,
): Promise<LinkedRows> {
  const linked: LinkedRows = { crm_customers: new Map(), crm_contacts: new Map(), crm_leads: new Map(), crm_opportunities: new Map() };
  const ids = (collection: Titled) => [...new Set([...(named[collection] ?? [])].filter((id) => id !== null))];
  const columnsOf = (collection: Titled) => ({
    ...{ id: 'row.id', title: `row.${TITLES[collection]}`, segment: 'row.segment', owner: 'row.owner' },
    customer: collection === CUSTOMERS ? 'row.id' : 'row.customer',
  });
  const select = (query: Knex.QueryBuilder, collection: Titled) =>
    query.select(database.raw('? as collection', [collection]), columnsOf(collection));
  const themselves = (Object.keys(TITLES) as Titled[])
    .filter((collection) => ids(collection).length)
    .map((collection) => select(database({ row: collection }).where(among(database, 'row.id', ids(collection))), collection));
  const behind = BELOW_CUSTOMERS.filter((collection) => ids(collection).length).map((collection) => {
    const below = database({ below: collection }).join({ row: CUSTOMERS }, 'row.id', 'below.customer');
    return select(below.where(among(database, 'below.id', ids(collection))), CUSTOMERS);
  });
  if (!themselves.length) return linked;
  const rows: FoundRow[] = await database.unionAll([...themselves, ...behind]);
  for (const { collection, id, title, segment, owner, customer } of rows)
    if (mayReach(actor, { segment, owner })) linked[collection].set(String(id), { id, title, owner, customer: customer ?? null });
  return linked;
}
