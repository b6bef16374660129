import type { Router } from 'express';
import type { Clock } from '../platform/api/clock.ts';
import { requireActor } from '../platform/api/caller.ts';
import type { HostContext } from '../platform/api/host.ts';
import { route } from '../platform/api/route.ts';
import { timelineQuery } from './contract.ts';
import { parsed } from './refuse.ts';
import { timelineOf } from './timeline/timeline.ts';

/** `/crm/activities`, `/crm/plans` and the timeline of records. */
export function registerActivityRoutes(router: Router, context: HostContext, clock: Clock): void {
  const { database } = context;

  router.get(
    '/records/:collection/:id/timeline',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const asked = parsed(timelineQuery, request.query, actor, 'bad_query');
      const asking = { context, clock, actor, schema: request.schema, accountability: request.accountability ?? null };
      const collection = request.params['collection'] ?? '';
      return response.json(await timelineOf(asking, { collection, id: (request.params['id'] ?? '').toLowerCase() }, asked));
    }),
  );
}
