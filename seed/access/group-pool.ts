import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID } from '../../extensions/crm/src/kernel/roles.ts';

/** The company that the group pool belongs to; every installation needs one before the first system admin has a home. */
export const GROUP_COMPANY_ROW = { id: GROUP_COMPANY_ID, name: '集团总部', short_name: '集团' };

/** The group pool `s00` (Q21): home of the group staff and of leads that have no segment yet. */
export const GROUP_POOL_ROW = {
  id: GROUP_SEGMENT_ID,
  code: 's00',
  name: '集团公海',
  company: GROUP_COMPANY_ID,
  timezone: 'Asia/Shanghai',
  allocation_needs_approval: false,
  is_group_pool: true,
  active: true,
  sort: 0,
};
