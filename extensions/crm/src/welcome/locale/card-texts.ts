import type { RoleName } from '../../kernel/roles.ts';
import type { Said } from '../../platform/api/say.ts';

/** What the log-in page of the demo says; `{host}` and `{licence}` are the host's name and the name of its licence. */
export const OFFER_TEXTS = {
  heading: { 'zh-CN': '演示环境：选择一个角色直接进入', 'en-US': 'Demo: choose a role and walk in' },
  nature: {
    'zh-CN': '所有人员与客户均为虚构。Directus 采用 BUSL-1.1 许可：集团年度财务规模不超过 500 万美元可免费用于生产。',
    'en-US':
      'All people and customers are invented. Directus is licensed under BUSL-1.1: free in production up to US$5 million of the group’s total finances.',
  },
  failed: {
    'zh-CN': '无法以此角色登录，请用邮箱和密码登录，或重新启动演示。',
    'en-US': 'This role cannot log in. Use e-mail and password, or start the demo again.',
  },
} as const satisfies Record<string, Said>;

/** Name of each role and what it is for, in a few words. */
export const CARD_TEXTS: Readonly<Record<RoleName, { icon: string; title: Said; purpose: Said }>> = {
  sales_rep: {
    icon: 'person_pin',
    title: { 'zh-CN': '销售代表', 'en-US': 'Sales rep' },
    purpose: { 'zh-CN': '自己的客户、商机与行动', 'en-US': 'Own customers and business' },
  },
  segment_admin: {
    icon: 'manage_accounts',
    title: { 'zh-CN': '版块管理员', 'en-US': 'Segment admin' },
    purpose: { 'zh-CN': '分配线索，维护本版块', 'en-US': 'Allocates and maintains' },
  },
  segment_head: {
    icon: 'workspaces',
    title: { 'zh-CN': '版块负责人', 'en-US': 'Segment head' },
    purpose: { 'zh-CN': '本版块全貌与指派', 'en-US': 'The whole segment' },
  },
  group_executive: {
    icon: 'apartment',
    title: { 'zh-CN': '集团管理层', 'en-US': 'Group executive' },
    purpose: { 'zh-CN': '查看全部版块', 'en-US': 'Sees all segments' },
  },
  system_admin: {
    icon: 'admin_panel_settings',
    title: { 'zh-CN': '系统管理员', 'en-US': 'System admin' },
    purpose: { 'zh-CN': '用户、数据与配置', 'en-US': 'Users, data, settings' },
  },
};
