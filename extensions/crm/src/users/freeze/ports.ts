import type { ApprovalPorts } from '../../approvals/index.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext } from '../../platform/api/host.ts';

/** What freezing needs of its surroundings. */
export interface FreezePorts {
  context: Pick<HostContext, 'database' | 'services' | 'getSchema' | 'emitter' | 'logger'>;
  clock: Clock;
}

/** With the engine, for whoever may ask for an approval. */
export interface FreezeDeskPorts extends FreezePorts {
  approvals: ApprovalPorts;
}
