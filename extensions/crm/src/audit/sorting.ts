import type { Express } from 'express';
import { loadActor } from '../platform/api/actor.ts';
import { changeLog } from '../platform/api/change-log.ts';
import type { HostContext } from '../platform/api/host.ts';
import { route } from '../platform/api/route.ts';
import { closedLog } from './refusals.ts';
import { isLogged } from './row-log.ts';
import { graphqlSorts } from './rules/closed-log.ts';

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

/**
 * The host sorts rows (a dragged stage) by statements of its own, which no event tells. Where the log keeps the rows, its service runs
 * in a transaction of ours, with an entry for every row whose place changed (design.md 5); what the host checks, it still checks. By
 * GraphQL, which the Studio does not use for it, it is refused.
 */
export function logSorting({ init }: Register, { database, services, getSchema }: HostContext): void {
  init('routes.before', ({ app }) => {
    app.post(
      '/utils/sort/:collection',
      route(async (request, response, next) => {
        const collection = request.params['collection'] ?? '';
        const { item, to } = (request.body ?? {}) as { item?: unknown; to?: unknown };
        if (!isLogged(collection) || !item || !to) return void next();
        const schema = await getSchema();
        await database.transaction(async (transaction) => {
          const sorter = new services.UtilsService({ schema, knex: transaction, accountability: request.accountability ?? null });
          const ids: string[] = await transaction(collection).pluck('id');
          await changeLog().around(transaction, collection, ids, () => sorter.sort(collection, { item, to }));
        });
        return response.status(200).end();
      }),
    );
    app.use(
      '/graphql/system',
      route(async (request, _response, next) => {
        const source = (request.method === 'GET' ? request.query : request.body) as Record<string, unknown> | undefined;
        if (!graphqlSorts(source?.['query'], source?.['variables'], isLogged)) return void next();
        const actor = await loadActor(database, request.accountability ?? null);
        throw closedLog(actor?.language);
      }),
    );
  });
}
