import type { HostContext } from '../platform/api/host.ts';
import type { ExecutePorts } from '../transfers/execute.ts';
import { approvalPortsFor } from './approval-kinds.ts';
import { moving } from './moving.ts';

/** What transfers and disputes need, for routes and for the steps of a write. */
export const transferPortsFor = (context: HostContext): ExecutePorts => ({ ...moving, approvals: approvalPortsFor(context), context });
