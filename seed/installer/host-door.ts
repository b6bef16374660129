import type { Accountability, Knex, Row, SchemaOverview } from '../../extensions/crm/src/platform/api/host.ts';
import type { HostCollection, HostField, HostRelation } from '../../schema-snapshots/host-model.ts';

type Key = string | number;

/** Options that keep a mutation quiet: no events for others, no cache storm, no limits meant for clients. */
export const QUIET = {
  emitEvents: false,
  autoPurgeCache: false,
  autoPurgeSystemCache: false,
  bypassLimits: true,
  bypassEmitAction: () => {},
} as const;

interface ServiceOptions {
  schema: SchemaOverview;
  knex?: Knex;
  accountability?: Partial<Accountability> | null;
}

export interface ItemsOfHost {
  createMany(rows: readonly Row[], options: object): Promise<Key[]>;
  readByQuery(query: object, options: object): Promise<Row[]>;
  updateOne(key: Key, row: Row, options: object): Promise<Key>;
  deleteMany(keys: Key[], options: object): Promise<Key[]>;
  upsertSingleton(row: Row, options: object): Promise<Key>;
}

/** The services of the host that an installation goes through, as far as it uses them. */
export interface HostServices {
  ItemsService: new (collection: string, options: ServiceOptions) => ItemsOfHost;
  CollectionsService: new (options: ServiceOptions) => { createOne(collection: HostCollection, options: object): Promise<string> };
  FieldsService: new (options: ServiceOptions) => {
    createField(collection: string, field: HostField, table: undefined, options: object): Promise<void>;
    updateField(collection: string, field: Partial<HostField> & { field: string }, options: object): Promise<string>;
  };
  RelationsService: new (options: ServiceOptions) => { createOne(relation: HostRelation, options: object): Promise<void> };
  UtilsService: new (options: ServiceOptions) => { clearCache(options: { system: boolean }): Promise<void> };
}

/** What the installer is given of the host it runs in. */
export interface InstallHost {
  services: HostServices;
  database: Knex;
  getSchema: (options?: { bypassCache?: boolean; database?: Knex }) => Promise<SchemaOverview>;
  env: Record<string, unknown>;
}

/** The schema as the database has it now; the host's cached one is a step behind while we build. */
export const freshSchema = (host: InstallHost): Promise<SchemaOverview> => host.getSchema({ bypassCache: true });

/** Tells this process and, where a bus exists, all nodes to forget cached schema and permissions. */
export async function clearCaches(host: InstallHost): Promise<void> {
  const schema = await freshSchema(host);
  await new host.services.UtilsService({ schema, accountability: { admin: true } }).clearCache({ system: true });
}
