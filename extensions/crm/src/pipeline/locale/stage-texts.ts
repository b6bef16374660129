import type { Said } from '../../platform/api/say.ts';
import type { StageRefusal } from '../rules/stage-change.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Everything that a move refuses besides the rule itself. */
export type MoveReason =
  StageRefusal['reason'] | 'emptied' | 'customer_put_away' | 'conflict' | 'undo_late' | 'unknown_stage' | 'bad_request' | 'read_only';

interface Answer {
  code: string;
  status: number;
  text: Said;
}

/** Why an opportunity does not enter a stage, and what to do next (F36). */
export const STAGE_TEXTS: Record<MoveReason, Answer> = {
  fields_missing: {
    code: 'FIELDS_MISSING',
    status: 400,
    text: said('进入“{stage}”前请先填写：{fields}。', 'Fill in before “{stage}”: {fields}.'),
  },
  emptied: {
    code: 'FIELDS_MISSING',
    status: 400,
    text: said(
      '“{stage}”或之前的阶段要求填写：{fields}，不能清空，请改填或先退回阶段。',
      '“{stage}”, or a stage before it, asks for: {fields}. Write something else there, or move it back first.',
    ),
  },
  condition_not_met: {
    code: 'CONDITION_NOT_MET',
    status: 400,
    text: said('尚不满足进入“{stage}”的条件：{condition}', 'The conditions of “{stage}” are not met yet: {condition}'),
  },
  customer_not_active: {
    code: 'CUSTOMER_NOT_ACTIVE',
    status: 400,
    text: said(
      '客户资料尚不完整，请先在客户中补充：{missing}，再推进商机。',
      'The customer is not complete yet. Add to the customer first: {missing}.',
    ),
  },
  customer_put_away: {
    code: 'CUSTOMER_NOT_ACTIVE',
    status: 400,
    text: said(
      '该客户已归档或已合并，请先恢复客户或改选客户，再推进商机。',
      'The customer is archived or merged. Restore it or choose another one first.',
    ),
  },
  approval_required: {
    code: 'APPROVAL_REQUIRED',
    status: 400,
    text: said(
      '折扣 {discount}% 高于本版块的审批线 {limit}%，请先申请折扣审批，批准后再试。',
      'A discount of {discount}% is above the {limit}% of your segment. Ask for approval, and try again when it is approved.',
    ),
  },
  no_first_stage: {
    code: 'STAGE_SKIPPED',
    status: 400,
    text: said('本版块没有启用的进行中阶段，请联系系统管理员。', 'Your segment has no open stage in use. Ask a system admin.'),
  },
  not_first: {
    code: 'STAGE_SKIPPED',
    status: 400,
    text: said(
      '新商机从“{first}”开始，请先新建，再逐个阶段推进。',
      'A new opportunity begins at “{first}”. Create it there, then move it stage by stage.',
    ),
  },
  not_in_use: {
    code: 'STAGE_NOT_IN_USE',
    status: 400,
    text: said('阶段“{stage}”未启用或不属于本版块，请选择其他阶段。', 'The stage “{stage}” is not in use here. Choose another one.'),
  },
  skipped: {
    code: 'STAGE_SKIPPED',
    status: 400,
    text: said('不能跳过阶段，下一阶段是“{next}”。', 'No stage is skipped: the next one is “{next}”.'),
  },
  reason_required: {
    code: 'REASON_REQUIRED',
    status: 400,
    text: said(
      '退回或重新打开须说明原因：请填写“退回或重新打开的原因”（stage_reason），或在看板、阶段条上操作。',
      'Going back or opening again needs a reason: fill in “Why it goes back or is opened again” (stage_reason), or use the board or the path bar.',
    ),
  },
  closed: {
    code: 'CLOSED',
    status: 400,
    text: said(
      '该商机已关闭，请先说明原因，重新打开到一个进行中的阶段。',
      'This opportunity is closed. Open it again first, at an open stage and with a reason.',
    ),
  },
  conflict: {
    code: 'STAGE_CONFLICT',
    status: 409,
    text: said(
      '该商机的阶段刚刚被改动，现在是“{stage}”，请刷新后再试。',
      'Its stage has just been changed, to “{stage}”. Reload and try again.',
    ),
  },
  undo_late: {
    code: 'UNDO_TOO_LATE',
    status: 409,
    text: said(
      '只能在 10 秒内撤销自己的最近一次阶段变更；现在请说明原因后退回。',
      'Only your own last move can be taken back, within 10 seconds. Now move it back with a reason.',
    ),
  },
  unknown_stage: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('没有阶段“{stage}”，可用：{stages}。', 'There is no stage “{stage}”. Use one of: {stages}.'),
  },
  bad_request: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said(
      '请求不正确，请检查：{where}。应如 {"stage":"proposal","fields":{},"reason":"…","from":"needs_analysis"}。',
      'The request is not right, look at: {where}. Write {"stage":"proposal","fields":{},"reason":"…","from":"needs_analysis"}.',
    ),
  },
  read_only: { code: 'FORBIDDEN', status: 403, text: said('您只能查看该商机。', 'You may only look at this opportunity.') },
};

/** What stands for a stage without a name of its own, and for conditions without words. */
export const NEXT_IS_THE_END = said('成交或流失', 'won or lost');
export const NO_WORDS = said('请向系统管理员了解该阶段的条件。', 'ask a system admin what the stage asks for.');
export const OR = said('或', ' or ');
export const LIST = said('、', ', ');
export const SIGNED = said('已签订的订单或合同', 'a signed order or contract');
export const OF_A_CONTACT = said('联系人的{field}', '{field} of a contact');
