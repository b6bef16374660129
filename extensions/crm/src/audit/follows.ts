import type { Knex, SchemaOverview } from '../platform/api/host.ts';
import { deletionReach, type Link } from './rules/deletion-reach.ts';
import { treatmentOf } from './treatments.ts';

/** A column that the database empties, or whose row it deletes, together with a row of another collection. */
interface Follow {
  from: string;
  field: string;
  /** The primary key of `from`. */
  key: string;
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

/** The foreign keys as they really are. */
export const linksOf = (schema: Pick<SchemaOverview, 'relations'> | null): Link[] =>
  (schema?.relations ?? []).map(({ collection: from, field, related_collection: to, schema: key }) => ({
    ...{ from, field, to },
    onDelete: key?.on_delete ?? null,
  }));

/** By schema, since the host keeps one until something of it changes: deletions of everybody's rows ask for it. */
const reaches = new WeakMap<SchemaOverview, ReadonlySet<string>>();

function reachOf(schema: SchemaOverview, isLogged: (collection: string) => boolean): ReadonlySet<string> {
  const reach = reaches.get(schema) ?? deletionReach(linksOf(schema), isLogged);
  reaches.set(schema, reach);
  return reach;
}

/** Whether logged rows can go, or be emptied of a key, along with a row of `collection`. */
export const hasFollowers = (collection: string, schema: SchemaOverview | null, isLogged: (collection: string) => boolean): boolean =>
  schema !== null && reachOf(schema, isLogged).has(collection);

/**
 * What the database does by itself when a row of `collection` goes, as far as it comes to logged rows: the foreign keys as
 * they really are, through collections of others too.
 */
function followsOf(collection: string, schema: SchemaOverview | null, isLogged: (collection: string) => boolean): Follow[] {
  if (!schema || !hasFollowers(collection, schema, isLogged)) return [];
  return linksOf(schema).flatMap(({ from, field, to, onDelete }): Follow[] => {
    const key = schema.collections[from]?.primary;
    if (to !== collection || key === undefined) return [];
    const deletes = onDelete === 'CASCADE';
    if (!isLogged(from)) return deletes && hasFollowers(from, schema, isLogged) ? [{ from, field, key, deletes }] : [];
    if (!deletes && onDelete !== 'SET NULL' && onDelete !== 'SET DEFAULT') return [];
    return !deletes && treatmentOf(from, field, schema) === 'none' ? [] : [{ from, field, key, deletes }];
  });
}

/** The rows that follow each of `keys` into the deletion, by key in small letters. Read before: afterwards nothing tells any more. */
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
    const some = below.clone().select(`${follow.key} as id`, `${follow.field} as parent`).orderBy(follow.key);
    const rows: { id: unknown; parent: unknown }[] = await (follow.deletes ? some : some.limit(MOST_CLEARED));
    if (!rows.length) continue;
    const totals = !follow.deletes && rows.length === MOST_CLEARED ? await countByParent(below, follow.field) : null;
    const named = Map.groupBy(rows, ({ parent }) => String(parent).toLowerCase());
    for (const parent of new Set([...named.keys(), ...(totals?.keys() ?? [])])) {
      const items = (named.get(parent) ?? []).map(({ id }) => (isLogged(follow.from) ? String(id).toLowerCase() : String(id)));
      found.set(parent, [...(found.get(parent) ?? []), { ...follow, items, more: (totals?.get(parent) ?? items.length) - items.length }]);
    }
  }
  return found;
}

async function countByParent(below: Knex.QueryBuilder, field: string): Promise<Map<string, number>> {
  const rows: { parent: unknown; count: unknown }[] = await below.clone().groupBy(field).select(`${field} as parent`).count({ count: '*' });
  return new Map(rows.map(({ parent, count }) => [String(parent).toLowerCase(), Number(count)]));
}
