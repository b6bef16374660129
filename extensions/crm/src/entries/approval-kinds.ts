import type { ApprovalKind, ApprovalPorts } from '../approvals/index.ts';
import { discountKind } from '../pipeline/discount/approval-kind.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';

/** All kinds of approval: every capability that needs one brings its own here (APR-1). */
const approvalKinds = (_context: HostContext): readonly ApprovalKind[] => [discountKind];

let ports: ApprovalPorts | null = null;

/** What the engine of approvals needs, once in a process. */
export function approvalPortsFor(context: HostContext): ApprovalPorts {
  ports ??= { clock: systemClock, kinds: approvalKinds(context) };
  return ports;
}
