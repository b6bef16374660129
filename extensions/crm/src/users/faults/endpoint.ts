import type { Router } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../../guard/rules/network.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { limiterFor } from '../../platform/api/limiter.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { say } from '../../platform/api/say.ts';
import { deviceOf } from '../logins/rules/attempts.ts';
import { logInFault } from './contract.ts';
import { fileLogInFault, hasFailedLately } from './file-log-in-fault.ts';
import { BAD_VALUE, TOO_MANY } from './locale/texts.ts';

const FILED = 202;
const MOST_NAMED = 3;
const HOUR = 3600;

/** `POST /crm/faults/login`: a report of somebody who cannot log in (ACC-4). */
export function registerFaultRoutes(router: Router, { database, env }: HostContext, clock: Clock): void {
  const network = limiterFor('crm-fault-network', { points: 10, duration: HOUR }, env);
  const everybody = limiterFor('crm-fault-all', { points: 300, duration: HOUR }, env);
  // What strangers use up is not taken from people who have just failed to log in.
  const known = limiterFor('crm-fault-known', { points: 300, duration: HOUR }, env);

  async function takeOfAll(network: string): Promise<void> {
    try {
      await everybody.consume('all');
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes) || !(await hasFailedLately(database, clock, network))) throw reason;
      await known.consume('all');
    }
  }

  async function takeTurn(request: CrmRequest): Promise<void> {
    const ip = request.accountability?.ip;
    const address = ip ? networkOf(ip) : 'unknown';
    try {
      await network.consume(address);
      await takeOfAll(address);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
      const message = say(TOO_MANY, toLanguage(request.headers['accept-language']), { seconds });
      throw new Refusal({ code: 'REQUESTS_EXCEEDED', status: 429, message, extensions: { reason: 'too_many' } });
    }
  }

  router.post(
    '/faults/login',
    route(async (request, response) => {
      const reading = logInFault.safeParse(request.body ?? {});
      if (!reading.success) {
        const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
        const message = say(BAD_VALUE, toLanguage(request.headers['accept-language']), { where: where.join(', ') });
        throw new Refusal({ code: 'INVALID_PAYLOAD', status: 400, message, extensions: { reason: 'bad_value' } });
      }
      await takeTurn(request);
      await fileLogInFault(database, clock, reading.data, deviceOf(request.get('user-agent')));
      return response.status(FILED).json({ filed: true });
    }),
  );
}
