import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext } from '../../platform/api/host.ts';

/** Rows that went to somebody else, by collection. */
export type GivenRows = ReadonlyMap<string, ReadonlySet<string>>;

/** What hand-overs need of their surroundings; `entries/` provides it. */
export interface HandoverPorts {
  context: Pick<HostContext, 'database' | 'services' | 'getSchema' | 'logger' | 'env'>;
  clock: Clock;
}
