import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext } from '../../platform/api/host.ts';

/** How often somebody may guess, by person and by network. */
export interface Guesses {
  person: RateLimiterAbstract;
  network: RateLimiterAbstract;
}

/** What sessions and passwords need of their surroundings. */
export interface SessionPorts {
  context: HostContext;
  clock: Clock;
  guesses: Guesses;
}
