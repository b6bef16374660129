export type Standing = 'open' | 'overdue' | 'done' | 'declined';

/** An activity as far as its standing goes; `due_on` is a business day. */
export interface StandingOf {
  done_at: unknown;
  due_on: string | null;
  assignment: unknown;
}

/** Where an activity stands on a business day: overdue is never stored, it follows from the day (SAL-6, SAL-8). */
export function standingOf({ done_at, due_on, assignment }: StandingOf, today: string): Standing {
  if (done_at) return 'done';
  if (assignment === 'declined') return 'declined';
  return due_on !== null && due_on < today ? 'overdue' : 'open';
}
