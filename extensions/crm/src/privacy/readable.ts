import type { HostServices, Row } from '../platform/api/host.ts';
import type { WriteContext } from '../platform/api/write-pipeline.ts';

/** Reads columns of the rows among `ids` that the caller may read. */
export type ReadRows = (
  context: Pick<WriteContext, 'database' | 'schema' | 'accountability'>,
  collection: string,
  ids: readonly string[],
  fields: readonly string[],
) => Promise<Row[]>;

const CHUNK = 100;

/** The host's own rules answer, so there is no second policy engine; rows out of reach are simply not there. */
export function readableRows(services: HostServices): ReadRows {
  return async ({ database, schema, accountability }, collection, ids, fields) => {
    if (!schema) return [];
    const service = new services.ItemsService(collection, { accountability, schema, knex: database });
    const rows: Row[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const part = ids.slice(start, start + CHUNK);
      const query = { fields: ['id', ...fields], filter: { id: { _in: part } }, limit: part.length };
      rows.push(...(await service.readByQuery(query, { emitEvents: false }).catch(noneWhereForbidden)));
    }
    return rows;
  };
}

/** Reads a page of the rows that fit `filter` among those that the caller may read. */
export type FindRows = (
  context: Pick<WriteContext, 'database' | 'schema' | 'accountability'>,
  collection: string,
  query: { filter: Row; fields: readonly string[]; limit: number; page: number },
) => Promise<Row[]>;

export function readableMatches(services: HostServices): FindRows {
  return async ({ database, schema, accountability }, collection, query) => {
    if (!schema) return [];
    const service = new services.ItemsService(collection, { accountability, schema, knex: database });
    return service.readByQuery({ ...query, sort: ['id'] }, { emitEvents: false }).catch(noneWhereForbidden);
  };
}

/** The host throws where the caller has no right on the collection at all. */
function noneWhereForbidden(error: unknown): Row[] {
  if ((error as { code?: unknown }).code === 'FORBIDDEN') return [];
  throw error as Error;
}
