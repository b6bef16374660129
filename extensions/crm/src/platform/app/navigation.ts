import type { Said } from './i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** The pages of the module, as its menu names them. */
export const NAVIGATION = {
  label: said('CRM 页面', 'CRM pages'),
  myDay: said('我的一天', 'My day'),
  home: said('首页', 'Home'),
  board: said('商机看板', 'Opportunity board'),
  approvals: said('审批', 'Approvals'),
  transfers: said('划转与争议', 'Transfers and disputes'),
  waiting: said('{count} 项待审批', '{count} to decide'),
  imports: said('导入', 'Import'),
  exports: said('导出', 'Export'),
  handover: said('离岗交接', 'Hand over and leave'),
  configuration: said('配置', 'Configuration'),
  fields: said('自有字段', 'Extra fields'),
  doctor: said('系统自检', 'Self-check'),
  certificate: said('隔离证书', 'Isolation certificate'),
  people: said('人员', 'People'),
  accessRequests: said('权限变更', 'Access requests'),
  logIns: said('登录记录', 'Log-ins'),
  trips: said('出差', 'Business trips'),
  leaves: said('请假', 'Leave'),
  faults: said('故障报修', 'Faults'),
  audit: said('审计', 'Audit'),
};
