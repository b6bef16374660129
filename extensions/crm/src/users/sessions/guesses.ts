import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Language } from '../../platform/api/actor.ts';
import { limiterFor } from '../../platform/api/limiter.ts';
import type { Guesses } from './ports.ts';
import { sessionRefusal } from './refuse.ts';

const MINUTE = 60;

let made: Guesses | null = null;

/** Nobody types a password more often than this; whoever does is a program. One count for every way to guess. */
export const guessesFor = (env: Readonly<Record<string, unknown>>): Guesses =>
  (made ??= {
    person: limiterFor('crm-password-person', { points: 10, duration: MINUTE }, env),
    network: limiterFor('crm-password-network', { points: 30, duration: MINUTE }, env),
  });

/** Takes one of somebody's tries, or refuses until there are new ones. */
export async function takeTry(limiter: RateLimiterAbstract, key: string, language: Language | null): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    throw sessionRefusal('too_many', language, { seconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) });
  }
}
