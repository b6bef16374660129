import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Accountability } from '../platform/api/host.ts';
import { refusal } from './refuse.ts';

type Env = Readonly<Record<string, unknown>>;
type RegisterInit = (event: 'routes.before', handler: (meta: { app: { use(handler: RequestHandler): void } }) => void) => void;

/** Requests a person, or an address that has not logged in, may make in `duration` seconds. */
interface Allowance {
  points: number;
  duration: number;
}

const textFrom = (value: unknown, fallback = '') => (typeof value === 'string' ? value : fallback);
const numberFrom = (value: unknown, fallback: number) => (Number(value) > 0 ? Number(value) : fallback);

/** Counted in Redis when there are several nodes; while Redis is away every node counts for itself. */
function limiterFor(name: string, allowance: Allowance, env: Env): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ keyPrefix: name, ...allowance });
  if (env['RATE_LIMITER_STORE'] !== 'redis') return memory;
  const address = textFrom(env['REDIS']);
  const parts = {
    host: textFrom(env['REDIS_HOST'], '127.0.0.1'),
    port: numberFrom(env['REDIS_PORT'], 6379),
    ...(env['REDIS_USERNAME'] ? { username: textFrom(env['REDIS_USERNAME']) } : {}),
    ...(env['REDIS_PASSWORD'] ? { password: textFrom(env['REDIS_PASSWORD']) } : {}),
  };
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 1 };
  const client = address ? new Redis(address, options) : new Redis({ ...parts, ...options });
  client.on('error', () => undefined);
  return new RateLimiterRedis({ storeClient: client, keyPrefix: name, insuranceLimiter: memory, ...allowance });
}

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
