import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Knex, SchemaOverview } from '../../platform/api/host.ts';

/** What the server wrote down of a row on its way, not what anybody hung on it; its entries let go of the row. */
const LOGS: ReadonlySet<string> = new Set(['crm_allocations']);

/** How many rows hang on each of `items`, by what a person knows the list as; nothing that dangles may be left by an undo. `besides` are rows that go along. */
export async function childrenOf(
  database: Knex,
  schema: SchemaOverview,
  collection: string,
  items: readonly string[],
  besides: ReadonlySet<string> = new Set(),
): Promise<Map<string, { field: string; count: number }[]>> {
  const found = new Map<string, { field: string; count: number }[]>();
  if (!items.length) return found;
  const add = (rows: { item: string; count: unknown }[], field: string) => {
    for (const { item, count } of rows) found.set(item, [...(found.get(item) ?? []), { field, count: Number(count) }]);
  };
  for (const { collection: child, field, related_collection: to, meta } of schema.relations) {
    if (to !== collection || LOGS.has(child)) continue;
    const rows = await database(child)
      .whereIn(field, [...items])
      .modify((hanging) => void (besides.size && hanging.whereNotIn('id', [...besides])))
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
