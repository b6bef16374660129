/** An activity, as far as giving it to somebody else goes. */
export interface Declined {
  assigned_by: string | null;
  assignment: string | null;
  done_at: unknown;
  customer: string | null;
  lead: string | null;
  opportunity: string | null;
}

export type ReassignmentReason = 'not_assigner' | 'on_a_record' | 'already_done' | 'not_declined';

/**
 * Why an activity cannot be given to somebody else; null where it can: only whoever assigned it does so, only once it was declined, and only
 * where it hangs on no record, whose owner it would be (design.md 2).
 */
export function decideReassignment(
  { assigned_by, assignment, done_at, customer, lead, opportunity }: Declined,
  actor: string,
): ReassignmentReason | null {
  if (assigned_by !== actor) return 'not_assigner';
  if (customer ?? lead ?? opportunity) return 'on_a_record';
  if (done_at) return 'already_done';
  return assignment === 'declined' ? null : 'not_declined';
}
