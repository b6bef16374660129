import type { Knex, SchemaOverview } from '../../platform/api/host.ts';
import type { SparedRow } from './undo-chunk.ts';

/** Rows that a spared value may name to anybody: colleagues and shared reference data, never a customer of somebody else (ORG-2). */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  directus_users: ['first_name', 'last_name'],
  crm_industries: ['name'],
  crm_regions: ['name'],
};

/** What the keys among spared values are called, by key. */
export async function valueNames(database: Knex, schema: SchemaOverview, spared: readonly SparedRow[]): Promise<Record<string, string>> {
  const asked = new Map<string, Set<string>>();
  for (const { collection, fields } of spared)
    for (const { field, imported, now } of fields) {
      const to = schema.relations.find((one) => one.collection === collection && one.field === field)?.related_collection;
      if (!to || !NAMED[to]) continue;
      const keys = asked.get(to) ?? new Set<string>();
      asked.set(to, keys);
      for (const key of [imported, now]) if (typeof key === 'string') keys.add(key);
    }
  const names: Record<string, string> = {};
  for (const [collection, keys] of asked) {
    const columns = NAMED[collection]!;
    const rows: Record<string, string | null>[] = await database(collection)
      .whereIn('id', [...keys])
      .select('id', ...columns);
    for (const row of rows)
      names[row['id']!] = columns
        .map((column) => row[column])
        .filter(Boolean)
        .join(' ');
  }
  return names;
}
