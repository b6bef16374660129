import type { Express, NextFunction, Request, Response } from 'express';
import { changeLog } from '../platform/api/change-log.ts';
import type { Accountability, EventContext, HostContext, Knex, Row } from '../platform/api/host.ts';
import { isLog, isLogged } from './row-log.ts';

interface Register {
  filter(event: string, handler: (payload: Row, meta: Row, context: EventContext) => unknown): void;
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

/** Ours, and the host's own: what else stands in a Directus of others is not ours to log. */
const concerns = (collection: string): boolean => collection.startsWith('directus_') || isLogged(collection) || isLog(collection);
const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 32) : null);

/**
 * The host's own exports, which take a whole collection along (SEC-3): `?export=` as the query is judged, `/utils/export`
 * before its route. The entry comes first, so that nothing leaves without one; it stands also where the host then refuses.
 */
export function registerExports({ filter, init }: Register, { database }: HostContext): void {
  const log = (connection: Knex, collection: string, format: unknown) =>
    changeLog().event(connection, { action: 'export', collection, item: null, after: { format: text(format) } });

  filter('*.query', async (query, { collection }, { accountability, database: connection }) => {
    if (query['export'] && accountability?.user && concerns(String(collection))) await log(connection, String(collection), query['export']);
    return query;
  });
  init('routes.before', ({ app }) => {
    app.post(
      '/utils/export/:collection',
      (request: Request & { accountability?: Accountability }, _response: Response, next: NextFunction) => {
        const collection = String(request.params['collection']);
        if (!request.accountability?.user || !concerns(collection)) return void next();
        log(database, collection, (request.body as Row | undefined)?.['format']).then(() => next(), next);
      },
    );
  });
}
