import { GROUP_SEGMENT_ID, type RoleName } from '../../../kernel/roles.ts';
import type { Rows } from '../../../kernel/rows.ts';
import { rightsAfter, type Rights } from './rights-after.ts';

type Row = Pick<Rows['crm_access_requests'], 'kind' | 'to_role' | 'to_segment'>;

const isGroupStaff = (role: RoleName | undefined): boolean => role === 'system_admin' || role === 'group_executive';
const PLACED: readonly Row['kind'][] = ['open', 'move', 'rights'];

/**
 * The segment whose leaders decide a form: that of the person, except where somebody comes to head or administer others. No segment
 * gives itself power over another one (ORG-2): over one segment that one decides, over several or over the group the group does.
 *
 * @param standsIn where the form stands.
 * @param post the post of the person, whether they may log in or not; null for somebody new.
 */
export function segmentThatDecides(row: Row, standsIn: string, post: Rights | null): string {
  const after = PLACED.includes(row.kind) ? rightsAfter(row, post, post) : null;
  if (!after) return standsIn;
  if (isGroupStaff(after.role) || isGroupStaff(post?.role)) return GROUP_SEGMENT_ID;
  const gained = after.managedSegments.filter((segment) => after.role !== post?.role || !post.managedSegments.includes(segment));
  return gained.length > 1 ? GROUP_SEGMENT_ID : (gained[0] ?? standsIn);
}
