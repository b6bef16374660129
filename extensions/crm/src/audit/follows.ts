import type { Knex, SchemaOverview } from '../platform/api/host.ts';
import { treatmentOf } from './treatments.ts';

/** A column that the database empties, or whose row it deletes, together with a row of another collection. */
interface Follow {
  from: string;
  field: string;
  deletes: boolean;
}

/** What goes along with one row, as it stood before. */
export interface Following extends Follow {
  items: string[];
  /** How many more there are than are logged one by one. */
  more: number;
}

/** Rows that are emptied of a key one by one in the log; of more than these the log says how many. */
const MOST_CLEARED = 1000;

/** What the database does by itself to logged rows when a row of `collection` goes: the foreign keys as they really are. */
function followsOf(collection: string, schema: SchemaOverview | null, isLogged: (collection: string) => boolean): Follow[] {
  return (schema?.relations ?? []).flatMap(({ collection: from, field, related_collection: to, schema: key }): Follow[] => {
    const deletes = key?.on_delete === 'CASCADE';
    if (to !== collection || !isLogged(from) || (!deletes && key?.on_delete !== 'SET NULL')) return [];
    return !deletes && treatmentOf(from, field, schema) === 'none' ? [] : [{ from, field, deletes }];
  });
}

/** The rows that follow each of `keys` into the deletion, by key. Read before: afterwards nothing tells any more. */
export async function rowsThatFollow(
  database: Knex,
  collection: string,
  keys: readonly string[],
  schema: SchemaOverview | null,
  isLogged: (collection: string) => boolean,
): Promise<Map<string, Following[]>> {
  const found = new Map<string, Following[]>();
  for (const follow of followsOf(collection, schema, isLogged)) {
    const below = database(follow.from).whereIn(follow.field, [...keys]);
    const some = below.clone().select('id', `${follow.field} as parent`).orderBy('id');
    const rows: { id: unknown; parent: unknown }[] = await (follow.deletes ? some : some.limit(MOST_CLEARED));
    if (!rows.length) continue;
    const totals = !follow.deletes && rows.length === MOST_CLEARED ? await countByParent(below, follow.field) : null;
    const named = Map.groupBy(rows, ({ parent }) => String(parent).toLowerCase());
    for (const parent of new Set([...named.keys(), ...(totals?.keys() ?? [])])) {
      const items = (named.get(parent) ?? []).map(({ id }) => String(id).toLowerCase());
      found.set(parent, [...(found.get(parent) ?? []), { ...follow, items, more: (totals?.get(parent) ?? items.length) - items.length }]);
    }
  }
  return found;
}

async function countByParent(below: Knex.QueryBuilder, field: string): Promise<Map<string, number>> {
  const rows: { parent: unknown; count: unknown }[] = await below.clone().groupBy(field).select(`${field} as parent`).count({ count: '*' });
  return new Map(rows.map(({ parent, count }) => [String(parent).toLowerCase(), Number(count)]));
}
