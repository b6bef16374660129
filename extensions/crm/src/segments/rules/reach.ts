import type { RoleName } from '../../kernel/roles.ts';

/** Where a row stands: whose segment, whose work. */
export interface Place {
  segment: string | null;
  owner: string | null;
}

/** A person as far as segments go: the one who acts, or one who is to own a row. */
export interface Person {
  user: string;
  role: RoleName | null;
  /** Host admin access: the technical administrator. */
  admin: boolean;
  active: boolean;
  homeSegment: string | null;
  managedSegments: readonly string[];
}

export const isGroupStaff = (role: RoleName | null): boolean => role === 'system_admin' || role === 'group_executive';
export const managesSegments = (role: RoleName | null): boolean => role === 'segment_head' || role === 'segment_admin';

/** Whether the row rules of the access matrix show `place` to `person`; the same rule in memory (ORG-2, ORG-5, ORG-6). */
export function mayReach(person: Person, place: Place): boolean {
  if (person.admin || isGroupStaff(person.role)) return true;
  if (place.segment === null) return false;
  if (managesSegments(person.role)) return person.managedSegments.includes(place.segment);
  return person.role === 'sales_rep' && place.segment === person.homeSegment && place.owner === person.user;
}

/** Whether somebody may own rows of a segment: works here, is at home in it or manages it (Q18). */
export function belongsTo(person: Person, segment: string): boolean {
  if (!person.active || person.role === null) return false;
  return person.homeSegment === segment || (managesSegments(person.role) && person.managedSegments.includes(segment));
}
