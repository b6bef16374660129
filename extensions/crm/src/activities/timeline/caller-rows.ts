import type { Accountability, HostContext, Knex, Row, SchemaOverview } from '../../platform/api/host.ts';

/** Reads rows of a collection with the rights of whoever asks: the host's own rules answer, there is no second policy. */
export interface CallerRows {
  find(collection: string, query: { fields: readonly string[]; filter: Row; sort?: readonly string[]; limit: number }): Promise<Row[]>;
  byId(collection: string, ids: readonly string[], fields: readonly string[]): Promise<Map<string, Row>>;
}

const CHUNK = 100;

/** The host throws where the caller has no right on the collection at all. */
function noneWhereForbidden(error: unknown): Row[] {
  if ((error as { code?: unknown }).code === 'FORBIDDEN') return [];
  throw error as Error;
}

export function callerRows(
  { services, database }: Pick<HostContext, 'services'> & { database: Knex },
  { schema, accountability }: { schema: SchemaOverview; accountability: Accountability | null },
): CallerRows {
  const find: CallerRows['find'] = (collection, query) =>
    new services.ItemsService(collection, { schema, accountability, knex: database })
      .readByQuery(query, { emitEvents: false })
      .catch(noneWhereForbidden);
  return {
    find,
    async byId(collection, ids, fields) {
      const unique = [...new Set(ids)];
      const rows: Row[] = [];
      for (let at = 0; at < unique.length; at += CHUNK) {
        const part = unique.slice(at, at + CHUNK);
        rows.push(...(await find(collection, { fields: ['id', ...fields], filter: { id: { _in: part } }, limit: part.length })));
      }
      return new Map(rows.map((row) => [String(row['id']), row]));
    },
  };
}
