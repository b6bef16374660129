import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

interface Refused {
  code: string;
  status: number;
  text: Said;
}

/** Everything that approvals refuse, and what to do instead. */
export const APPROVAL_REFUSALS = {
  no_rule: {
    code: 'APPROVAL_RULE_MISSING',
    status: 409,
    text: said(
      '“{kind}”还没有可用的审批规则，不能提交。请联系市场营销部在“审批规则”中设置规则和审批人，然后再提交。',
      'There is no approval rule in use for “{kind}”, so it cannot be asked for. Have group marketing set up a rule and its approvers, then ask again.',
    ),
  },
  nobody_decides: {
    code: 'APPROVER_MISSING',
    status: 409,
    text: said(
      '“{kind}”目前没有可以审批的在岗人员，未作任何更改。请联系市场营销部调整审批规则后再试。',
      'Nobody who may decide “{kind}” is active now; nothing was changed. Have group marketing change the approval rule, then try again.',
    ),
  },
  already_pending: {
    code: 'ALREADY_PENDING',
    status: 409,
    text: said(
      '此记录已有一个待审批的“{kind}”。请等待审批，或先撤回后再提交。',
      'A “{kind}” for this record waits to be decided. Wait for that, or have it withdrawn first.',
    ),
  },
  not_asked_for: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said(
      '“{kind}”不能在此直接申请；请在相应的记录上操作，需要审批时会自动提交。',
      '“{kind}” is not asked for here. Work on the record itself; where it needs approval, that is asked for.',
    ),
  },
  bad_value: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('内容不符合要求：{where}', 'Not as it should be: {where}'),
  },
  comment_required: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said(
      '驳回时请写明意见（comment），让申请人知道怎样修改。',
      'Say why when you reject (comment), so that whoever asked knows what to change.',
    ),
  },
  four_eyes: {
    code: 'FOUR_EYES',
    status: 403,
    text: said(
      '不能审批自己的申请，须由其他人审批。不再需要时可以撤回。',
      'Nobody decides their own request; somebody else has to. Withdraw it if it is no longer needed.',
    ),
  },
  not_approver: {
    code: 'NOT_APPROVER',
    status: 403,
    text: said(
      '目前不由您审批，未作任何更改。审批人可能已变更，或已升级给上一级；当前审批人见此申请的详情。',
      'This is not yours to decide now; nothing was changed. The approvers may have changed, or it has gone up a level; the request shows who decides.',
    ),
  },
  not_requester: {
    code: 'NOT_REQUESTER',
    status: 403,
    text: said('只有申请人可以撤回。您可以写评论告诉申请人。', 'Only the person who asked withdraws it. Leave a comment to tell them.'),
  },
  not_pending: {
    code: 'APPROVAL_CONFLICT',
    status: 409,
    text: said(
      '此申请已结束（{state}），不能再操作。请刷新页面查看结果。',
      'This request is no longer open ({state}). Reload to see what became of it.',
    ),
  },
  stale: {
    code: 'APPROVAL_CONFLICT',
    status: 409,
    text: said(
      '您打开之后此申请已有变化，未作任何更改。请刷新，看过最新内容后再审批。',
      'The request has changed since you opened it; nothing was changed. Reload, look at it again and then decide.',
    ),
  },
  subject_changed: {
    code: 'APPROVAL_CONFLICT',
    status: 409,
    text: said(
      '申请提交后，相关记录已被修改，此申请已失效。需要时请申请人按现在的内容重新提交。',
      'The record was changed after this was asked for, so the request is void. If still needed, it has to be asked for again as things are now.',
    ),
  },
} as const satisfies Record<string, Refused>;
