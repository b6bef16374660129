import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { COLLECTIONS } from '../kernel/collections.ts';
import { HISTORIES } from '../kernel/histories.ts';
import { loadActor } from '../platform/api/actor.ts';
import { graphqlOf } from '../platform/api/graphql-request.ts';
import type { Accountability, EventContext, HostContext, Row } from '../platform/api/host.ts';
import { closedLog } from './refusals.ts';
import { graphqlTouchesLog, operationTouchesLog, relationTouchesLog, schemaTouchesLog } from './rules/closed-log.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

const isLog = (collection: string): boolean => COLLECTIONS[collection]?.tenancy === 'log';
const CLOSED = new Set(['crm_reveals', ...HISTORIES]);
/** What only the server writes: an operation of a flow could leave out the events that close it. */
const isServersOwn = (collection: string): boolean =>
  isLog(collection) || COLLECTIONS[collection]?.tenancy === 'internal' || CLOSED.has(collection);
const body = (request: Request): unknown => request.body as unknown;

/**
 * Closes the ways to the log that are no writes of its rows: fields and relations on it (a foreign key could delete), the
 * host's own sorting, operations of flows that run without events. For everybody, the technical administrator included.
 */
export function closeLog({ filter, init }: Register, { database }: HostContext): void {
  const refuse = async (accountability: Accountability | null | undefined): Promise<never> => {
    const actor = await loadActor(database, accountability ?? null);
    throw closedLog(actor?.language);
  };
  const refuseIn = async ({ accountability, database: connection }: EventContext): Promise<never> => {
    throw closedLog((await loadActor(connection, accountability))?.language);
  };

  filter('fields.create', (field: Row, { collection }, context) =>
    context.accountability && isLog(String(collection)) ? refuseIn(context) : field,
  );
  filter('fields.update', (field: Row, { collection }, context) =>
    context.accountability && isLog(String(collection)) ? refuseIn(context) : field,
  );
  filter('collections.update', (meta: Row, { keys }, context) =>
    context.accountability && (keys as string[]).some(isLog) ? refuseIn(context) : meta,
  );
  filter('operations.create', (operation: Row, _meta, context) =>
    context.accountability && operationTouchesLog(operation, {}, isServersOwn) ? refuseIn(context) : operation,
  );
  filter('operations.update', async (operation: Row, { keys }, context) => {
    if (!context.accountability || !('options' in operation || 'type' in operation)) return operation;
    const standing: Row[] = await context
      .database('directus_operations')
      .whereIn('id', keys as string[])
      .select('type', 'options');
    const touches = standing.some((current) => operationTouchesLog(operation, current, isServersOwn));
    return touches ? refuseIn(context) : operation;
  });

  // What is written beside an entry is read as if it were part of it.
  for (const event of ['comments.create', 'comments.update'])
    filter(event, (comment: Row, _meta, context) =>
      context.accountability && isLog(String(comment['collection'])) ? refuseIn(context) : comment,
    );

  const closedWhen =
    (touches: (request: Request) => boolean): RequestHandler =>
    (request: Request & { accountability?: Accountability }, _response: Response, next: NextFunction) => {
      if (!touches(request)) return void next();
      refuse(request.accountability).catch(next);
    };
  init('routes.before', ({ app }) => {
    app.post(
      '/utils/sort/:collection',
      closedWhen((request) => isLog(request.params['collection'] as string)),
    );
    app.post(
      '/relations',
      closedWhen((request) => relationTouchesLog(body(request), isServersOwn)),
    );
    app.patch(
      '/relations/:collection/:field',
      closedWhen((request) => relationTouchesLog(body(request), isServersOwn)),
    );
    app.post(
      '/schema/apply',
      closedWhen((request) => schemaTouchesLog(body(request), isLog)),
    );
    app.use(
      '/graphql',
      closedWhen((request) => {
        const { text, variables } = graphqlOf(request);
        return graphqlTouchesLog(text, variables);
      }),
    );
  });
}
