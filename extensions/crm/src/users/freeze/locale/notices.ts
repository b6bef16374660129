import type { Said } from '../../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What people find in their inbox: what happened and where to look, never whose account (SEC-1). */
export const NOTICES = {
  form_due: {
    subject: said('已提前冻结一个账号，请补办审批表', 'An account was frozen early: the form is due'),
    message: said(
      '请在 {due} 前提交用户权限变更审批表。打开“CRM › 人员”查看。',
      'File the access request by {due}. Open “CRM › People” for the details.',
    ),
  },
  locked: {
    subject: said('一个账号因多次登录失败被锁定', 'An account was locked after failed log-ins'),
    message: said('请核实后在“CRM › 人员”中解冻。', 'Look into it, then thaw it at “CRM › People”.'),
  },
  thawed_itself: {
    subject: said('一个账号的冻结期已满，已自动解冻', 'An account was thawed: its time was over'),
    message: said('打开“CRM › 人员”查看。', 'Open “CRM › People” for the details.'),
  },
  back: {
    subject: said('您的账号已解冻', 'Your account was thawed'),
    message: said(
      '可以照常使用；接口令牌不会恢复，需要时请重新申请。',
      'You can go on working. API tokens do not come back; ask for a new one.',
    ),
  },
} as const satisfies Record<string, { subject: Said; message: Said }>;

/** Why a row stands that nobody wrote a reason for. */
export const REASONS = {
  locked: said('多次登录失败，系统自动锁定 · locked after failed log-ins', 'locked after failed log-ins · 多次登录失败，系统自动锁定'),
  suspended: said('在人员资料中停用，未写明原因', 'Suspended on the page of the person, without a reason'),
  activated: said('在人员资料中启用，未写明原因', 'Activated on the page of the person, without a reason'),
  replaced: said('由新的冻结取代，账号一直处于冻结状态', 'Another freeze took its place; the account stayed frozen'),
  over: said('冻结期满，自动解冻', 'The time was over; thawed by itself'),
} as const satisfies Record<string, Said>;

/** What an approval shows of the freeze that is asked for. */
export const LINES = {
  person: said('冻结的系统管理员', 'System administrator to be frozen'),
  until: said('冻结至', 'Until'),
  open: said('直到人工解冻', 'Until somebody thaws'),
} as const satisfies Record<string, Said>;

/** What the log-in page says to somebody whose log-in has just ended. */
export const SIGNED_OUT: Said = said(
  '您的登录已失效：账号可能已被冻结，或权限有变更。请重新登录；登录不了时请联系版块管理员或系统管理员。',
  'Your log-in has ended: the account may be frozen, or its rights have changed. Log in again; if that does not work, ask your segment admin or a system administrator.',
);
