import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import type { SparedRow } from './spared-rows.ts';

/** What the rows of a collection are called, and whether it is told to whoever sees such a row only (ORG-2). */
const NAMED: Readonly<Record<string, { columns: readonly string[]; placed: boolean }>> = {
  directus_users: { columns: ['first_name', 'last_name'], placed: false },
  crm_industries: { columns: ['name'], placed: false },
  crm_regions: { columns: ['name'], placed: false },
  crm_tags: { columns: ['name'], placed: false },
  crm_customers: { columns: ['name'], placed: true },
  crm_leads: { columns: ['title'], placed: true },
  crm_opportunities: { columns: ['title'], placed: true },
};

const PLACE = ['segment', 'owner'];

/** What the keys among spared values are called, by key; a customer of somebody else stays a key. */
export async function valueNames(
  database: Knex,
  schema: SchemaOverview,
  actor: Actor,
  spared: readonly SparedRow[],
): Promise<Record<string, string>> {
  const asked = new Map<string, Set<string>>();
  for (const { collection, fields } of spared)
    for (const { field, imported, now, before } of fields) {
      const to = schema.relations.find((one) => one.collection === collection && one.field === field)?.related_collection;
      if (!to || !NAMED[to]) continue;
      const keys = asked.get(to) ?? new Set<string>();
      asked.set(to, keys);
      for (const key of [imported, now, before]) if (typeof key === 'string') keys.add(key);
    }
  return Object.fromEntries(await namesOfKeys(database, actor, asked));
}

/** What rows are called, by their keys, asked for by collection. */
export async function namesOfKeys(
  database: Knex,
  actor: Actor,
  asked: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [collection, keys] of asked) {
    const known = NAMED[collection];
    if (!known || !keys.size) continue;
    const { columns, placed } = known;
    const rows: Row[] = await database(collection)
      .whereIn('id', [...keys])
      .select('id', ...columns, ...(placed ? PLACE : []));
    for (const row of rows)
      if (!placed || mayReach(actor, row as unknown as Place))
        names.set(
          String(row['id']),
          columns
            .map((column) => row[column])
            .filter(Boolean)
            .join(' '),
        );
  }
  return names;
}
