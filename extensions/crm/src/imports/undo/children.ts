import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Knex, SchemaOverview } from '../../platform/api/host.ts';

/** How many rows hang on each of `items`, by what a person knows the list as; nothing that dangles may be left by an undo. */
export async function childrenOf(
  database: Knex,
  schema: SchemaOverview,
  collection: string,
  items: readonly string[],
): Promise<Map<string, { field: string; count: number }[]>> {
  const found = new Map<string, { field: string; count: number }[]>();
  if (!items.length) return found;
  const add = (rows: { item: string; count: unknown }[], field: string) => {
    for (const { item, count } of rows) found.set(item, [...(found.get(item) ?? []), { field, count: Number(count) }]);
  };
  for (const { collection: child, field, related_collection: to, meta } of schema.relations) {
    if (to !== collection) continue;
    const rows = await database(child)
      .whereIn(field, [...items])
      .groupBy(field)
      .select({ item: field })
      .count({ count: '*' });
    const list = COLLECTIONS[child]?.fields[field]?.relation?.list ?? meta?.one_field;
    add(rows as { item: string; count: unknown }[], list ?? `${child}.${field}`);
  }
  const comments = await database('directus_comments')
    .where({ collection })
    .whereIn('item', [...items])
    .groupBy('item')
    .select('item')
    .count({ count: '*' });
  add(comments as { item: string; count: unknown }[], 'directus_comments');
  return found;
}
