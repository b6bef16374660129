import type { Router } from 'express';
import { requireActor } from '../platform/api/caller.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import { pageQuery, stageRequest, undoRequest } from './contract.ts';
import { wonWithoutOrder } from './orders/won-without-order.ts';
import { parsed } from './parsed.ts';
import { requireOpportunity } from './reach.ts';
import { pathOf } from './stages/path.ts';
import { moveToStage, undoMove, type Asking, type StagePorts } from './stages/workflow.ts';

/** `/crm/opportunities/…`: the way of an opportunity through its stages (contract.md). */
export function registerPipelineRoutes(router: Router, ports: StagePorts): void {
  const { database } = ports.context;

  async function asking(request: CrmRequest): Promise<Asking> {
    const { accountability, schema } = request;
    const actor = await requireActor(request, database);
    if (!accountability) throw forbidden();
    return { actor, accountability, schema, item: (request.params['id'] ?? '').toLowerCase() };
  }

  router.get(
    '/opportunities/won-without-order',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      return response.json(await wonWithoutOrder(ports, actor, parsed(pageQuery, request.query, actor, 'INVALID_QUERY')));
    }),
  );

  router.get(
    '/opportunities/:id/path',
    route(async (request, response) => {
      const { actor, item } = await asking(request);
      const row = await requireOpportunity(database, actor, item);
      return response.set('Cache-Control', 'no-store').json(await pathOf(database, ports, actor, row));
    }),
  );

  router.post(
    '/opportunities/:id/stage',
    route(async (request, response) => {
      const one = await asking(request);
      await requireOpportunity(database, one.actor, one.item);
      return response.json(await moveToStage(ports, one, parsed(stageRequest, request.body, one.actor)));
    }),
  );

  router.post(
    '/opportunities/:id/stage/undo',
    route(async (request, response) => {
      const one = await asking(request);
      await requireOpportunity(database, one.actor, one.item);
      const { change } = parsed(undoRequest, request.body, one.actor);
      return response.json(await undoMove(ports, one, change));
    }),
  );
}
