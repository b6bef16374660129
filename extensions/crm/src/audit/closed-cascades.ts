import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import { loadActor } from '../platform/api/actor.ts';
import { graphqlOf } from '../platform/api/graphql-request.ts';
import type { Accountability, HostContext, Row } from '../platform/api/host.ts';
import { cascadesIntoOurs } from './refusals.ts';
import { graphqlCascades, relationCascades, schemaCascades, type OwnKeys } from './rules/cascades.ts';

const KEYS: OwnKeys = {
  isOurs: (collection) => Object.hasOwn(COLLECTIONS, collection),
  cascades: (collection, field) => (COLLECTIONS[collection] ?? EXTENDED[collection])?.fields[field]?.relation?.onDelete === 'CASCADE',
};

/**
 * No key of ours cascades from a collection of somebody else's, by whatever way relations are made; an emptied key is fine, and
 * is logged. The host makes keys without telling any filter how they behave, so it is the requests that are looked at.
 */
export function closeCascades(
  { init }: { init(event: string, handler: (meta: { app: Express }) => void): void },
  { database }: Pick<HostContext, 'database'>,
): void {
  const closedWhen =
    (cascades: (request: Request) => boolean): RequestHandler =>
    (request: Request & { accountability?: Accountability }, _response: Response, next: NextFunction) => {
      if (!cascades(request)) return void next();
      loadActor(database, request.accountability ?? null)
        .then((actor) => next(cascadesIntoOurs(actor?.language)))
        .catch(next);
    };
  init('routes.before', ({ app }) => {
    app.post(
      '/relations',
      closedWhen(({ body }) => relationCascades(body, KEYS)),
    );
    app.patch(
      '/relations/:collection/:field',
      closedWhen(({ body, params }) =>
        relationCascades({ ...(body as Row), collection: params['collection'], field: params['field'] }, KEYS),
      ),
    );
    app.post(
      '/schema/apply',
      closedWhen(({ body }) => schemaCascades(body, KEYS)),
    );
    app.use(
      '/graphql',
      closedWhen((request) => {
        const { text, variables } = graphqlOf(request);
        return graphqlCascades(text, variables);
      }),
    );
  });
}
