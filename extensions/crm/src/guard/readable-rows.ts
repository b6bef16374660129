import type { Accountability, HostServices, Key, Knex, Row, SchemaOverview } from '../platform/api/host.ts';

export interface ReadRequest {
  database: Knex;
  schema: SchemaOverview;
  accountability: Accountability;
}

/** Whether the caller may read every one of `ids`: the host's own rules answer, so there is no second policy engine. */
export type CanReadAll = (request: ReadRequest, collection: string, ids: readonly Key[]) => Promise<boolean>;

const CHUNK = 100;

export function readableRows(services: HostServices): CanReadAll {
  return async ({ database, schema, accountability }, collection, ids) => {
    const primary = schema.collections[collection]?.primary;
    if (!primary) return false;
    const unique = [...new Set(ids.map(String))];
    const service = new services.ItemsService(collection, { accountability, schema, knex: database });
    for (let start = 0; start < unique.length; start += CHUNK) {
      const part = unique.slice(start, start + CHUNK);
      const query = { fields: [primary], filter: { [primary]: { _in: part } }, limit: part.length };
      const rows = await service.readByQuery(query, { emitEvents: false }).catch(noneWhereForbidden);
      if (rows.length !== part.length) return false;
    }
    return true;
  };
}

/** The host throws where the caller has no right on the collection at all. */
function noneWhereForbidden(error: unknown): Row[] {
  if ((error as { code?: unknown }).code === 'FORBIDDEN') return [];
  throw error as Error;
}
