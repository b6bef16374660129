import type { Said } from '../../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** The note to whoever takes over; it names no record and nobody, because it stays when they go on (F15). */
export const RECEIVED = {
  subject: said('您接手了工作', 'You have taken over work'),
  message: said(
    '有 {count} 项工作（客户、线索或行动）交接给您，请查看并跟进。',
    '{count} pieces of work (customers, leads or activities) were handed over to you. Look at them and follow up.',
  ),
};

/** Kinds of rows, as certificates name them. */
export const KINDS: Readonly<Record<string, Said>> = {
  crm_customers: said('客户', 'Customers'),
  crm_contacts: said('联系人', 'Contacts'),
  crm_customers_tags: said('客户标签', 'Tags of customers'),
  crm_leads: said('线索', 'Leads'),
  crm_opportunities: said('商机', 'Opportunities'),
  crm_stage_changes: said('阶段记录', 'Stage history'),
  crm_activities: said('行动', 'Activities'),
  crm_orders: said('订单', 'Orders'),
  crm_order_lines: said('订单明细', 'Order lines'),
  crm_contracts: said('合同', 'Contracts'),
  crm_attachments: said('附件', 'Attachments'),
  directus_files: said('文件', 'Files'),
  crm_approvals: said('审批', 'Approvals'),
  crm_approval_decisions: said('审批记录', 'Approval history'),
  crm_transfers: said('划转', 'Transfers'),
  crm_allocations: said('线索分配记录', 'Lead allocations'),
  crm_teams: said('团队负责人', 'Leader of teams'),
  crm_companies: said('CRM 项目负责人', 'CRM project owner of companies'),
  crm_lead_routes: said('线索分配地区', 'Lead regions'),
  crm_approval_steps: said('审批步骤', 'Approval steps'),
};

export const CERTIFICATE = {
  title: said('工作交接证明', 'Certificate of hand-over'),
  intro: said(
    '兹证明：下列工作已由交出人交接给接收人。商机阶段、各项日期、历史记录与审计日志均未改变。',
    'This certifies that the work below was handed over. Stages, dates, histories and the audit log are unchanged.',
  ),
  number: said('编号', 'Number'),
  segment: said('版块', 'Segment'),
  from: said('交出人', 'From'),
  to: said('接收人', 'To'),
  by: said('办理人', 'Carried out by'),
  reason: said('原因', 'Reason'),
  asked: said('发起时间', 'Asked for at'),
  finished: said('完成时间', 'Finished at'),
  rules: said('交接规则（按顺序，先匹配者生效）', 'Rules (in order, the first that fits wins)'),
  condition: said('条件', 'Condition'),
  everything: said('全部', 'Everything'),
  all: said('全部{kind}', 'All {kind}'),
  rows: said('数量', 'Number'),
  kind: said('种类', 'Kind'),
  moved: said('已交接', 'Handed over'),
  left: said('未交接（期间已变动）', 'Not handed over (changed meanwhile)'),
  total: said('合计', 'Total'),
  employee: said('工号 {number}', 'Employee no. {number}'),
  hash: said('校验码（SHA-256）', 'Hash (SHA-256)'),
  verified: said('与存档一致', 'Agrees with what is stored'),
  broken: said('与存档不一致，请勿采信', 'Does NOT agree with what is stored: do not rely on it'),
  undone: said('此交接已于 {at} 撤销。', 'This hand-over was taken back at {at}.'),
  verify: said(
    '校验方法：将下面的数据原样保存为文本文件（无换行），计算其 SHA-256，应与上面的校验码相同。',
    'To verify: save the data below as a text file as it stands, without a line break, and compute its SHA-256. It has to equal the hash above.',
  ),
  data: said('存档数据', 'The data'),
  sign: said('签字', 'Signatures'),
  date: said('日期', 'Date'),
  print: said('打印或另存为 PDF', 'Print or save as PDF'),
} as const satisfies Record<string, Said>;
