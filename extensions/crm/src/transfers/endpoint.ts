import type { Router } from 'express';
import type { ZodType } from 'zod';
import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import { requireActor } from '../platform/api/caller.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import { emptyRequest, evidenceQuery, executeRequest, referRequest, ruleRequest, type TransferAnswer } from './contract.ts';
import { evidenceFor } from './disputes/evidence.ts';
import { referDispute, ruleDispute, withdrawDispute } from './disputes/rule-dispute.ts';
import { executeTransfer, isGroupMarketing, type ExecutePorts } from './execute.ts';
import { registerDeskRoutes } from './desk/endpoint.ts';
import { parsed } from './parsed.ts';
import type { TransferRow } from './transfer-row.ts';
import { withdrawTransfer } from './withdraw.ts';

const momentOf = (value: unknown): string | null => (value === null ? null : new Date(value as number | string).toISOString());

const viewOf = (row: TransferRow): TransferAnswer => ({
  ...{ id: row.id, state: row.state, customer: row.customer, from_segment: row.from_segment, to_segment: row.to_segment },
  ...{ to_owner: row.to_owner, basis: row.basis, with_contacts: Boolean(row.with_contacts) },
  ...{ executed_at: momentOf(row.executed_at), first_activity_at: momentOf(row.first_activity_at) },
});

/** `/crm/transfers` and `/crm/disputes`: what becomes of a request and of a claim (ORG-3, CUS-13). */
export function registerTransferRoutes(router: Router, ports: ExecutePorts): void {
  const { database } = ports.context;
  registerDeskRoutes(router, ports);

  async function asked(request: CrmRequest) {
    const actor = await requireActor(request, database);
    const id = String(request.params['id'] ?? '').toLowerCase();
    if (!isUuid(id)) throw forbidden();
    return { actor, id };
  }
  /** A post without a body sends none at all. */
  const bodyOf = <T>(schema: ZodType<T>, { body }: CrmRequest, actor: Actor): T => parsed(schema, (body as unknown) ?? undefined, actor);

  router.post(
    '/transfers/:id/execute',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      if (!isGroupMarketing(actor)) throw forbidden();
      return response.json(viewOf(await executeTransfer(ports, actor, id, bodyOf(executeRequest, request, actor))));
    }),
  );

  router.post(
    '/transfers/:id/withdraw',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      bodyOf(emptyRequest, request, actor);
      return response.json(await withdrawTransfer(ports, actor, id));
    }),
  );

  router.get(
    '/disputes/:id/evidence',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      const query = parsed(evidenceQuery, request.query, actor);
      return response.set('Cache-Control', 'no-store').json(await evidenceFor(database, actor, id, query));
    }),
  );

  router.post(
    '/disputes/:id/rule',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      return response.json(await ruleDispute(ports, actor, id, bodyOf(ruleRequest, request, actor)));
    }),
  );

  router.post(
    '/disputes/:id/refer',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      bodyOf(referRequest, request, actor);
      return response.json(await referDispute(ports, actor, id));
    }),
  );

  router.post(
    '/disputes/:id/withdraw',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      bodyOf(emptyRequest, request, actor);
      return response.json(await withdrawDispute(ports, actor, id));
    }),
  );
}
