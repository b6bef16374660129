import { GROUP_SEGMENT_ID, ROLE_IDS, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';

/** A filter in the host's words; `{}` and null both mean "no restriction" there, so we only ever write null. */
export type RowFilter = Record<string, unknown> | null;

/**
 * Which rows of a collection a role reaches:
 * - `none`    nothing
 * - `own`     rows of the own segment that the caller owns
 * - `segment` rows of the caller's segment or segments
 * - `shared`  configuration: the same, and rows whose empty segment stands for all
 * - `limited` a rule of its own (people, dashboards …), see host-collections.ts
 * - `all`     no row rule
 */
export type Reach = 'none' | 'own' | 'segment' | 'shared' | 'limited' | 'all';

export const HOME = '$CURRENT_USER.crm_segment';
export const MANAGED = '$CURRENT_USER.crm_managed_segments.crm_segment';
export const SELF = '$CURRENT_USER';

/** Roles bound to segments; heads and segment admins may have several (Q18). */
export const SEGMENT_ROLES: readonly RoleName[] = ['segment_head', 'segment_admin', 'sales_rep'];
export const isSegmentRole = (role: RoleName): boolean => SEGMENT_ROLES.includes(role);
export const managesSegments = (role: RoleName): boolean => role === 'segment_head' || role === 'segment_admin';

const inCallersSegments = (role: RoleName) => (managesSegments(role) ? { segment: { _in: MANAGED } } : { segment: { _eq: HOME } });

/**
 * The flat row rule behind a reach (design.md 2). `_nnull` first: for a caller without a segment the host turns
 * `_eq: null` into IS NULL and would show every row that has none (directus-facts.md §3, leak 1).
 */
export function rowRule(role: RoleName, reach: Exclude<Reach, 'none' | 'limited'>): RowFilter {
  if (reach === 'all') return null;
  if (reach === 'shared') return { _or: [{ segment: { _null: true } }, inCallersSegments(role)] };
  const ofSegment = [{ segment: { _nnull: true } }, inCallersSegments(role)];
  return { _and: reach === 'own' ? [...ofSegment, { owner: { _eq: SELF } }] : ofSegment };
}

/**
 * People: a segment sees its own and the group staff, nobody of other segments (ORG-2). The first part makes the list
 * empty for a caller without a segment: `id NOT IN (NULL)` is never true, while no user has the id of a segment.
 */
export function peopleRule(role: RoleName): RowFilter {
  if (!isSegmentRole(role)) return null;
  return {
    _and: [
      { id: { _nin: [HOME] } },
      { crm_segment: { _nnull: true } },
      { crm_segment: { _in: [managesSegments(role) ? MANAGED : HOME, GROUP_SEGMENT_ID] } },
    ],
  };
}

const ONE_OF_OURS = { _in: Object.values(ROLE_IDS) };

/** Log-ins that a system admin may touch: those of the CRM, never a technical administrator's. */
export const CRM_USERS: RowFilter = { _and: [{ role: { _nnull: true } }, { role: ONE_OF_OURS }] };
/** A new log-in must name its role: what is not sent at all would pass a comparison. */
export const NEW_CRM_USERS: RowFilter = { _and: [{ role: { _submitted: true } }, { role: { _nnull: true } }, { role: ONE_OF_OURS }] };
/** A role that is sent must be one of the five; on update it need not be sent. */
export const ROLE_OF_OURS: RowFilter = { role: ONE_OF_OURS };
export const CRM_ROLES: RowFilter = { id: ONE_OF_OURS };
