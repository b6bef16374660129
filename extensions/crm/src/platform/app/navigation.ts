import type { Said } from './i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** The pages of the module, as its menu names them. */
export const NAVIGATION = {
  label: said('CRM 页面', 'CRM pages'),
  myDay: said('我的一天', 'My day'),
  home: said('首页', 'Home'),
  board: said('商机看板', 'Opportunity board'),
  approvals: said('审批', 'Approvals'),
  waiting: said('{count} 项待审批', '{count} to decide'),
  imports: said('导入', 'Import'),
  exports: said('导出', 'Export'),
  configuration: said('配置', 'Configuration'),
  fields: said('自有字段', 'Extra fields'),
  doctor: said('系统自检', 'Self-check'),
  certificate: said('隔离证书', 'Isolation certificate'),
  audit: said('审计', 'Audit'),
};
