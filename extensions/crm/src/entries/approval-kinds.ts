import type { ApprovalKind, ApprovalPorts } from '../approvals/index.ts';
import { exportKind } from '../imports/export/approval-kind.ts';
import { readExportSettings } from '../imports/export/settings.ts';
import { leadAllocationKind } from '../pipeline/leads/allocation-kind.ts';
import { discountKind } from '../pipeline/discount/approval-kind.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { transferKinds } from '../transfers/approval-kinds.ts';
import { absenceKinds } from '../users/absences/approval-kinds.ts';
import { freezeKind } from '../users/freeze/approval-kind.ts';
import { requestKind } from '../users/requests/approval-kind.ts';
import { endFormOfFreeze } from '../users/requests/form-of-freeze.ts';

/** All kinds of approval: every capability that needs one brings its own here (APR-1). */
const approvalKinds = (context: HostContext): readonly ApprovalKind[] => [
  discountKind,
  leadAllocationKind(systemClock),
  exportKind(systemClock, readExportSettings(context.env).startMs),
  ...transferKinds({ clock: systemClock }),
  freezeKind({ context, clock: systemClock }, endFormOfFreeze),
  requestKind,
  ...absenceKinds,
];

let ports: ApprovalPorts | null = null;

/** What the engine of approvals needs, once in a process. */
export function approvalPortsFor(context: HostContext): ApprovalPorts {
  ports ??= { clock: systemClock, kinds: approvalKinds(context) };
  return ports;
}
