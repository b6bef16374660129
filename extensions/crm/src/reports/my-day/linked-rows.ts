import type { Actor } from '../../platform/api/actor.ts';
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

/** Rows by their ids; one that the person may not read is not among them, whatever names it (ORG-2, F5). */
export async function linkedRows(
  database: Knex,
  actor: Actor,
  collection: Titled,
  ids: Iterable<string | null>,
): Promise<Map<string, LinkedRow>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))];
  if (!wanted.length) return new Map();
  const isCustomer = collection === 'crm_customers';
  const rows = await database(collection)
    .whereIn('id', wanted)
    .select('id', { title: TITLES[collection] }, 'segment', 'owner', ...(isCustomer ? [] : ['customer']));
  return new Map(
    rows
      .filter(({ segment, owner }) => mayReach(actor, { segment, owner }))
      .map(({ id, title, owner, customer }) => [String(id), { id, title, owner, customer: isCustomer ? id : (customer ?? null) }]),
  );
}
