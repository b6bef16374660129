import { z } from 'zod';
import type { ApiOperation } from '../../platform/api/openapi.ts';

export const emptyRequest = z.strictObject({});

const withdrawAnswer = z.object({ id: z.string(), state: z.literal('withdrawn') });
export type WithdrawAnswer = z.infer<typeof withdrawAnswer>;

const endAnswer = z.object({
  id: z.string(),
  state: z.enum(['approved', 'withdrawn']).describe('withdrawn: it had begun today'),
  to_on: z.string().describe('the last day that it lasted'),
});
export type EndAnswer = z.infer<typeof endAnswer>;

const withdrawal = (path: string, zh: string, en: string): ApiOperation => ({
  ...{ method: 'post', path, summary: { 'zh-CN': zh, 'en-US': en } },
  who: 'the person, and whoever filed it; until it begins',
  ...{ request: emptyRequest, response: withdrawAnswer },
  refusals: { 400: 'INVALID_PAYLOAD', 409: 'ABSENCE_CONFLICT' },
});

const ending = (path: string, zh: string, en: string): ApiOperation => ({
  ...{ method: 'post', path, summary: { 'zh-CN': zh, 'en-US': en } },
  who: 'the person, heads and admins of the segment, system admins; while it lasts',
  ...{ request: emptyRequest, response: endAnswer },
  refusals: { 400: 'INVALID_PAYLOAD', 409: 'ABSENCE_CONFLICT' },
});

/** The routes of trips and leave; they are filed as plain rows (Q12). */
export const absenceOperations: readonly ApiOperation[] = [
  withdrawal('/trips/{id}/withdraw', '撤回出差', 'Take back a business trip'),
  withdrawal('/leaves/{id}/withdraw', '撤回请假', 'Take back leave'),
  ending('/trips/{id}/end', '提前结束出差：今天起不再出差', 'End a business trip early: from today on they are back'),
  ending('/leaves/{id}/end', '提前结束请假：今天起销假', 'End leave early: from today on they are back'),
];
