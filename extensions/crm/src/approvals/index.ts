/** Who is on leave today; users/absences brings it. */
export { provideAway, type AwayToday } from './away.ts';
export { approvalOf } from './approval-of.ts';
/** For use cases that are a decision themselves, in their own transaction. */
export { decideApproval } from './decide.ts';
export type { ApprovalKind, ApprovalPorts, ApprovalRequest, ApprovalRow, AskedLine } from './kinds.ts';
/** People and segments by the names that the caller may know. */
export { namesFor } from './names.ts';
export { requestApproval } from './request.ts';
export { withdrawApproval } from './talk.ts';
export { voidApprovals } from './void.ts';
/** What waits for somebody's decision, for the page of their day. */
export { waitingPage } from './inbox.ts';
/** The last day of a time limit in working days, and the day it is. */
export { dueDay } from './time-limit.ts';
