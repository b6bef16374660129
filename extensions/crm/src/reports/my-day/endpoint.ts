import type { Router } from 'express';
import { requireActor } from '../../platform/api/caller.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { route } from '../../platform/api/route.ts';
import { myDayOf } from './my-day.ts';
import type { MyDayPorts } from './ports.ts';

/** `GET /crm/my-day` (contract.md). */
export function registerMyDayRoutes(router: Router, ports: MyDayPorts): void {
  router.get(
    '/my-day',
    route(async (request, response) => {
      const { accountability, schema } = request;
      const actor = await requireActor(request, ports.context.database);
      if (!accountability) throw forbidden();
      const day = await myDayOf(ports, { actor, accountability, schema });
      // Not by `json`: Express would send the hash of a body with numbers in clear as its ETag, and the host logs it (SEC-1).
      return response.set('Cache-Control', 'no-store').type('json').end(JSON.stringify(day));
    }),
  );
}
