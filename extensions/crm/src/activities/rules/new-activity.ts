import { isBlank } from '../../kernel/text/plain.ts';

type Sent = Readonly<Record<string, unknown>>;

const DEFAULT_TYPE = 'call';
/** Clocks differ a little: what a person did just now is not the future. */
const CLOCK_LEEWAY_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;

const isEmpty = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'string' && isBlank(value));

/**
 * What a new activity has though nobody typed it (USE-3): a quick entry is called after its kind, and "no change" is something
 * that was found out now, unless it is planned for a day.
 *
 * @param nameOf what a type is called.
 */
export function fillNew(sent: Sent, now: Date, nameOf: (type: string) => string | null): Record<string, unknown> {
  const type = typeof sent['type'] === 'string' ? sent['type'] : DEFAULT_TYPE;
  const name = isEmpty(sent['subject']) ? nameOf(type) : null;
  const isFoundNow = type === 'no_change' && isEmpty(sent['done_at']) && isEmpty(sent['due_on']);
  return { ...sent, ...(name ? { subject: name } : {}), ...(isFoundNow ? { done_at: now.toISOString() } : {}) };
}

interface DoneFault {
  field: 'done_at';
  reason: 'done_in_future';
}
interface NewDueFault {
  field: 'due_on';
  reason: 'due_in_past';
}

export type DateFault = DoneFault | NewDueFault | { field: 'due_on'; reason: 'due_moved_into_past' | 'due_of_assigned' };

/** A moment that says how far it is from UTC; without it nobody knows whose clock is meant, and a day is let pass. */
const CERTAIN = /T.*(?:Z|[+-]\d\d:?\d\d)$/iu;

/**
 * Nothing was done later than now. What was done long ago may be entered late (IMP-4); what is more than a day ahead is no
 * moment of the past on any clock, and the form of the value refuses it.
 */
export function doneFault(sent: Sent, now: Date): DoneFault | null {
  const done = sent['done_at'];
  if (typeof done !== 'string' || !CERTAIN.test(done.trim())) return null;
  const ahead = Date.parse(done) - now.getTime();
  return ahead > CLOCK_LEEWAY_MS && ahead <= DAY_MS ? { field: 'done_at', reason: 'done_in_future' } : null;
}

/** A new activity is not planned for a day that is over, unless it is done already (SAL-8). */
export function dueFault(sent: Sent, today: string): NewDueFault | null {
  const due = sent['due_on'];
  if (typeof due !== 'string' || !/^\d{4}-\d\d-\d\d/u.test(due.trim()) || !isEmpty(sent['done_at'])) return null;
  return due.trim().slice(0, 10) < today ? { field: 'due_on', reason: 'due_in_past' } : null;
}

/** An activity as it stands before its due day is written. */
export interface Standing {
  /** A business day. */
  dueOn: string | null;
  done: boolean;
  assignedBy: unknown;
}

/**
 * Whether a due day may be written over the one that stands (SAL-6, SAL-8): that one may be sent again with the rest of a form; open
 * work is not moved into the past; and of work that somebody else asked for a rep does not put the day off, else it would never be
 * overdue. Whoever asked for it moves it, or a head or an admin of the segment.
 */
export function dueChangeFault(
  sent: Sent,
  { dueOn, done, assignedBy }: Standing,
  { actor: { user, role }, today }: { actor: { user: string; role: string | null }; today: string },
): DateFault | null {
  const due = sent['due_on'];
  const day = typeof due === 'string' ? due.trim().slice(0, 'YYYY-MM-DD'.length) : null;
  if (due === undefined || day === dueOn) return null;
  if (role === 'sales_rep' && assignedBy && assignedBy !== user) return { field: 'due_on', reason: 'due_of_assigned' };
  const done_at = 'done_at' in sent ? sent['done_at'] : done || null;
  return dueFault({ due_on: due, done_at }, today) ? { field: 'due_on', reason: 'due_moved_into_past' } : null;
}

/**
 * Whether somebody would say of work on another's record that it is done, and may only ask for it: an executive gives work to
 * others, and what was done with a customer is said by those who work with it (ORG-4). Work of their own stands on no record.
 */
export function assignsOnly({ user, role }: { user: string; role: string | null }, row: Sent): boolean {
  if (role !== 'group_executive' || isEmpty(row['done_at']) || row['owner'] === user) return false;
  return ['customer', 'lead', 'opportunity'].some((link) => !isEmpty(row[link]));
}
