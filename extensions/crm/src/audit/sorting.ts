import type { Express } from 'express';
import { loadActor } from '../platform/api/actor.ts';
import { changeLog } from '../platform/api/change-log.ts';
import { graphqlOf } from '../platform/api/graphql-request.ts';
import type { HostContext, Knex } from '../platform/api/host.ts';
import { route } from '../platform/api/route.ts';
import { closedLog } from './refusals.ts';
import { isLogged } from './row-log.ts';
import { graphqlSorts } from './rules/closed-log.ts';

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

/**
 * The rows whose place the host's sorting may change: those from the one that is moved to the one whose place it takes, and
 * those without a place, which it puts at the end first. Where two have the same place it counts through all of them.
 */
async function rowsThatMove(database: Knex, collection: string, column: string, ends: readonly unknown[]): Promise<string[]> {
  const rows = () => database(collection);
  const sharing = await rows().whereNotNull(column).groupBy(column).havingRaw('count(*) > 1').first(column);
  if (sharing) return rows().pluck('id');
  const keys = ends.map((end) => String(end).toLowerCase());
  const places: (number | null)[] = await rows()
    .whereRaw('lower(cast(?? as text)) in (?, ?)', ['id', ...keys])
    .pluck(column);
  const known = places.filter((place) => place !== null).map(Number);
  const between = rows().whereNull(column);
  if (known.length)
    between.orWhere((place) => {
      place.where(column, '>=', Math.min(...known));
      if (known.length === places.length) place.andWhere(column, '<=', Math.max(...known));
    });
  return between.pluck('id');
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
          // One after the other: what another move brings in between would be changed without being held.
          const meta = await transaction('directus_collections').where({ collection }).forNoKeyUpdate().first('sort_field');
          const column = meta?.sort_field as string | null | undefined;
          const sortHolding = async (held: ReadonlySet<string>): Promise<void> => {
            const rows = column ? await rowsThatMove(transaction, collection, column, [item, to]) : [];
            const more = rows.filter((id) => !held.has(id));
            if (!more.length) return sorter.sort(collection, { item, to });
            return changeLog().around(transaction, collection, more, () => sortHolding(new Set([...held, ...more])));
          };
          await sortHolding(new Set());
        });
        return response.status(200).end();
      }),
    );
    app.use(
      '/graphql/system',
      route(async (request, _response, next) => {
        const { text, variables } = graphqlOf(request);
        if (!graphqlSorts(text, variables, isLogged)) return void next();
        const actor = await loadActor(database, request.accountability ?? null);
        throw closedLog(actor?.language);
      }),
    );
  });
}
