import { accept, refuse, type Decision } from '../../kernel/decision.ts';

export type Answer = 'accept' | 'decline';

/** An assigned activity, as far as answering goes. */
export interface Assigned {
  owner: string;
  assignment: 'requested' | 'accepted' | 'declined' | null;
  done_at: unknown;
}

export type AnswerReason = 'not_the_owner' | 'not_assigned' | 'already_answered' | 'already_done' | 'reason_required';

/**
 * Whether somebody may answer to an activity, and what it becomes (SAL-6): only whoever is to do it, only once, and who
 * declines says why.
 */
export function decideAnswer(
  { owner, assignment, done_at }: Assigned,
  { actor, answer, reason }: { actor: string; answer: Answer; reason: string },
): Decision<{ assignment: 'accepted' | 'declined'; declined_reason: string | null }, AnswerReason> {
  if (owner !== actor) return refuse('not_the_owner');
  if (assignment === null) return refuse('not_assigned');
  if (done_at) return refuse('already_done');
  if (assignment !== 'requested') return refuse('already_answered');
  if (answer === 'accept') return accept({ assignment: 'accepted', declined_reason: null });
  return reason ? accept({ assignment: 'declined', declined_reason: reason }) : refuse('reason_required');
}

/**
 * What an assignment becomes by what is written on the activity itself: new work for somebody else waits for an answer unless
 * it is done already, and doing it is taking it on.
 */
export function assignmentAfter({
  assigned_by,
  assignment,
  done_at,
}: Pick<Assigned, 'assignment' | 'done_at'> & { assigned_by: unknown }): Assigned['assignment'] {
  if (!assigned_by) return assignment;
  if (done_at) return assignment === null ? null : 'accepted';
  return assignment ?? 'requested';
}
