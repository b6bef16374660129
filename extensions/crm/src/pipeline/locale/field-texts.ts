import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What is wrong at one field of a stage, an order, a contract, an opportunity or a target, and what to do about it. */
export const FIELD_TEXTS = {
  condition_shape: said(
    '条件须为对商机字段的筛选，如 {"amount":{"_gte":100000}}。',
    'Conditions are a filter over fields of the opportunity, such as {"amount":{"_gte":100000}}.',
  ),
  condition_field: said(
    '条件中的“{name}”不能使用：只能用商机本身的字段，不能引用关联的其他数据。',
    '“{name}” cannot be used in conditions: only the opportunity’s own fields, nothing from related data.',
  ),
  condition_operator: said(
    '条件不支持运算符“{name}”，可用：{operators}。',
    'Conditions do not know the operator “{name}”. Use one of: {operators}.',
  ),
  condition_value: said(
    '条件“{name}”的值不正确：请填固定的数值、日期或文字，不能用 $NOW 等变量。',
    'The value of “{name}” is not right: give a fixed number, date or text, not a variable such as $NOW.',
  ),
  stage_in_use: said(
    '有 {count} 个商机处于该阶段，不能删除。请先移动这些商机，或停用该阶段：停用后可以转出，不能转入。',
    '{count} opportunities stand in this stage, so it stays. Move them first, or switch the stage off: they may leave it, none may enter.',
  ),
  stage_in_history: said(
    '商机的阶段历史用到该阶段（{count} 条），不能删除，请停用它。',
    'The history of opportunities names this stage ({count} entries), so it stays. Switch it off instead.',
  ),
  stage_elsewhere: said(
    '有 {count} 个其他版块的商机处于该阶段，不能改为某一版块专用。请先移动这些商机，或为该版块另建阶段。',
    '{count} opportunities of other segments stand in this stage. Move them first, or add another stage for that segment.',
  ),
  stage_key_taken: said(
    '标识“{name}”已用于同一范围的另一个阶段，请换一个。',
    'Another stage of the same segment has the key “{name}”. Choose another one.',
  ),
  future_signature: said(
    '签订日期不能晚于今天；尚未签订请留空。',
    'The day of signing cannot lie ahead. Leave it empty until it is signed.',
  ),
  signed_without_day: said('已签订的合同请填写签订日期。', 'Give the day on which the contract was signed.'),
  opportunity_lost: said(
    '该商机已流失，不能再录入订单或合同；请先重新打开商机，或改选进行中的商机。',
    'This opportunity is lost. Open it again first, or choose an open one.',
  ),
  opportunity_required: said(
    '请选择该客户的一个商机：有进行中的商机，或有已成交尚无订单的商机时，须登记在商机下。',
    'Choose an opportunity of this customer: while some are open, or won and without their order, it belongs to one of them.',
  ),
  close_in_past: said(
    '预计成交日期不能早于今天，请重新预计；已经成交的请登记签订的订单或合同，再转入成交。',
    'The expected close cannot lie in the past. Expect it anew; what is closed already is moved to won with its signed order or contract.',
  ),
  last_signature: said(
    '商机“{title}”凭此成交，不能作废、删除或取消签订。请先登记另一份已签订的订单或合同，或先重新打开商机。',
    '“{title}” was won on this. Enter another signed order or contract first, or open the opportunity again.',
  ),
  line_without_product: said(
    '每条订单明细须选择产品；没有所需产品的，请联系系统管理员添加。',
    'Choose the product of this line. If there is none yet, ask a system admin to add it.',
  ),
  line_too_large: said('数量乘单价超出可保存的金额，请核对。', 'Quantity times price is more than can be stored. Check them.'),
  discount_needs_approval: said(
    '折扣 {discount}% 高于本版块的审批线 {limit}%，当前阶段须先批准：请申请折扣审批，批准后再填写。',
    'A discount of {discount}% is above the {limit}% of your segment. In this stage it has to be approved first: ask for approval, then enter it.',
  ),
  discount_not_above: said(
    '折扣 {discount}% 未超过审批线（{limit}%）或已批准，无需审批。',
    'A discount of {discount}% is within the limit of {limit}% or approved already. It needs no approval.',
  ),
  discount_unreadable: said(
    '折扣应为 0 到 100 之间的数，金额不可为负；可写作 asked: {"discount_percent": 15}。',
    'A discount lies between 0 and 100, and no amount is negative; write asked: {"discount_percent": 15}.',
  ),
  discount_of_closed: said(
    '该商机已关闭：请先说明原因，重新打开到“方案提交”之前的阶段，申请折扣审批，批准后再推进。',
    'This opportunity is closed. Open it again at a stage before the proposal, ask for the discount there, and go on once it is approved.',
  ),
  target_twice: said(
    '该人员在本版块的这一期间已有目标，请修改原有目标。',
    'This person has a target for that period in this segment already. Change that one.',
  ),
} as const satisfies Record<string, Said>;

export type FieldReason = keyof typeof FIELD_TEXTS;
