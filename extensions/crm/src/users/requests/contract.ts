import { z } from 'zod';
import type { ApiOperation } from '../../platform/api/openapi.ts';

const MOST = 100;
const MOST_ROWS = 1_000_000;
const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/u)
    .transform(Number)
    .pipe(z.number().max(most));

const KINDS = ['open', 'close', 'move', 'rights', 'freeze', 'thaw'] as const;
const STATES = ['requested', 'approved', 'executed', 'rejected', 'withdrawn'] as const;

export const listQuery = z.strictObject({
  state: z.enum(['open', 'overdue', 'ended', 'all']).default('open'),
  limit: whole(MOST).default(25),
  offset: whole(MOST_ROWS).default(0),
});
export type ListQuery = z.infer<typeof listQuery>;

export const executeRequest = z.strictObject({
  leave_work: z.boolean().optional().describe('close although the person still owns open work'),
});
export type ExecuteRequest = z.infer<typeof executeRequest>;

export const emptyRequest = z.strictObject({});

const named = z.object({ id: z.string(), name: z.string().nullable().describe('null: nobody the caller may see') });

const work = z.object({
  total: z.int(),
  counts: z.array(z.object({ collection: z.string(), count: z.int() })),
  page: z.string().describe('where it is handed over'),
});
export type Work = z.infer<typeof work>;

const requestView = z.object({
  ...{ id: z.string(), kind: z.enum(KINDS), state: z.enum(STATES) },
  person: z.object({ id: z.string().nullable(), name: z.string().nullable(), email: z.string().nullable() }),
  segment: named,
  to: z.object({ role: z.string().nullable(), segment: named.nullable(), position: z.string().nullable() }),
  ...{ effective_on: z.string(), due_on: z.string().nullable(), overdue: z.boolean(), escalated: z.boolean() },
  ...{ reason: z.string(), handling: z.string().nullable(), requested_by: named.nullable() },
  ...{ executed_at: z.string().nullable(), executed_by: named.nullable() },
  approval: z.string().nullable().describe('the approval that decides it; null where the caller does not see it'),
  can: z.object({ execute: z.boolean(), withdraw: z.boolean() }),
});
export type RequestView = z.infer<typeof requestView>;

const earlyFreeze = z.object({
  ...{ id: z.string(), person: named, segment: named, reason: z.string(), form_due_on: z.string(), escalated: z.boolean() },
});
export type EarlyFreeze = z.infer<typeof earlyFreeze>;

const listAnswer = z.object({
  requests: z.array(requestView),
  total: z.int(),
  overdue: z.int().describe('how many of the open ones are overdue, and early freezes whose form did not come in time'),
  early_freezes: z.array(earlyFreeze).describe('early freezes whose form did not come in time; on the first page of state=overdue'),
  on: z.string().describe('the day it is'),
});
export type ListAnswer = z.infer<typeof listAnswer>;

const rights = z
  .object({ role: z.string(), segment: named.nullable() })
  .nullable()
  .describe('null: cannot log in; also of a form that is over');
const previewAnswer = z.object({
  ...{ id: z.string(), kind: z.enum(KINDS), state: z.enum(STATES) },
  before: rights,
  after: rights,
  sees: z
    .array(z.object({ collection: z.string(), before: z.int(), after: z.int(), gains: z.int(), loses: z.int() }))
    .describe('by the rules of the rights before and after, within what the caller sees'),
  beyond: z.boolean().describe('the new rights reach segments that the caller does not see; those rows are not counted'),
  work: work.nullable().describe('open work that is left for hand-over, within what the caller sees'),
  work_beyond: z.boolean().describe('there is open work in segments that the caller does not see, too'),
  lines: z.array(z.string()).describe('the effect in words of the caller’s language'),
  problems: z.array(z.string()).describe('what would be refused now'),
});
export type Preview = z.infer<typeof previewAnswer>;

const executeAnswer = z.object({
  ...{ id: z.string(), kind: z.enum(KINDS), user: z.string().nullable() },
  state: z.enum(['executed', 'approved']).describe('approved: it ends when an executive has decided the freeze that it asked for'),
  executed_at: z.string().nullable(),
  first_link: z
    .object({ link: z.string(), expires_at: z.string(), mailed: z.boolean().describe('whether the new person has it by mail') })
    .nullable()
    .describe('opens once, for the new person; shown this once'),
  freeze: z
    .object({ id: z.string(), state: z.enum(['frozen', 'pending', 'thawed']) })
    .nullable()
    .describe('pending: a system admin’s, which an executive decides'),
  work: work.nullable().describe('open work that waits to be handed over'),
});
export type ExecuteAnswer = z.infer<typeof executeAnswer>;

const withdrawAnswer = z.object({ id: z.string(), state: z.literal('withdrawn') });
export type WithdrawAnswer = z.infer<typeof withdrawAnswer>;

const READERS = 'segment admins and heads about their segments, system admins and executives about all; to others they are absent';

/** The routes of access requests; a form is filed as a plain row of `crm_access_requests` (ACC-8). */
export const requestOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/access-requests',
    summary: {
      'zh-CN': '用户权限变更审批表及办理期限：?state=open|overdue|ended|all&limit=&offset=',
      'en-US': 'Access requests with their due days: ?state=open|overdue|ended|all&limit=&offset=',
    },
    who: READERS,
    response: listAnswer,
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'get',
    path: '/access-requests/{id}/preview',
    summary: {
      'zh-CN': '执行后的效果：能看到和不再看到多少记录、留下的工作、会遇到的问题',
      'en-US': 'What carrying it out comes to: rows that will be seen and no longer seen, work left, and what would be refused',
    },
    who: READERS,
    response: previewAnswer,
  },
  {
    method: 'post',
    path: '/access-requests/{id}/execute',
    summary: {
      'zh-CN': '执行已批准的审批表：开通、注销、变动、冻结或解冻，只执行一次',
      'en-US': 'Carry out an approved request, once: the log-in is opened, closed, moved, frozen or thawed',
    },
    who: 'system_admin',
    request: executeRequest,
    response: executeAnswer,
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'REQUEST_CONFLICT, OPEN_WORK, FREEZE_CONFLICT' },
  },
  {
    method: 'post',
    path: '/access-requests/{id}/withdraw',
    summary: { 'zh-CN': '撤回未办结的审批表', 'en-US': 'Take back a request that is still open' },
    who: 'whoever filed it, and system admins',
    request: emptyRequest,
    response: withdrawAnswer,
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'REQUEST_CONFLICT' },
  },
];
