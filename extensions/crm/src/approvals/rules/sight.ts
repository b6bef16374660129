import type { RoleName } from '../../kernel/roles.ts';

/** Whoever looks at a request. */
export interface Viewer {
  user: string;
  role: RoleName | null;
  /** Host admin access: the technical administrator. */
  admin: boolean;
  homeSegment: string | null;
  managedSegments: readonly string[];
}

export interface Seen {
  segment: string;
  owner: string | null;
  requestedBy: string | null;
  /** It is about no record of anybody: what somebody wants to do themselves. */
  standsAlone: boolean;
}

const isGroupStaff = (role: RoleName | null): boolean => role === 'system_admin' || role === 'group_executive';

/**
 * Whether the row rules of the access matrix show the request. A rep sees what they asked for about a record of nobody too; what has
 * become somebody else's is theirs to see no more, whoever asked (Q1). A request about nobody's record tells its asker nothing new, wherever
 * they work by now.
 */
export function maySee(
  { admin, user, role, homeSegment, managedSegments }: Viewer,
  { segment, owner, requestedBy, standsAlone }: Seen,
): boolean {
  if (admin || isGroupStaff(role)) return true;
  if (role === null) return false;
  if (standsAlone && requestedBy === user && owner === user) return true;
  return role === 'sales_rep' ? segment === homeSegment && (owner ?? requestedBy) === user : managedSegments.includes(segment);
}

/** Whether the viewer sees a person by name: of the own segments, of the group staff, or oneself (ORG-2). */
export function maySeePerson(viewer: Viewer, person: { user: string; homeSegment: string | null }, groupSegment: string): boolean {
  if (viewer.admin || isGroupStaff(viewer.role) || person.user === viewer.user) return true;
  if (viewer.role === null || person.homeSegment === null) return false;
  const own = viewer.role === 'sales_rep' ? (viewer.homeSegment ? [viewer.homeSegment] : []) : viewer.managedSegments;
  return own.length > 0 && [...own, groupSegment].includes(person.homeSegment);
}
