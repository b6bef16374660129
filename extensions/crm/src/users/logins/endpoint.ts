import type { Router } from 'express';
import { requireActor } from '../../platform/api/caller.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { route } from '../../platform/api/route.ts';
import { say } from '../../platform/api/say.ts';
import { expectedQuery } from './contract.ts';
import { expectedOf } from './expected.ts';
import { BAD_PERIOD } from './locale/refusals.ts';
import { keptDays } from './rules/kept-days.ts';

/** `GET /crm/logins/expected` (USE-1, Q12). */
export function registerLogInRoutes(router: Router, { database, env }: Pick<HostContext, 'database' | 'env'>, clock: Clock): void {
  const kept = { clock, keepDays: keptDays(env) };
  router.get(
    '/logins/expected',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { user, from, to } = request.query;
      const reading = expectedQuery.safeParse({ user, from, to });
      if (!reading.success) {
        const message = say(BAD_PERIOD, actor.language, { where: String(reading.error.issues[0]?.path[0] ?? 'to') });
        throw new Refusal({ code: 'INVALID_QUERY', status: 400, message, extensions: { reason: 'bad_period' } });
      }
      return response.json(await expectedOf(database, kept, actor, reading.data));
    }),
  );
}
