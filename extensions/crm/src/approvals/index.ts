export { approvalOf } from './approval-of.ts';
export type { ApprovalKind, ApprovalPorts, ApprovalRequest, ApprovalRow, AskedLine } from './kinds.ts';
export { requestApproval } from './request.ts';
export { voidApprovals } from './void.ts';
