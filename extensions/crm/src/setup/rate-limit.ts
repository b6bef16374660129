import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Accountability } from '../platform/api/host.ts';
import { limiterFor } from '../platform/api/limiter.ts';
import { refusal } from './refuse.ts';

type Env = Readonly<Record<string, unknown>>;
type RegisterInit = (event: 'routes.before', handler: (meta: { app: { use(handler: RequestHandler): void } }) => void) => void;

const numberFrom = (value: unknown, fallback: number) => (Number(value) > 0 ? Number(value) : fallback);

/**
 * Limits per person once logged in: the host counts by address only, and a whole company shares one. Before the log-in the
 * address is all there is. Runs after the host has found out who asks.
 */
export function registerRateLimit({ init }: { init: RegisterInit }, { env }: { env: Env }): void {
  if (!Number(env['CRM_USER_RATE_POINTS'])) return;
  const duration = numberFrom(env['CRM_USER_RATE_DURATION'], 1);
  const people = limiterFor('crm-rate-user', { points: numberFrom(env['CRM_USER_RATE_POINTS'], 50), duration }, env);
  const strangers = limiterFor('crm-rate-address', { points: numberFrom(env['CRM_ADDRESS_RATE_POINTS'], 50), duration }, env);
  init('routes.before', ({ app }) => app.use(limitRequests(people, strangers)));
}

function limitRequests(people: RateLimiterAbstract, strangers: RateLimiterAbstract): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { accountability } = request as Request & { accountability?: Accountability };
    const user = accountability?.user;
    const counted = user ? people.consume(user) : strangers.consume(accountability?.ip ?? 'unknown');
    counted.then(
      () => next(),
      (reason: unknown) => {
        if (!(reason instanceof RateLimiterRes)) return void next(reason);
        const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
        response.set('Retry-After', String(seconds));
        next(refusal('too_many', request.headers['accept-language'], { seconds }, { reset: new Date(Date.now() + reason.msBeforeNext) }));
      },
    );
  };
}
