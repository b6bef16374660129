import { managesSegments, type Person } from '../../segments/rules/reach.ts';
import { mayImport } from './importer.ts';

/** How many days an import can be undone (N6). */
export const UNDO_DAYS = 30;
/** How many days what its lines say is kept for a check that nobody has signed: without it the rows would bear their mark for good. */
export const UNCHECKED_DAYS = 90;
const DAY_MS = 86_400_000;

export type ImportStatus = 'uploaded' | 'checked' | 'importing' | 'undoing' | 'interrupted' | 'imported' | 'stopped' | 'undone';
export type SampleState = 'not_needed' | 'waiting' | 'accepted' | 'returned';

export interface Standing {
  status: ImportStatus;
  sample_state: SampleState;
  owner: string;
  segment: string;
  /** Rows that could be imported still. */
  ready: number;
  /** Rows that were written. */
  done: number;
  finished: Date | null;
  /** Whoever has begun to take it back; null for nobody. */
  undone_by: string | null;
  /** What its lines said is gone. */
  cleared: boolean;
}

/** What a person may do next with an import that the person sees. */
export interface Allowed {
  /** Read the file in another way, or say what a column is. */
  change: boolean;
  commit: boolean;
  cancel: boolean;
  undo: boolean;
  sample: boolean;
  /** Ask for a new sample, after one that was sent back. */
  redraw: boolean;
}

/** Until when an import can be undone; null where nothing of it stands. */
export const undoUntil = ({ status, finished }: Pick<Standing, 'status' | 'finished'>): Date | null =>
  UNDOABLE.includes(status) && finished ? new Date(finished.getTime() + UNDO_DAYS * DAY_MS) : null;

const UNDOABLE: readonly ImportStatus[] = ['imported', 'stopped', 'interrupted'];
const COMMITTABLE: readonly ImportStatus[] = ['checked', 'interrupted', 'stopped', 'imported'];
/** Nothing is being written of these: they can be checked, also what an undo had to leave (IMP-3). */
export const SETTLED: readonly ImportStatus[] = ['imported', 'stopped', 'undone'];

/**
 * What is open to a person. The importer commits, and stops; whoever answers for the segment may stop and undo it too; the
 * sample is checked by somebody else (IMP-3).
 */
export function whatIsAllowed(import_: Standing, person: Person, now: Date): Allowed {
  const { status, owner, segment, ready, done, sample_state, cleared } = import_;
  const works = mayImport(person);
  const isImporter = works && owner === person.user;
  const answers =
    works && (person.admin || person.role === 'system_admin' || (managesSegments(person.role) && person.managedSegments.includes(segment)));
  const until = undoUntil(import_);
  const isSettled = SETTLED.includes(status);
  return {
    change: isImporter && (status === 'uploaded' || status === 'checked'),
    commit: isImporter && ready > 0 && !import_.undone_by && !cleared && COMMITTABLE.includes(status),
    cancel: (isImporter || answers) && status === 'importing',
    undo: (isImporter || answers) && done > 0 && UNDOABLE.includes(status) && (until === null || now < until),
    sample: answers && owner !== person.user && sample_state === 'waiting' && isSettled && !cleared,
    redraw: isImporter && sample_state === 'returned' && isSettled && !cleared,
  };
}
