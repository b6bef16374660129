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

export type LinkedRows = Record<Titled, Map<string, LinkedRow>>;

/** Rows by their ids, one statement for all collections; one that the person may not read is not among them, whatever names it (ORG-2, F5). */
export async function linkedRows(
  database: Knex,
  actor: Actor,
  named: Partial<Record<Titled, Iterable<string | null>>>,
): Promise<LinkedRows> {
  const linked: LinkedRows = { crm_customers: new Map(), crm_contacts: new Map(), crm_leads: new Map(), crm_opportunities: new Map() };
  const parts = (Object.keys(TITLES) as Titled[]).flatMap((collection) => {
    const ids = [...new Set([...(named[collection] ?? [])].filter((id) => id !== null))];
    const customer = collection === 'crm_customers' ? 'id' : 'customer';
    return ids.length
      ? [
          database(collection)
            .whereIn('id', ids)
            .select(database.raw('? as collection', [collection]), 'id', { title: TITLES[collection] }, 'segment', 'owner', { customer }),
        ]
      : [];
  });
  if (!parts.length) return linked;
  const rows: (LinkedRow & { collection: Titled; segment: string | null })[] = await database.unionAll(parts);
  for (const { collection, id, title, segment, owner, customer } of rows)
    if (mayReach(actor, { segment, owner })) linked[collection].set(String(id), { id, title, owner, customer: customer ?? null });
  return linked;
}
