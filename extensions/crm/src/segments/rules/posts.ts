import { GROUP_SEGMENT_ID, roleOf, type RoleName } from '../../kernel/roles.ts';
import { isGroupStaff, managesSegments, type Person } from './reach.ts';

/** What decides over somebody's rights; nobody changes these on the own log-in (F9). */
const RIGHTS = ['role', 'status', 'crm_segment', 'crm_managed_segments', 'policies', 'crm_pending_exam'] as const;

/** A stored mark as the payload writes it: SQLite keeps 0 and 1. */
const stored = (field: string, value: unknown): unknown => (field === 'crm_pending_exam' ? Boolean(value) : (value ?? null));

/** The rights that a payload would change on the sender's own log-in. */
export function ownRightsTouched(payload: Record<string, unknown>, current: Record<string, unknown>): string[] {
  return RIGHTS.filter((field) => field in payload && payload[field] !== stored(field, current[field]));
}

export type PostReason = 'pool_is_for_group_staff' | 'managed_by_heads_only';

/** Whether a role may be at home in a segment: the group pool is the home of group staff and of nobody else (Q21). */
export function judgeHome(role: RoleName | null, segment: string | null): PostReason | null {
  return role && !isGroupStaff(role) && segment === GROUP_SEGMENT_ID ? 'pool_is_for_group_staff' : null;
}

/** Whether somebody of `role` may manage `segment` (Q18). */
export function judgeManaged(role: RoleName | null, segment: string): PostReason | null {
  if (!managesSegments(role)) return 'managed_by_heads_only';
  return segment === GROUP_SEGMENT_ID ? 'pool_is_for_group_staff' : null;
}

/** Whether an update ends the work of an active system admin. */
export function leavesPost(payload: Record<string, unknown>): boolean {
  const otherRole = 'role' in payload && roleOf(payload['role'] as string | null) !== 'system_admin';
  return otherRole || ('status' in payload && payload['status'] !== 'active');
}

/** A project owner is a sales executive, VP or above, of that company (ORG-9). */
export function mayOwnProject(person: (Person & { company: string | null }) | null, company: string | null): boolean {
  if (!person?.active || (person.role !== 'group_executive' && person.role !== 'segment_head')) return false;
  return company === null || person.company === null || person.company === company;
}
