import type { RoleName } from '../../kernel/roles.ts';
import { worksFor } from './deciders.ts';

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
}

const seesGroup = ({ admin, role }: Viewer): boolean => admin || role === 'system_admin' || role === 'group_executive';

/** Whether the row rules of the access matrix show the request, or it is the viewer's own one in a segment they still work in. */
export function maySee(viewer: Viewer, { segment, owner, requestedBy }: Seen): boolean {
  if (seesGroup(viewer)) return true;
  const { user, role, homeSegment, managedSegments } = viewer;
  if (role === null) return false;
  if (requestedBy === user && worksFor({ role, homeSegment, managedSegments }, segment)) return true;
  return role === 'sales_rep' ? segment === homeSegment && owner === user : managedSegments.includes(segment);
}

/** Whether the viewer sees a person by name: of the own segments, of the group staff, or oneself (ORG-2). */
export function maySeePerson(viewer: Viewer, person: { user: string; homeSegment: string | null }, groupSegment: string): boolean {
  if (seesGroup(viewer) || person.user === viewer.user) return true;
  if (viewer.role === null || person.homeSegment === null) return false;
  const own = viewer.role === 'sales_rep' ? (viewer.homeSegment ? [viewer.homeSegment] : []) : viewer.managedSegments;
  return own.length > 0 && [...own, groupSegment].includes(person.homeSegment);
}
