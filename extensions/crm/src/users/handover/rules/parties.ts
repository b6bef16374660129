import { GROUP_SEGMENT_ID } from '../../../kernel/roles.ts';
import { isGroupStaff, managesSegments, type Person } from '../../../segments/index.ts';

/** Whose work somebody may hand over: group marketing everybody's, a segment admin that of the segment's people (ACC-10). */
export interface Scope {
  /** null: every segment. */
  segments: readonly string[] | null;
}

/** What the asker may hand over at all; null: nothing. */
export function scopeOf({ admin, role, managedSegments }: Pick<Person, 'admin' | 'role' | 'managedSegments'>): Scope | null {
  if (admin || role === 'system_admin') return { segments: null };
  return role === 'segment_admin' && managedSegments.length ? { segments: managedSegments } : null;
}

/** Whether somebody is one of the people whom the asker answers for; others answer as nobody. */
export function isWithin({ segments }: Scope, { role, homeSegment, managedSegments }: Person): boolean {
  if (segments === null) return true;
  if (isGroupStaff(role)) return false;
  const places = [homeSegment, ...(managesSegments(role) ? managedSegments : [])];
  return places.some((place) => place !== null && segments.includes(place));
}

export const isInScope = ({ segments }: Scope, segment: string | null): boolean =>
  segments === null || (segment !== null && segments.includes(segment));

/** Where the rows of a hand-over stood when it was planned; null: in no segment. */
export type Places = readonly (string | null)[];

export const reachesAll = (scope: Scope, places: Places): boolean => places.every((segment) => isInScope(scope, segment));
export const reachesSome = (scope: Scope, places: Places): boolean => places.some((segment) => isInScope(scope, segment));

/**
 * Whose a hand-over is: that of the one segment where all of its rows stand and everybody of it works; else group marketing's, because
 * it tells of more than one segment (ORG-2).
 */
export function segmentOfHandover(places: Places, people: readonly Person[]): string {
  const [only, ...others] = new Set(places);
  if (others.length || typeof only !== 'string') return GROUP_SEGMENT_ID;
  return people.every((person) => isWithin({ segments: [only] }, person)) ? only : GROUP_SEGMENT_ID;
}

/** Whether somebody may read a hand-over and take it back: who answers for its segment, and who asked for it while they reach all of it. */
export const answersFor = (
  scope: Scope,
  user: string,
  { segment, asker, places }: { segment: string | null; asker: string | null; places: Places },
): boolean => isInScope(scope, segment) || (asker === user && reachesAll(scope, places));
