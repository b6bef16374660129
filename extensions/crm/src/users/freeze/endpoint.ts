import type { Router } from 'express';
import type { ZodType } from 'zod';
import type { Actor } from '../../platform/api/actor.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { freezeRequest, peopleQuery, thawRequest, type FreezeAnswer, type ThawAnswer } from './contract.ts';
import { momentOf, type FreezeRow } from './freeze-row.ts';
import { freezeUser } from './freeze.ts';
import { peopleFor } from './people.ts';
import type { FreezeDeskPorts } from './ports.ts';
import { freezeRefusal } from './refuse.ts';
import { signedOutScript } from './signed-out-script.ts';
import { thawUser } from './thaw.ts';

const MOST_NAMED = 3;
const ASKED = 202;

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
function parsed<T>(schema: ZodType<T>, value: unknown, { language }: Actor): T {
  const reading = schema.safeParse(value ?? {});
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  throw freezeRefusal('bad_value', language, { where: where.join(', ') });
}

const frozenAnswer = (row: FreezeRow): FreezeAnswer => ({
  ...{ id: row.id, user: row.user, state: row.state as FreezeAnswer['state'], until: momentOf(row.until)?.toISOString() ?? null },
  ...{ early: Boolean(row.early), form_due_on: fromStoredDay(row.form_due_on) },
});

/** `/crm/people` and what is done to them: freeze and thaw (ACC-9, Q5, Q17). */
export function registerFreezeRoutes(router: Router, ports: FreezeDeskPorts): void {
  const { database } = ports.context;

  /** Those who answer for people; to everybody else nobody is there. */
  async function requireAdmin(request: CrmRequest): Promise<Actor> {
    const actor = await requireActor(request, database);
    if (actor.role !== 'segment_admin' && actor.role !== 'system_admin') throw forbidden();
    return actor;
  }
  const idOf = (request: CrmRequest): string => String(request.params['id'] ?? '').toLowerCase();

  router.get(
    '/signed-out.js',
    route((_request, response) => response.type('js').set('Cache-Control', 'no-cache').send(signedOutScript())),
  );

  router.get(
    '/people',
    route(async (request, response) => {
      const actor = await requireAdmin(request);
      return response
        .set('Cache-Control', 'no-store')
        .json(await peopleFor(database, ports.clock, actor, parsed(peopleQuery, request.query, actor)));
    }),
  );

  router.post(
    '/users/:id/freeze',
    route(async (request, response) => {
      const actor = await requireAdmin(request);
      const wish = parsed(freezeRequest, request.body, actor);
      const row = await withOrigin({ reason: wish.reason }, () => freezeUser(ports, actor, idOf(request), wish));
      return response.status(row.state === 'pending' ? ASKED : 200).json(frozenAnswer(row));
    }),
  );

  router.post(
    '/users/:id/thaw',
    route(async (request, response) => {
      const actor = await requireAdmin(request);
      const { reason } = parsed(thawRequest, request.body, actor);
      const row = await withOrigin({ reason }, () => thawUser(ports, actor, idOf(request), reason));
      const answer: ThawAnswer = { id: row.id, user: row.user, state: 'thawed' };
      return response.json(answer);
    }),
  );
}
