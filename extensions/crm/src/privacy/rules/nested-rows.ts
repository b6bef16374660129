import type { Relation } from '../../kernel/flows/leading-collections.ts';

type Row = Record<string, unknown>;

/** What a row that stands in another one's payload becomes. */
export type ChangeRow = (collection: string, row: Row) => Row;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNesting = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Collections whose rows may stand in a field of a payload; empty for a plain value, JSON too. */
function targetsOf(relations: readonly Relation[], collection: string, field: string, payload: Row): string[] {
  return relations.flatMap((one) => {
    if (one.related_collection === collection && one.meta?.one_field === field) return [one.collection];
    if (one.collection !== collection || one.field !== field) return [];
    if (one.related_collection) return [one.related_collection];
    // A link to several collections names the one it means in a field beside it, or in the stored row.
    const named = payload[one.meta?.one_collection_field ?? ''];
    return typeof named === 'string' ? [named] : [...(one.meta?.one_allowed_collections ?? [])];
  });
}

/**
 * A payload with every row that is written through it changed, at any depth and along any relation, those of the
 * administrator's own collections included. The outermost row stays as it is.
 */
export function changeNested(relations: readonly Relation[], collection: string, payload: Row, change: ChangeRow): Row {
  if (!Object.values(payload).some(isNesting)) return payload;
  const changed = { ...payload };
  for (const [field, value] of Object.entries(payload)) {
    if (!isNesting(value)) continue;
    for (const target of targetsOf(relations, collection, field, payload)) {
      const one = (entry: unknown) => (isRow(entry) ? change(target, changeNested(relations, target, entry, change)) : entry);
      const current = changed[field];
      changed[field] = Array.isArray(current) ? current.map(one) : isList(current) ? changeList(current, one) : one(current);
    }
  }
  return changed;
}

/** What a form sends of a list; a row of a collection with such columns of its own is no list of ours to tell apart. */
const isList = (value: unknown): value is Row => isRow(value) && ['create', 'update', 'delete'].some((part) => Array.isArray(value[part]));

const changeList = (list: Row, one: (entry: unknown) => unknown): Row =>
  Object.fromEntries(Object.entries(list).map(([part, entries]) => [part, Array.isArray(entries) ? entries.map(one) : entries]));
