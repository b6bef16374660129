import type { Router } from 'express';
import type { ZodType } from 'zod';
import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { mayReach } from '../../segments/index.ts';
import { emptyRequest, executeRequest, listQuery } from './contract.ts';
import { executeForm } from './execute.ts';
import { listFor } from './list.ts';
import type { RequestPorts } from './ports.ts';
import { previewOf } from './preview.ts';
import { requestRefusal } from './refuse.ts';
import { REQUESTS, toRequest, type RequestRow } from './request-row.ts';
import { withdrawRequest } from './withdraw.ts';

const MOST_NAMED = 3;

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
function parsed<T>(schema: ZodType<T>, value: unknown, { language }: Actor, reason: 'bad_value' | 'bad_query' = 'bad_value'): T {
  const reading = schema.safeParse(value ?? {});
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  throw requestRefusal(reason, language, { where: where.join(', ') });
}

/** `/crm/access-requests`: what becomes of a form; it is filed as a plain row (ACC-8). */
export function registerRequestRoutes(router: Router, ports: RequestPorts): void {
  const { database } = ports.context;

  /** Those who answer for people; to everybody else there is no form. */
  async function requireReader(request: CrmRequest): Promise<Actor> {
    const actor = await requireActor(request, database);
    if (actor.role === 'sales_rep') throw forbidden();
    return actor;
  }
  function idOf(request: CrmRequest): string {
    const id = String(request.params['id'] ?? '').toLowerCase();
    if (!isUuid(id)) throw forbidden();
    return id;
  }

  router.get(
    '/access-requests',
    route(async (request, response) => {
      const actor = await requireReader(request);
      const query = parsed(listQuery, request.query, actor, 'bad_query');
      return response.set('Cache-Control', 'no-store').json(await listFor(database, ports.clock, actor, query));
    }),
  );

  router.get(
    '/access-requests/:id/preview',
    route(async (request, response) => {
      const actor = await requireReader(request);
      const row: RequestRow | undefined = await database(REQUESTS)
        .where({ id: idOf(request) })
        .first();
      if (!row || !mayReach(actor, row)) throw forbidden();
      return response.set('Cache-Control', 'no-store').json(await previewOf(database, ports.clock, actor, toRequest(row)));
    }),
  );

  router.post(
    '/access-requests/:id/execute',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      if (actor.role !== 'system_admin') throw forbidden();
      const id = idOf(request);
      const wish = parsed(executeRequest, request.body, actor);
      const answer = await executeForm(ports, { actor, accountability: request.accountability!, id, wish });
      return response.set('Cache-Control', 'no-store').json(answer);
    }),
  );

  router.post(
    '/access-requests/:id/withdraw',
    route(async (request, response) => {
      const actor = await requireReader(request);
      const id = idOf(request);
      parsed(emptyRequest, request.body, actor);
      return response.json(await withdrawRequest(ports, actor, id));
    }),
  );
}
