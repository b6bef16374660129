import type { Said } from '../../../platform/api/say.ts';
import type { FaultReason } from '../rules/fault-course.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Why a fault is not changed as asked, at the field where it belongs. */
export const FAULT_REFUSALS: Record<FaultReason, { field: string; text: Said }> = {
  wrong_step: {
    field: 'state',
    text: said(
      '故障按“待处理 → 处理中 → 已解决 → 已备案”的顺序办理；未解决的可从“已解决”退回“处理中”。',
      'A fault is looked at, taken into work, solved, then filed, in this order; one that was not solved goes back into work.',
    ),
  },
  answer_missing: { field: 'answer', text: said('请先写明处理结果。', 'Say first what was done.') },
};

export const TOO_MANY = said('报修过于频繁，请 {seconds} 秒后再试。', 'Too many reports. Try again in {seconds} seconds.');
export const BAD_VALUE = said('内容不符合要求：{where}', 'Not as it should be: {where}');

/** Notes: to IT of a new fault, to whoever reported it of its end. */
export const FAULT_NOTES = {
  filed: { subject: said('新的故障报修：{title}', 'A fault was reported: {title}'), message: said('{what}', '{what}') },
  solved: { subject: said('故障已解决：{title}', 'Your fault was solved: {title}'), message: said('{answer}', '{answer}') },
} as const satisfies Record<string, { subject: Said; message: Said }>;
