import type { RoleName } from '../../../kernel/roles.ts';
import { managesSegments } from '../../../segments/index.ts';

/** A lead as it is entered; an owner that was not named is absent. */
export interface EnteredLead {
  source?: unknown;
  customer?: unknown;
  owner?: unknown;
}

/**
 * What the company supplies is nobody's until it is allocated, also where the segment's own admin enters it and names nobody:
 * on a form as in a table (SAL-9).
 */
export const isLeftUnallocated = ({ role }: { role: RoleName | null }, { source, customer, owner }: EnteredLead): boolean =>
  managesSegments(role) && source === 'company' && !customer && owner === undefined;
