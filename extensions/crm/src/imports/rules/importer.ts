import { accept, refuse, type Decision } from '../../kernel/decision.ts';
import type { Person } from '../../segments/rules/reach.ts';

/** So many rows of their own a rep may bring in one file (issue 4). */
export const REP_ROWS = 500;

export type ImporterReason = 'forbidden' | 'segment_required' | 'unknown_segment';

/** Where an import goes and what its importer works on: everything, or own rows only. */
export interface ImportPlace {
  segment: string;
  /** The person whose rows alone are written and found again; null for those who write the whole segment. */
  ownOnly: string | null;
}

/** Whoever writes the rows of one segment at least; executives read what others brought. */
export const mayImport = ({ active, admin, role }: Pick<Person, 'active' | 'admin' | 'role'>): boolean =>
  active && (admin || (role !== null && role !== 'group_executive'));

/** The segments that somebody brings rows into: `all`, or these; none for those who only read. */
export function writableSegments(person: Person): 'all' | readonly string[] {
  if (!mayImport(person)) return [];
  if (person.admin || person.role === 'system_admin') return 'all';
  if (person.role !== 'sales_rep') return person.managedSegments;
  return person.homeSegment ? [person.homeSegment] : [];
}

/**
 * The segment of an import, chosen once and among those that the importer may write (F32).
 *
 * @param asked the segment that was named; null where there is none of that name, undefined where none was named.
 */
export function placeImport(person: Person, asked: string | null | undefined): Decision<ImportPlace, ImporterReason> {
  const writable = writableSegments(person);
  if (writable === 'all') {
    if (asked === undefined) return refuse('segment_required');
    return asked === null ? refuse('unknown_segment') : accept({ segment: asked, ownOnly: null });
  }
  if (!writable.length) return refuse('forbidden');
  if (asked === undefined && writable.length > 1) return refuse('segment_required');
  const segment = asked === undefined ? writable[0]! : asked;
  // A segment of others and one that does not exist get the same answer.
  if (segment === null || !writable.includes(segment)) return refuse('forbidden');
  return accept({ segment, ownOnly: person.role === 'sales_rep' ? person.user : null });
}

/** How many rows a file may have. */
export const rowLimit = ({ ownOnly }: Pick<ImportPlace, 'ownOnly'>, most: number): number => (ownOnly ? Math.min(REP_ROWS, most) : most);
