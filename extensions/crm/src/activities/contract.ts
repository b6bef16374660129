import { z } from 'zod';
import { isBlank } from '../kernel/text/plain.ts';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { readPlace } from './rules/timeline-place.ts';
import { ACTIVITY_TYPES } from './locale/type-names.ts';
import { TIMELINE_KINDS } from './timeline/entries.ts';

const MOST_ENTRIES = 100;
const FEW_ENTRIES = 30;

const kinds = z
  .string()
  .max(100)
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.enum(TIMELINE_KINDS)));

export const timelineQuery = z.object({
  kinds: kinds.optional().transform((wanted) => (wanted?.length ? [...new Set(wanted)] : [...TIMELINE_KINDS])),
  before: z
    .string()
    .max(80)
    .optional()
    .transform((text, context) => {
      if (!text) return null;
      const place = readPlace(text);
      if (!place) context.addIssue({ code: 'custom', message: 'neither a moment nor the next of an answer' });
      return place;
    }),
  limit: z.coerce.number().int().min(1).max(MOST_ENTRIES).default(FEW_ENTRIES),
});

const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((value) => value.trim());

export const respondRequest = z
  .strictObject({ answer: z.enum(['accept', 'decline']), reason: text(2000).nullish() })
  .transform(({ answer, reason }) => ({ answer, reason: reason && !isBlank(reason) ? reason : '' }));

const day = z.iso.date();

export const doneRequest = z.strictObject({
  outcome: z.string().max(10_000).nullish(),
  next_step: z.string().max(255).nullish(),
  next: z
    .strictObject({ type: z.enum(ACTIVITY_TYPES), subject: z.string().max(255).optional(), due_on: day })
    .nullish()
    .transform((next) => next ?? undefined),
});

export const assignRequest = z.strictObject({ owner: z.guid().transform((id) => id.toLowerCase()) });

export const plansRequest = z.strictObject({ as_of: day.optional().describe('only where CRM_REHEARSAL=true') });

const named = z.object({ id: z.string(), name: z.string().nullable() }).nullable().optional();

const timelineAnswer = z.object({
  entries: z.array(
    z.looseObject({
      at: z.string(),
      kind: z.enum(TIMELINE_KINDS),
      id: z.string(),
      about: z.object({ collection: z.string(), id: z.string(), title: z.string().nullable() }).optional(),
      standing: z.enum(['open', 'overdue', 'done', 'declined']).optional().describe('of an activity, on the day of the request'),
      owner: named,
    }),
  ),
  next: z.string().nullable().describe('send it as before for the next page; null at the end'),
});

/** The routes of this slice for `/crm/openapi.json`. */
export const activityOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/records/{collection}/{id}/timeline',
    summary: {
      'zh-CN': '一条记录的全部往来，新的在前：?kinds=activity,stage,approval,reveal,audit&before=&limit=',
      'en-US': 'Everything that happened to a record, newest first: ?kinds=activity,stage,approval,reveal,audit&before=&limit=',
    },
    who: 'who may see the record (crm_customers, crm_leads, crm_opportunities, crm_contacts); reveals and audit entries only for those who may read them',
    response: timelineAnswer,
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'post',
    path: '/activities/{id}/respond',
    summary: {
      'zh-CN': '接受或拒绝他人派发的行动；拒绝须说明原因，派发人会收到通知',
      'en-US': 'Accept or decline an assigned activity; who declines says why, and whoever assigned it is told',
    },
    who: 'the owner of the activity',
    request: z.object({ answer: z.enum(['accept', 'decline']), reason: z.string().optional() }),
    response: z.object({ id: z.string(), assignment: z.enum(['accepted', 'declined']) }),
    refusals: { 400: 'INVALID_PAYLOAD, REASON_REQUIRED', 409: 'NOT_ASSIGNED, ALREADY_ANSWERED, ALREADY_DONE' },
  },
  {
    method: 'post',
    path: '/activities/{id}/assign',
    summary: {
      'zh-CN': '把被拒绝的行动改派给同版块的另一人（不关联记录的行动）',
      'en-US': 'Give an activity that was declined to somebody else of the segment (activities on no record)',
    },
    who: 'whoever assigned the activity',
    request: z.object({ owner: z.string() }),
    response: z.object({ id: z.string(), owner: z.string() }),
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'ACTIVITY_OF_RECORD, ALREADY_DONE, NOT_DECLINED' },
  },
  {
    method: 'post',
    path: '/activities/{id}/done',
    summary: {
      'zh-CN': '完成行动：结果、下一步，并可同时建立下一次行动',
      'en-US': 'An activity is done: its outcome, the next step, and the activity that follows, if one does',
    },
    who: 'who may change the activity',
    request: z.object({
      outcome: z.string().nullish(),
      next_step: z.string().nullish(),
      next: z.object({ type: z.enum(ACTIVITY_TYPES), subject: z.string().optional(), due_on: day }).nullish(),
    }),
    response: z.object({ id: z.string(), done_at: z.string(), next: z.string().nullable().describe('id of the activity that follows') }),
    refusals: { 400: 'INVALID_PAYLOAD, FAILED_VALIDATION', 409: 'ALREADY_DONE' },
  },
  {
    method: 'post',
    path: '/plans/run',
    summary: {
      'zh-CN': '按拜访与跟进计划生成到期的行动；重复执行不会重复生成',
      'en-US': 'Make the activities that the follow-up plans ask for; running it again makes none twice',
    },
    who: 'system_admin',
    request: plansRequest,
    response: z.object({ as_of: z.string(), looked_at: z.number(), created: z.number() }),
    refusals: { 400: 'INVALID_PAYLOAD, REHEARSAL_ONLY', 409: 'PLANS_RUNNING' },
  },
];
