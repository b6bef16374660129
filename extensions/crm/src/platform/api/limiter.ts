import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';

type Env = Readonly<Record<string, unknown>>;

/** How often something may be done in `duration` seconds. */
export interface Allowance {
  points: number;
  duration: number;
}

const textFrom = (value: unknown, fallback = '') => (typeof value === 'string' ? value : fallback);

/**
 * Counted in Redis when there are several nodes; while Redis is away every node counts for itself. The host's own limits have no such
 * way out, so that ours are told apart from them (`CRM_RATE_STORE`); in a Directus of others they go by its setting.
 */
export function limiterFor(name: string, allowance: Allowance, env: Env): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ keyPrefix: name, ...allowance });
  if ((env['CRM_RATE_STORE'] ?? env['RATE_LIMITER_STORE']) !== 'redis') return memory;
  const address = textFrom(env['REDIS']);
  const parts = {
    host: textFrom(env['REDIS_HOST'], '127.0.0.1'),
    port: Number(env['REDIS_PORT']) > 0 ? Number(env['REDIS_PORT']) : 6379,
    ...(env['REDIS_USERNAME'] ? { username: textFrom(env['REDIS_USERNAME']) } : {}),
    ...(env['REDIS_PASSWORD'] ? { password: textFrom(env['REDIS_PASSWORD']) } : {}),
  };
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 1 };
  const client = address ? new Redis(address, options) : new Redis({ ...parts, ...options });
  client.on('error', () => undefined);
  return new RateLimiterRedis({ storeClient: client, keyPrefix: name, insuranceLimiter: memory, ...allowance });
}
