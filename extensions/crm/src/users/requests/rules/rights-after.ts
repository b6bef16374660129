import { GROUP_SEGMENT_ID, type RoleName } from '../../../kernel/roles.ts';
import type { Rows } from '../../../kernel/rows.ts';

type Row = Pick<Rows['crm_access_requests'], 'kind' | 'to_role' | 'to_segment'>;

/** What decides over which rows somebody sees; null: they cannot log in, and see none. */
export interface Rights {
  role: RoleName;
  homeSegment: string | null;
  /** The segments that a head or an admin manages, home included. */
  managedSegments: readonly string[];
}

const isGroupStaff = (role: RoleName): boolean => role === 'system_admin' || role === 'group_executive';
const manages = (role: RoleName): boolean => role === 'segment_head' || role === 'segment_admin';

/**
 * The rights that somebody has once a form is carried out (ACC-10), by the same rules that settle a person's place: group staff is
 * at home in the pool, the old home goes, other managed segments stay with whoever still manages, and nothing else stays.
 */
export function rightsAfter({ kind, to_role, to_segment }: Row, before: Rights | null, post: Rights | null): Rights | null {
  if (kind === 'close' || kind === 'freeze') return null;
  if (kind === 'thaw') return post;
  const role = to_role ?? post?.role ?? null;
  if (!role) return null;
  const homeSegment = isGroupStaff(role) ? GROUP_SEGMENT_ID : (to_segment ?? post?.homeSegment ?? null);
  const others = (post?.managedSegments ?? []).filter((segment) => segment !== post?.homeSegment);
  const managedSegments = manages(role) && homeSegment ? [...new Set([homeSegment, ...others])] : manages(role) ? others : [];
  const after: Rights = { role, homeSegment, managedSegments };
  return kind === 'open' || before ? after : null;
}

/** Which rows rights show, as data for a query: all of them, whole segments, one's own in a segment, or none (ORG-2 … ORG-6). */
export type Sight = { of: 'all' } | { of: 'segments'; segments: readonly string[] } | { of: 'own'; segment: string } | { of: 'none' };

export function sightOf(rights: Rights | null): Sight {
  if (!rights) return { of: 'none' };
  if (isGroupStaff(rights.role)) return { of: 'all' };
  if (manages(rights.role)) return rights.managedSegments.length ? { of: 'segments', segments: rights.managedSegments } : { of: 'none' };
  return rights.homeSegment ? { of: 'own', segment: rights.homeSegment } : { of: 'none' };
}
