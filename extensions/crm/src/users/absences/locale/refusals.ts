import type { Said } from '../../../platform/api/say.ts';
import type { AbsenceReason, EndingReason, WithdrawalReason } from '../rules/absence.ts';

export type AbsencesReason = AbsenceReason | WithdrawalReason | EndingReason | 'bad_value';

interface Refused {
  code: string;
  status: number;
  field: string | null;
  text: Said;
}

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });
const at = (field: string, zh: string, en: string): Refused => ({ code: 'FAILED_VALIDATION', status: 400, field, text: said(zh, en) });
const conflict = (zh: string, en: string): Refused => ({ code: 'ABSENCE_CONFLICT', status: 409, field: null, text: said(zh, en) });

/** Everything that trips and leave refuse, and what to do instead. */
export const ABSENCE_REFUSALS: Record<AbsencesReason, Refused> = {
  ends_before: at('to_on', '结束日期早于开始日期，请核对。', 'It ends before it begins. Check both days.'),
  too_long: at('to_on', '一次最多一年，请核对年份，或分次提交。', 'One year at most. Check the year, or file it in parts.'),
  overlaps: at(
    'from_on',
    '这段时间已有出差或请假（{from} 至 {to}）。请调整日期，或先撤回那一条。',
    'There is a trip or leave in that time already ({from} to {to}). Choose other days, or withdraw that one first.',
  ),
  over: conflict('此申请已经结束，没有可撤回或提前结束的内容。', 'This request is over; there is nothing left to withdraw or to end.'),
  begun: conflict('已经开始的出差或请假不能撤回，请改为“提前结束”。', 'What has begun cannot be withdrawn. End it early instead.'),
  not_begun: conflict(
    '还没有开始的出差或请假不能提前结束，请改为“撤回”。',
    'What has not begun cannot be ended early. Withdraw it instead.',
  ),
  bad_value: { code: 'INVALID_PAYLOAD', status: 400, field: null, text: said('内容不符合要求：{where}', 'Not as it should be: {where}') },
};

/** What an approval shows of an absence. */
export const LINES = {
  person: said('人员', 'Person'),
  from_on: said('开始日期', 'From'),
  to_on: said('结束日期', 'To'),
  destination: said('目的地', 'Destination'),
  kind: said('假别', 'Kind'),
} as const satisfies Record<string, Said>;

export const LEAVE_KINDS = {
  annual: said('年假', 'Annual leave'),
  sick: said('病假', 'Sick leave'),
  personal: said('事假', 'Personal leave'),
  family: said('婚产丧假', 'Family leave'),
  other_leave: said('其他假', 'Other leave'),
} as const satisfies Record<string, Said>;
