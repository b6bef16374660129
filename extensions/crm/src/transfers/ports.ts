import type { ApprovalPorts } from '../approvals/index.ts';
import type { Clock } from '../platform/api/clock.ts';

/** What moving a tree needs of its surroundings. */
export interface MovingPorts {
  clock: Clock;
}

/** What transfers and disputes need; `entries/` provides it. */
export interface TransferPorts extends MovingPorts {
  approvals: ApprovalPorts;
}
