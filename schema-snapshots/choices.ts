/** Lists of choices that several collections share. */
import { choice } from './fields.ts';

/** A, B or C after qualification; an axis of its own beside the class (CUS-10, Q3). */
export const GRADES = [
  choice('A', 'A 级', 'A', { icon: 'star', color: '#C9302C' }),
  choice('B', 'B 级', 'B', { icon: 'star_half', color: '#D98200' }),
  choice('C', 'C 级', 'C', { icon: 'star_outline', color: '#5B7083' }),
];

/** 重点, 一般, 潜在 (CUS-9). */
export const CLASSES = [
  choice('key', '重点', 'Key', { icon: 'workspace_premium', color: '#B5179E' }),
  choice('general', '一般', 'General', { icon: 'person', color: '#2E6FBA' }),
  choice('potential', '潜在', 'Potential', { icon: 'eco', color: '#2E8B57' }),
];

/** What a customer is; not every customer is a company (Q20). */
export const KINDS = [
  choice('company', '企业', 'Company', { icon: 'business' }),
  choice('institution', '机关事业单位', 'Institution', { icon: 'account_balance' }),
  choice('sole_trader', '个体工商户', 'Sole trader', { icon: 'storefront' }),
  choice('person', '个人', 'Person', { icon: 'person' }),
  choice('foreign', '境外客户', 'Foreign', { icon: 'public' }),
];

/** The stages that every installation begins with, by their Chinese names (SAL-2). */
export const STAGE_NAMES = [
  choice('初步接触', '初步接触', 'First contact', { color: '#5B7083' }),
  choice('需求分析', '需求分析', 'Needs analysis', { color: '#2E6FBA' }),
  choice('方案提交', '方案提交', 'Proposal', { color: '#7A5AF8' }),
  choice('商务谈判', '商务谈判', 'Negotiation', { color: '#D98200' }),
  choice('成交', '成交', 'Won', { color: '#2E8B57' }),
  choice('流失', '流失', 'Lost', { color: '#C9302C' }),
];

export const SOURCES = [
  choice('own', '自主开发', 'Own work'),
  choice('company', '公司分配', 'Given by the company'),
  choice('referral', '客户推荐', 'Referral'),
  choice('exhibition', '展会活动', 'Exhibition or event'),
  choice('website', '网站咨询', 'Website enquiry'),
  choice('phone', '电话来访', 'Phone call'),
  choice('tender', '招标信息', 'Tender'),
  choice('other', '其他', 'Other'),
];

/** How somebody worked (SAL-14); `no_change` records that nothing is new. */
export const ACTIVITY_TYPES = [
  choice('call', '电话', 'Call', { icon: 'call', color: '#2E8B57' }),
  choice('mail', '邮件', 'Mail', { icon: 'mail', color: '#2E6FBA' }),
  choice('visit', '拜访', 'Visit', { icon: 'directions_walk', color: '#7A5AF8' }),
  choice('meeting', '会议', 'Meeting', { icon: 'groups', color: '#B5179E' }),
  choice('message', '消息', 'Message', { icon: 'chat', color: '#0E9AA7' }),
  choice('task', '任务', 'Task', { icon: 'task', color: '#D98200' }),
  choice('no_change', '无变化', 'No change', { icon: 'remove', color: '#5B7083' }),
];

export const PRIORITIES = [
  choice('high', '高', 'High', { icon: 'priority_high', color: '#C9302C' }),
  choice('medium', '中', 'Medium', { icon: 'drag_handle', color: '#D98200' }),
  choice('low', '低', 'Low', { icon: 'low_priority', color: '#5B7083' }),
];

/** What somebody else has to agree to (APR-1); a capability that needs approval adds its kind here. */
export const APPROVAL_KINDS = [
  choice('lead_allocation', '线索分配', 'Lead allocation', { icon: 'assignment_ind', color: '#7A5AF8' }),
  choice('owner_transfer', '版块内划转', 'Transfer within the segment', { icon: 'swap_horiz', color: '#2E6FBA' }),
  choice('discount', '大额折扣', 'Large discount', { icon: 'percent', color: '#D98200' }),
  choice('segment_transfer', '跨版块划转', 'Transfer across segments', { icon: 'swap_horiz', color: '#B5179E' }),
  choice('access_request', '用户权限变更', 'Access request', { icon: 'badge', color: '#7A5AF8' }),
  choice('freeze_system_admin', '冻结系统管理员', 'Freeze of a system administrator', { icon: 'ac_unit', color: '#0E9AA7' }),
  choice('trip', '出差', 'Business trip', { icon: 'flight', color: '#2E6FBA' }),
  choice('leave', '请假', 'Leave', { icon: 'event_busy', color: '#5B7083' }),
  choice('export_over_limit', '超量导出', 'Export over the limit', { icon: 'file_download', color: '#C9302C' }),
];

/** The five roles, where a rule names one. */
export const ROLE_CHOICES = [
  choice('segment_admin', '版块管理员', 'Segment administrator'),
  choice('segment_head', '版块负责人', 'Segment head'),
  choice('sales_rep', '业务人员', 'Sales representative'),
  choice('group_executive', '集团管理层', 'Group executive'),
  choice('system_admin', '系统管理员', 'System administrator'),
];
