import type { Knex, Row, SchemaOverview } from '../../extensions/crm/src/platform/api/host.ts';
import { contentHash } from './content-hash.ts';
import type { InstallHost } from './host-door.ts';
import type { HostField } from '../../schema-snapshots/host-model.ts';
import type { InstallState, StateEntry } from './state.ts';

/** Per property: hash of what we asked for, hash of what the host stored for it (it casts, adds flags, numbers rows). */
export type RememberedMeta = Record<string, [desired: string, stored: string]>;

export interface RememberedField {
  /** Hash of the whole desired meta: equal means that there is nothing to look at. */
  meta: string;
  /** Hash of type and column. */
  column: string;
  props: RememberedMeta;
}

export interface RememberedCollection {
  meta: string;
  props: RememberedMeta;
  fields: Record<string, RememberedField>;
}

export const collectionKey = (collection: string): string => `collection:${collection}`;

export const columnHash = (field: HostField): string => contentHash({ type: field.type, schema: field.schema });

export function rememberProps(desired: Row, stored: Row | undefined): RememberedMeta {
  return Object.fromEntries(Object.entries(desired).map(([name, value]) => [name, [contentHash(value), contentHash(stored?.[name])]]));
}

export const rememberField = (field: HostField, stored: Row | undefined): RememberedField => ({
  meta: contentHash(field.meta),
  column: columnHash(field),
  props: rememberProps(field.meta, stored),
});

/** The stored meta rows of a collection's fields, by field name. */
export async function readFieldMeta(host: InstallHost, schema: SchemaOverview, collection: string, knex: Knex): Promise<Map<string, Row>> {
  const items = new host.services.ItemsService('directus_fields', { schema, knex });
  const rows = await items.readByQuery({ filter: { collection: { _eq: collection } }, limit: -1 }, { emitEvents: false });
  return new Map(rows.map((row) => [String(row['field']), row]));
}

export async function readCollectionMeta(
  host: InstallHost,
  schema: SchemaOverview,
  collection: string,
  knex: Knex,
): Promise<Row | undefined> {
  const items = new host.services.ItemsService('directus_collections', { schema, knex });
  const [row] = await items.readByQuery({ filter: { collection: { _eq: collection } }, limit: 1 }, { emitEvents: false });
  return row;
}

export function remembered(state: InstallState, collection: string): RememberedCollection {
  return state.get<RememberedCollection>(collectionKey(collection))?.value ?? { meta: '', props: {}, fields: {} };
}

export const toEntry = (value: RememberedCollection): StateEntry<RememberedCollection> => ({ value, hash: '' });
