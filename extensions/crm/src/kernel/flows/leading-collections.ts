/** A relation as the host's schema has it. */
export interface Relation {
  collection: string;
  field: string;
  related_collection: string | null;
  meta?: { one_field?: string | null; one_collection_field?: string | null; one_allowed_collections?: readonly string[] | null } | null;
}

/** Collections through whose payloads a row of one of `inner` can be written, these included. */
export function collectionsLeadingTo(relations: readonly Relation[], inner: readonly string[]): Set<string> {
  const leading = new Set(inner);
  const reaches = (one: Relation): string[] => [
    ...([one.related_collection, ...(one.meta?.one_allowed_collections ?? [])].some((to) => to && leading.has(to)) ? [one.collection] : []),
    ...(one.meta?.one_field && one.related_collection && leading.has(one.collection) ? [one.related_collection] : []),
  ];
  for (let size = 0; size !== leading.size;) {
    size = leading.size;
    relations.flatMap(reaches).forEach((collection) => leading.add(collection));
  }
  return leading;
}
