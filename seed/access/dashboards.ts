import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { stableId } from '../ids.ts';

export const SEGMENT_DASHBOARD = stableId('dashboard:segment');
export const GROUP_DASHBOARD = stableId('dashboard:group');

/** The host's dashboards have no role, so each role is granted its own by id. */
export const DASHBOARDS: Record<RoleName, readonly string[]> = {
  system_admin: [GROUP_DASHBOARD],
  group_executive: [GROUP_DASHBOARD],
  segment_head: [SEGMENT_DASHBOARD],
  segment_admin: [SEGMENT_DASHBOARD],
  sales_rep: [],
};
