import type { Knex, SchemaOverview } from '../../extensions/crm/src/platform/api/host.ts';
import { freshSchema, type InstallHost } from './host-door.ts';

/** What stands in the database at one moment, as far as an installation asks. */
export interface Standing {
  schema: SchemaOverview;
  hasCollection(name: string): boolean;
  hasField(collection: string, field: string): boolean;
  hasRelation(collection: string, field: string): boolean;
}

/** The host's schema leaves out folders and aliases without data (groups, notices); those are read from its meta tables. */
export async function readStanding(host: InstallHost): Promise<Standing> {
  const schema = await freshSchema(host);
  const collections = new Set<string>([
    ...Object.keys(schema.collections),
    ...(await host.database('directus_collections').pluck('collection')),
  ]);
  const rows: { collection: string; field: string }[] = await host.database('directus_fields').select('collection', 'field');
  const metas = new Set(rows.map((row) => `${row.collection}.${row.field}`));
  const relations = new Set(schema.relations.map((relation) => `${relation.collection}.${relation.field}`));
  return {
    schema,
    hasCollection: (name) => collections.has(name),
    hasField: (collection, field) => metas.has(`${collection}.${field}`) || schema.collections[collection]?.fields[field] !== undefined,
    hasRelation: (collection, field) => relations.has(`${collection}.${field}`),
  };
}

const isSqlite = (database: Knex): boolean => String(database.client.config.client).startsWith('sqlite');

/** Names of all indexes, so that a second run can say that nothing is missing. */
export async function readIndexNames(database: Knex): Promise<Set<string>> {
  if (isSqlite(database)) return new Set(await database('sqlite_master').where({ type: 'index' }).pluck('name'));
  return new Set(await database('pg_indexes').whereRaw('schemaname = any (current_schemas(false))').pluck('indexname'));
}
