import type { Knex, Row } from '../platform/api/host.ts';
import { imageOfDescription } from './rules/description.ts';
import type { Image } from './rules/image.ts';

export const FIELDS = 'directus_fields';
export const COLLECTIONS_META = 'directus_collections';

/** How one field or one collection is described. */
export interface Description {
  collection: typeof FIELDS | typeof COLLECTIONS_META;
  /** `collection.field`, or the collection: keys of rows say nothing once these are gone. */
  item: string;
  image: Image;
}

/** How the collections `names` and their fields are described, by table and item. */
export async function descriptionsOf(database: Knex, names: readonly string[]): Promise<Map<string, Description>> {
  const found = new Map<string, Description>();
  for (const collection of [COLLECTIONS_META, FIELDS] as const) {
    const rows: Row[] = names.length ? await database(collection).whereIn('collection', [...names]) : [];
    for (const row of rows) {
      const item = [row['collection'], row['field'] ?? []].flat().join('.');
      found.set(`${collection}/${item}`, { collection, item, image: imageOfDescription(row) });
    }
  }
  return found;
}

const textsOf = (keys: unknown): string[] => (Array.isArray(keys) ? keys : [keys]).map(String);

/**
 * The collections whose descriptions an event of the host is about. Its service of fields names the collection, its service of
 * rows the rows. Collections in a folder that goes are not among them: the host lets go of them before it tells of the folder.
 */
export async function describedBy(scope: 'fields' | 'collections', payload: unknown, meta: Row, database: Knex): Promise<string[]> {
  if (scope === 'fields' && meta['collection'] !== FIELDS) return [String(meta['collection'])];
  const isNew = !Array.isArray(payload) && !meta['keys'];
  if (isNew) return textsOf((payload as Row)['collection']);
  const keys = textsOf(meta['keys'] ?? payload);
  if (scope === 'collections') return keys;
  // The administrator's own fields of `directus_fields` itself come by their names.
  const ids = keys.filter((key) => /^\d+$/.test(key));
  return [FIELDS, ...(await database(FIELDS).whereIn('id', ids).pluck('collection'))];
}
