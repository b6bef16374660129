import type { Rows } from '../../kernel/rows.ts';
import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** The kinds by the names that the forms show (schema-snapshots/choices.ts). */
export const KIND_NAMES: Record<Rows['crm_approvals']['kind'], Said> = {
  lead_allocation: said('线索分配', 'Lead allocation'),
  owner_transfer: said('版块内划转', 'Transfer within the segment'),
  discount: said('大额折扣', 'Large discount'),
  segment_transfer: said('跨版块划转', 'Transfer across segments'),
  access_request: said('用户权限变更', 'Access request'),
  freeze_system_admin: said('冻结系统管理员', 'Freeze of a system administrator'),
  trip: said('出差', 'Business trip'),
  leave: said('请假', 'Leave'),
  export_over_limit: said('超量导出', 'Export over the limit'),
};

export const STATE_NAMES: Record<Rows['crm_approvals']['state'], Said> = {
  pending: said('待审批', 'to be decided'),
  approved: said('已批准', 'approved'),
  rejected: said('已驳回', 'rejected'),
  withdrawn: said('已撤回', 'withdrawn'),
  void: said('已失效', 'void'),
};

/** What kinds ask for, under the names that they may use in `asked`. */
export const ASKED_NAMES = {
  owner: said('负责人', 'Owner'),
  from_owner: said('原负责人', 'Present owner'),
  to_owner: said('新负责人', 'New owner'),
  segment: said('版块', 'Segment'),
  from_segment: said('原版块', 'Present segment'),
  to_segment: said('目标版块', 'New segment'),
  amount: said('金额', 'Amount'),
  percent: said('折扣（%）', 'Discount (%)'),
  discount_percent: said('折扣（%）', 'Discount (%)'),
  limit: said('审批线（%）', 'Needs approval above (%)'),
  stage: said('阶段', 'Stage'),
  basis: said('依据', 'Basis'),
  basis_note: said('依据说明', 'About the basis'),
  reason: said('理由', 'Reason'),
} as const satisfies Record<string, Said>;

/** What people find in their inbox of the host: what it is about, never whose record (SEC-1). */
export const NOTICES = {
  waiting: {
    subject: said('待您审批：{kind}', 'Waiting for your approval: {kind}'),
    message: said('请在 {due} 前审批。打开“CRM › 审批”查看详情。', 'Please decide by {due}. Open “CRM › Approvals” for the details.'),
  },
  escalated: {
    subject: said('超时升级，待您审批：{kind}', 'Overdue and now yours to approve: {kind}'),
    message: said('原审批人未在期限内审批。请打开“CRM › 审批”处理。', 'It was not decided in time. Open “CRM › Approvals” to decide.'),
  },
  late: {
    subject: said('已超时并升级：{kind}', 'Overdue, gone up a level: {kind}'),
    message: said('您的申请超过时限，已转给上一级审批。', 'Your request was not decided in time and has gone to the next level.'),
  },
  approved: {
    subject: said('已批准：{kind}', 'Approved: {kind}'),
    message: said('您的申请已批准。打开“CRM › 审批”查看详情。', 'Your request was approved. Open “CRM › Approvals” for the details.'),
  },
  rejected: {
    subject: said('已驳回：{kind}', 'Rejected: {kind}'),
    message: said('您的申请被驳回，意见见“CRM › 审批”。', 'Your request was rejected; “CRM › Approvals” says why.'),
  },
  void: {
    subject: said('已失效：{kind}', 'Void: {kind}'),
    message: said(
      '相关记录已变化，您的申请已失效。需要时请重新提交。',
      'The record has changed, so your request is void. Ask again if it is still needed.',
    ),
  },
  commented: {
    subject: said('有新评论：{kind}', 'A new comment: {kind}'),
    message: said('您的申请有新的评论。打开“CRM › 审批”查看。', 'Somebody commented on your request. Open “CRM › Approvals” to read it.'),
  },
} as const satisfies Record<string, { subject: Said; message: Said }>;

export type Notice = keyof typeof NOTICES;
