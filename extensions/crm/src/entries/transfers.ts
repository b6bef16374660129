import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { ExecutePorts } from '../transfers/execute.ts';
import { approvalPortsFor } from './approval-kinds.ts';

/** What transfers and disputes need, for routes and for the steps of a write. */
export const transferPortsFor = (context: HostContext): ExecutePorts => ({
  clock: systemClock,
  approvals: approvalPortsFor(context),
  context,
});
