import { managesSegments, type Person } from '../../segments/rules/reach.ts';
import { mayImport } from './importer.ts';

/** How many days an import can be undone (N6). */
export const UNDO_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Standing {
  status: 'uploaded' | 'checked' | 'importing' | 'interrupted' | 'imported' | 'stopped' | 'undone';
  sample_state: 'not_needed' | 'waiting' | 'accepted' | 'returned';
  owner: string;
  segment: string;
  /** Rows that could be imported. */
  ready: number;
  finished: Date | null;
}

/** What a person may do next with an import that the person sees. */
export interface Allowed {
  /** Read the file in another way, or say what a column is. */
  change: boolean;
  commit: boolean;
  cancel: boolean;
  undo: boolean;
  sample: boolean;
}

/** Until when an import can be undone; null where there is nothing to undo. */
export const undoUntil = ({ status, finished }: Pick<Standing, 'status' | 'finished'>): Date | null =>
  status === 'imported' && finished ? new Date(finished.getTime() + UNDO_DAYS * DAY_MS) : null;

/**
 * What is open to a person. The importer commits, and stops; whoever answers for the segment may stop and undo it too; the sample
 * is checked by somebody else (IMP-3).
 */
export function whatIsAllowed(import_: Standing, person: Person, now: Date): Allowed {
  const { status, owner, segment, ready, sample_state } = import_;
  const works = mayImport(person);
  const isImporter = works && owner === person.user;
  const answers =
    works && (person.admin || person.role === 'system_admin' || (managesSegments(person.role) && person.managedSegments.includes(segment)));
  const until = undoUntil(import_);
  return {
    change: isImporter && (status === 'uploaded' || status === 'checked'),
    commit: isImporter && ready > 0 && ['checked', 'interrupted', 'stopped'].includes(status),
    cancel: (isImporter || answers) && status === 'importing',
    undo: (isImporter || answers) && until !== null && now < until,
    sample: answers && owner !== person.user && sample_state === 'waiting',
  };
}
