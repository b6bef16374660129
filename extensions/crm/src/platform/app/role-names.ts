import type { Said } from './i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** The roles of the CRM, and who has none, as every page calls them. */
export const ROLE_NAMES: Record<string, Said> = {
  system_admin: said('系统管理员', 'System admin'),
  group_executive: said('集团管理层', 'Group executive'),
  segment_head: said('版块负责人', 'Segment head'),
  segment_admin: said('版块管理员', 'Segment admin'),
  sales_rep: said('业务人员', 'Sales rep'),
  anonymous: said('未登录', 'Not logged in'),
  all: said('全部', 'All'),
};
