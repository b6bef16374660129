import type { Router } from 'express';
import { requireActor, requireAdministrator } from '../platform/api/caller.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import { complete } from './complete.ts';
import { assignRequest, doneRequest, plansRequest, respondRequest, timelineQuery } from './contract.ts';
import { runPlans } from './plans/run-plans.ts';
import { reassign } from './reassign.ts';
import { activityRefusal, parsed } from './refuse.ts';
import { respond } from './respond.ts';
import type { ActivitySettings } from './settings.ts';
import { timelineOf } from './timeline/timeline.ts';

const idOf = (request: CrmRequest): string => (request.params['id'] ?? '').toLowerCase();

/** `/crm/activities`, `/crm/plans` and the timeline of records. */
export function registerActivityRoutes(router: Router, context: HostContext, clock: Clock, settings: ActivitySettings): void {
  const { database } = context;
  const rightsOf = ({ schema, accountability }: CrmRequest) => ({ schema, accountability: accountability ?? null });

  router.get(
    '/records/:collection/:id/timeline',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const asked = parsed(timelineQuery, request.query, actor, 'bad_query');
      const record = { collection: request.params['collection'] ?? '', id: idOf(request) };
      return response.json(await timelineOf({ context, clock, actor, ...rightsOf(request) }, record, asked));
    }),
  );

  router.post(
    '/activities/:id/respond',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const answer = parsed(respondRequest, request.body, actor);
      return response.json(await respond(database, actor, { id: idOf(request), ...answer }));
    }),
  );

  router.post(
    '/activities/:id/assign',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { owner } = parsed(assignRequest, request.body, actor);
      return response.json(await reassign(database, actor, { id: idOf(request), owner }));
    }),
  );

  router.post(
    '/activities/:id/done',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const completion = parsed(doneRequest, request.body, actor);
      return response.json(await complete({ context, clock, actor, ...rightsOf(request) }, idOf(request), completion));
    }),
  );

  router.post(
    '/plans/run',
    route(async (request, response) => {
      const actor = await requireAdministrator(request, database);
      const { as_of } = parsed(plansRequest, request.body, actor);
      if (as_of && !settings.rehearsal) throw activityRefusal('rehearsal_only', actor.language);
      const report = await runPlans(database, clock, as_of ?? null);
      if (!report) throw activityRefusal('plans_running', actor.language);
      return response.json(report);
    }),
  );
}
