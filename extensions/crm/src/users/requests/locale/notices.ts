import type { Said } from '../../../platform/api/say.ts';
import type { RequestKind } from '../request-row.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const KIND_NAMES: Record<RequestKind, Said> = {
  open: said('开通', 'Open a log-in'),
  close: said('注销', 'Close the log-in'),
  move: said('岗位或单位变动', 'Move to another post or company'),
  rights: said('权限变更', 'Change of rights'),
  freeze: said('冻结', 'Freeze'),
  thaw: said('解冻', 'Thaw'),
};

export const ROLE_WORDS = {
  system_admin: said('系统管理员', 'System administrator'),
  group_executive: said('集团管理层', 'Group executive'),
  segment_head: said('版块负责人', 'Segment head'),
  segment_admin: said('版块管理员', 'Segment admin'),
  sales_rep: said('业务人员', 'Sales rep'),
} as const satisfies Record<string, Said>;

/** What people find in their inbox: what is to be done and where, never whose account (SEC-1). */
export const NOTICES = {
  approved: {
    subject: said('用户权限变更审批表已批准，待执行', 'An access request is approved and waits to be carried out'),
    message: said('请在 {due} 前执行。打开“CRM › 权限变更”办理。', 'Carry it out by {due}, at “CRM › Access requests”.'),
  },
  overdue: {
    subject: said('用户权限变更已逾期', 'An access request is overdue'),
    message: said(
      '应在 {due} 前办理完毕。打开“CRM › 权限变更”查看并处理。',
      'It was due by {due}. Open “CRM › Access requests” to deal with it.',
    ),
  },
  form_overdue: {
    subject: said('提前冻结的审批表逾期未补办', 'The form of an early freeze did not come in time'),
    message: said(
      '应在 {due} 前补办用户权限变更审批表。打开“CRM › 权限变更 › 已逾期”查看并补办，或解冻。',
      'The access request was due by {due}. Open “CRM › Access requests › Overdue” to file it, or thaw the account.',
    ),
  },
  executed: {
    subject: said('用户权限变更已执行', 'An access request was carried out'),
    message: said('打开“CRM › 权限变更”查看结果。', 'Open “CRM › Access requests” to see what came of it.'),
  },
  not_agreed: {
    subject: said('用户权限变更未获同意', 'An access request was not agreed to'),
    message: said(
      '集团管理层没有同意冻结，审批表已结束。打开“CRM › 权限变更”查看。',
      'The executives did not agree to the freeze, so the request is over. Open “CRM › Access requests” to see it.',
    ),
  },
  calendar: {
    subject: said('{year} 年的工作日历还没有录入', 'The working calendar of {year} is missing'),
    message: said(
      '请在“工作日历”中录入国务院公布的 {year} 年放假安排；否则期限按周一至周五计算。',
      'Enter the official holiday schedule of {year} in the working calendar; else time limits go by Monday to Friday.',
    ),
  },
} as const satisfies Record<string, { subject: Said; message: Said }>;

/** What an approval shows of the form. */
export const LINES = {
  kind: said('办理事项', 'What is wanted'),
  person: said('人员', 'Person'),
  email: said('登录邮箱', 'E-mail'),
  role: said('角色', 'Role'),
  present_role: said('现角色', 'Present role'),
  segment: said('新版块', 'New segment'),
  present_segment: said('现版块', 'Present segment'),
  position: said('新职务', 'New position'),
  effective_on: said('变动日期', 'Changes on'),
  due_on: said('办理期限', 'Due on'),
  calendar: said('工作日历', 'Working calendar'),
  handling: said('处理要求', 'Handling wanted'),
} as const satisfies Record<string, Said>;

/** Why a freeze ends with a log-in that is closed. */
export const CLOSED: Said = said('账号已注销', 'The log-in was closed');

/** The mail to somebody whose log-in was opened. */
export const INVITATION = {
  subject: said('您的 CRM 账号已开通', 'Your CRM log-in is open'),
  message: said(
    '{name}，您好：\n\n您的账号已开通。请在 {until} 前打开下面的链接设置自己的密码，链接只能使用一次：\n\n{link}\n\n设置后用此邮箱地址登录。如非您本人，请忽略本邮件并告知系统管理员。',
    'Hello {name},\n\nYour log-in is open. Choose a password of your own by {until}; the link opens once:\n\n{link}\n\nThen log in with this address. If this is not for you, ignore it and tell a system administrator.',
  ),
};
