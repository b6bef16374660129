import type { Said } from '../../platform/app/i18n.ts';
import type { ApprovalView } from '../contract.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const APPROVALS = {
  title: said('审批', 'Approvals'),
  boxes: said('审批列表', 'Lists of approvals'),
  waiting: said('待我审批', 'Waiting for me'),
  asked: said('我的申请', 'What I asked for'),
  noneWaiting: said('没有待您审批的事项', 'Nothing waits for you'),
  noneWaitingText: said('需要您审批时会列在这里，并收到通知。', 'What needs your approval stands here, and you are told.'),
  noneAsked: said('您还没有提交过申请', 'You have not asked for anything yet'),
  noneAskedText: said(
    '在记录上操作需要审批时会自动提交，并列在这里。',
    'Where work on a record needs approval it is asked for, and stands here.',
  ),
  choose: said('请选择一项', 'Choose one'),
  chooseText: said('左侧选择后，在这里查看和审批。', 'Choose one on the left to read and decide it here.'),
  gone: said('没有这项审批', 'There is no such approval'),
  page: said('共 {total} 项，第 {page}/{pages} 页', '{total} in all, page {page} of {pages}'),
  due: said('期限 {day}', 'Due {day}'),
  late: said('已超时', 'Overdue'),
  escalated: said('已升级', 'Gone up a level'),
  by: said('{name} 申请', 'Asked for by {name}'),
  someone: said('他人', 'somebody'),
};

export const DETAIL = {
  record: said('打开记录', 'Open the record'),
  requestedBy: said('申请人', 'Requested by'),
  requestedAt: said('申请时间', 'Requested at'),
  reason: said('申请理由', 'Reason'),
  due: said('审批期限', 'Due on'),
  step: said('步骤', 'Step'),
  stepOf: said('第 {step} 步，共 {steps} 步', '{step} of {steps}'),
  waitsFor: said('当前审批人', 'Who decides now'),
  asked: said('申请内容', 'What is asked'),
  history: said('审批记录', 'History'),
  decide: said('处理', 'Decide'),
  comment: said('意见', 'Comment'),
  commentNote: said('驳回和评论时必填', 'Required to reject or to comment'),
  approve: said('批准', 'Approve'),
  reject: said('驳回', 'Reject'),
  withdraw: said('撤回申请', 'Withdraw'),
  say: said('发表评论', 'Comment'),
  commentFirst: said('请先写明意见。', 'Write a comment first.'),
  failed: said('没有成功，请再试一次。', 'It did not work. Try again.'),
  approved: said('已批准。', 'Approved.'),
  next: said('已批准，转到下一步。', 'Approved; it goes to the next step.'),
  rejected: said('已驳回。', 'Rejected.'),
  withdrawn: said('已撤回。', 'Withdrawn.'),
  commented: said('评论已发表。', 'Your comment was added.'),
  nobody: said('系统', 'The system'),
  someone: said('他人', 'Somebody'),
  actingFor: said('代 {name}', 'for {name}'),
};

export const KINDS: Record<ApprovalView['kind'], { text: Said; icon: string }> = {
  lead_allocation: { text: said('线索分配', 'Lead allocation'), icon: 'assignment_ind' },
  owner_transfer: { text: said('版块内划转', 'Transfer within the segment'), icon: 'swap_horiz' },
  discount: { text: said('大额折扣', 'Large discount'), icon: 'percent' },
  segment_transfer: { text: said('跨版块划转', 'Transfer across segments'), icon: 'move_up' },
  export_over_limit: { text: said('超量导出', 'Export over the limit'), icon: 'file_download' },
  access_request: { text: said('用户权限变更', 'Access request'), icon: 'manage_accounts' },
  freeze_system_admin: { text: said('冻结系统管理员', 'Freeze of a system administrator'), icon: 'ac_unit' },
  trip: { text: said('出差', 'Business trip'), icon: 'luggage' },
  leave: { text: said('请假', 'Leave'), icon: 'event_busy' },
};

export const STATES: Record<ApprovalView['state'], { text: Said; icon: string; look: 'plain' | 'good' | 'busy' | 'bad' }> = {
  pending: { text: said('待审批', 'To be decided'), icon: 'hourglass_top', look: 'busy' },
  approved: { text: said('已批准', 'Approved'), icon: 'task_alt', look: 'good' },
  rejected: { text: said('已驳回', 'Rejected'), icon: 'cancel', look: 'bad' },
  withdrawn: { text: said('已撤回', 'Withdrawn'), icon: 'undo', look: 'plain' },
  void: { text: said('已失效', 'Void'), icon: 'block', look: 'plain' },
};

export const SAID_WORDS: Record<ApprovalView['decisions'][number]['decision'], { text: Said; icon: string }> = {
  requested: { text: said('提交申请', 'asked for it'), icon: 'send' },
  approved: { text: said('批准', 'approved'), icon: 'task_alt' },
  rejected: { text: said('驳回', 'rejected'), icon: 'cancel' },
  withdrawn: { text: said('撤回', 'withdrew it'), icon: 'undo' },
  commented: { text: said('评论', 'commented'), icon: 'comment' },
  escalated: { text: said('超时，升级审批', 'overdue: sent up a level'), icon: 'trending_up' },
  rerouted: { text: said('审批人不在岗，转上一级', 'nobody of the step is active: sent up a level'), icon: 'alt_route' },
  voided: { text: said('记录已变化，失效', 'void: the record has changed'), icon: 'block' },
};
