import type { RoleName } from '../../../kernel/roles.ts';
import { belongsTo, mayOwnProject, type Person } from '../../../segments/index.ts';

/** Something that somebody is named for now, and that goes to a successor. */
export interface Post {
  collection: string;
  field: string;
  item: string;
  /** null: it is of the whole group. */
  segment: string | null;
}

const DECIDERS: readonly (RoleName | null)[] = ['segment_head', 'group_executive'];

/**
 * Whether somebody can be named for what another was: a lead region is for a rep of the segment, a project for an executive or a head
 * of the company (ORG-9), a decision for a head, an executive or whoever has the same role; all else for whoever works there.
 *
 * @param former the role of whoever has it now; undefined on the way back, when it was the person's already.
 */
export function fitsPost(
  to: Person & { company: string | null },
  former: RoleName | null | undefined,
  { collection, item, segment }: Post,
): boolean {
  if (!to.active || to.role === null) return false;
  if (segment !== null && !belongsTo(to, segment)) return false;
  switch (collection) {
    case 'crm_companies':
      return mayOwnProject(to, item);
    case 'crm_lead_routes':
      return to.role === 'sales_rep' && to.homeSegment === segment;
    case 'crm_approval_steps':
      return former === undefined || to.role === former || DECIDERS.includes(to.role);
    default:
      return true;
  }
}
