export { approvalOf } from './approval-of.ts';
/** For use cases that are a decision themselves, in their own transaction. */
export { decideApproval } from './decide.ts';
export type { ApprovalKind, ApprovalPorts, ApprovalRequest, ApprovalRow, AskedLine } from './kinds.ts';
export { requestApproval } from './request.ts';
export { voidApprovals } from './void.ts';
/** What waits for somebody's decision, for the page of their day. */
export { waitingPage } from './inbox.ts';
