import { accept, refuse, type Decision } from '../../kernel/decision.ts';

/** What is asked, with everything that decides over it already looked up. */
export interface TransferRequest {
  asker: 'staff' | 'manager' | 'other';
  customer: { segment: string; owner: string; status: string };
  toSegment: { id: string; active: boolean; isPool: boolean } | null;
  toOwner: string | null;
  /** Whether whoever is named works in the target segment at this moment; null where nobody is named. */
  ownerFits: boolean | null;
  reasonSays: boolean;
  /** Another request for this customer is not done with yet. */
  isAnotherOpen: boolean;
  /** The switch of the customer's segment (Q2). */
  needsApproval: boolean;
}

export type RequestReason =
  | 'reason_needed'
  | 'segment_unknown'
  | 'segment_inactive'
  | 'pool_not_here'
  | 'customer_merged'
  | 'already_open'
  | 'owner_needed'
  | 'same_owner'
  | 'owner_elsewhere'
  | 'owner_by_marketing';

/** What follows from a request: done at once, or asked of somebody first, or left to group marketing to execute. */
export interface Course {
  kind: 'within' | 'across';
  next: 'execute' | 'ask' | 'await_execution';
}

/**
 * Whether a customer may be asked for, and what follows (Q2, ORG-3). Within the segment a head, an admin and group marketing
 * need nobody's approval unless the segment's switch is on, everybody else does; across segments group marketing decides.
 */
export function decideRequest(request: TransferRequest): Decision<Course, RequestReason> {
  const { customer, toSegment, toOwner, asker } = request;
  if (!request.reasonSays) return refuse('reason_needed');
  if (!toSegment) return refuse('segment_unknown');
  if (customer.status === 'merged') return refuse('customer_merged');
  const isWithin = toSegment.id === customer.segment;
  if (!isWithin && !toSegment.active) return refuse('segment_inactive');
  if (!isWithin && toSegment.isPool && asker !== 'staff') return refuse('pool_not_here');
  if (!isWithin && toOwner && asker !== 'staff') return refuse('owner_by_marketing');
  if (isWithin && !toOwner) return refuse('owner_needed');
  if (isWithin && toOwner === customer.owner) return refuse('same_owner');
  if (request.ownerFits === false) return refuse('owner_elsewhere');
  if (request.isAnotherOpen) return refuse('already_open');
  if (!isWithin) return accept({ kind: 'across', next: asker === 'staff' ? 'await_execution' : 'ask' });
  return accept({ kind: 'within', next: asker === 'other' || request.needsApproval ? 'ask' : 'execute' });
}
