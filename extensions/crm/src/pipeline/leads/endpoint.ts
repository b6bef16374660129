import type { Router } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { ZodType } from 'zod';
import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { requireActor } from '../../platform/api/caller.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { limiterFor } from '../../platform/api/limiter.ts';
import { forbidden, Refusal } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { allocateLead } from './allocate.ts';
import { allocateRequest, convertQuery, convertRequest } from './contract.ts';
import { convertLead, type ConvertPorts } from './convert.ts';
import { previewConversion } from './preview.ts';
import { leadRefusal } from './refuse.ts';

/** Whoever changes a number on a lead and looks again could try numbers out: a person's look-ups a minute and a day (SEC-5). */
const LOOK_UPS = [
  { name: 'crm-lead-look-up', points: 300, duration: 60 },
  { name: 'crm-lead-look-up-day', points: 3000, duration: 86_400 },
];
const MOST_NAMED = 3;

/** `/crm/leads/:id/allocate` and `/convert` (contract.md). */
export function registerLeadRoutes(router: Router, ports: ConvertPorts, env: HostContext['env']): void {
  const { database } = ports.context;
  const limiters = LOOK_UPS.map(({ name, ...allowance }) => limiterFor(name, allowance, env));

  async function countLookUp({ user, language }: Actor): Promise<void> {
    for (const limiter of limiters)
      await limiter.consume(user).catch((reason: unknown) => {
        if (!(reason instanceof RateLimiterRes)) throw reason as Error;
        throw leadRefusal('too_often', language, { seconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) });
      });
  }

  router.post(
    '/leads/:id/allocate',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const item = idOf(request);
      const wish = parsed(allocateRequest, request.body, actor, 'INVALID_PAYLOAD');
      const answer = await database.transaction((transaction) => allocateLead(transaction, ports, actor, item, wish));
      return response.status(answer.state === 'pending' ? 202 : 200).json(answer);
    }),
  );

  router.get(
    '/leads/:id/convert',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const item = idOf(request);
      const { name } = parsed(convertQuery, request.query, actor, 'INVALID_QUERY');
      await countLookUp(actor);
      return response.set('Cache-Control', 'no-store').json(await previewConversion(ports, actor, item, name));
    }),
  );

  router.post(
    '/leads/:id/convert',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { accountability, schema } = request;
      if (!accountability) throw forbidden();
      const item = idOf(request);
      const wish = parsed(convertRequest, request.body ?? {}, actor, 'INVALID_PAYLOAD');
      await countLookUp(actor);
      return response.json(await convertLead(ports, { actor, accountability, schema, item, wish }));
    }),
  );
}

/** What is no key leads nowhere, like the key of a row of others. */
function idOf(request: CrmRequest): string {
  const id = (request.params['id'] ?? '').toLowerCase();
  if (!isUuid(id)) throw forbidden();
  return id;
}

function parsed<T>(schema: ZodType<T>, value: unknown, { language }: Actor, code: string): T {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  const { message, extensions } = leadRefusal('bad_value', language, { where: where.join(', ') });
  throw new Refusal({ code, status: 400, message, extensions });
}
