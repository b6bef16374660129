import { requestApproval, voidApprovals } from '../approvals/index.ts';
import { LEAD_ALLOCATION, toAllocationRequest } from '../pipeline/leads/allocation-kind.ts';
import type { ConvertPorts } from '../pipeline/leads/convert.ts';
import type { LeadPorts } from '../pipeline/leads/ports.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { approvalPortsFor } from './approval-kinds.ts';
import { keysFor } from './keys.ts';

/** What leads need: the clock, and the engine of approvals (SAL-10). */
export const leadPortsFor = (context: HostContext): LeadPorts => ({
  clock: systemClock,
  askApproval: (database, wish) => requestApproval(database, approvalPortsFor(context), toAllocationRequest(wish)),
  voidApprovals: (database, item) => voidApprovals(database, systemClock, { collection: 'crm_leads', item, kind: LEAD_ALLOCATION }),
});

export const convertPortsFor = (context: HostContext): ConvertPorts => ({ ...leadPortsFor(context), context, keys: keysFor(context) });
