import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { toBusinessDate } from '../kernel/calendar/business-date.ts';
import type { Clock } from '../platform/api/clock.ts';

/**
 * How many different whole numbers and addresses one person may look for on one day. A mask leaves ten thousand numbers
 * open: without a limit, whoever sees the row could try them all and never leave a trace of a look (SEC-5).
 */
export const MOST_SEARCHES = 300;

/** For the limiter that counts; a day's count is never asked for again. */
export const SEARCH_ALLOWANCE = { points: MOST_SEARCHES, duration: 86_400 };

/**
 * Counts what each person has looked for today, with the limiter that all nodes of an installation share; what this
 * process has been asked before counts once.
 */
export function searchLimit(clock: Clock, limiter: Pick<RateLimiterAbstract, 'consume'>): (user: string, term: string) => Promise<boolean> {
  let day = '';
  let seen = new Map<string, Set<string>>();
  return async (user, term) => {
    const today = toBusinessDate(clock.now());
    if (today !== day) [day, seen] = [today, new Map()];
    const terms = seen.get(user) ?? new Set<string>();
    seen.set(user, terms);
    if (terms.has(term)) return true;
    const isCounted = await limiter.consume(`${today}:${user}`).then(() => true, isSpent);
    if (isCounted) terms.add(term);
    return isCounted;
  };
}

/** Spent is an answer; a limiter that fails is an error, and nothing is looked for. */
function isSpent(reason: unknown): false {
  if (reason instanceof RateLimiterRes) return false;
  throw reason as Error;
}
