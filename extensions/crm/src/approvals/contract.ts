import { z } from 'zod';
import { isBlank } from '../kernel/text/plain.ts';
import type { ApiOperation } from '../platform/api/openapi.ts';

const KINDS = [
  'lead_allocation',
  'owner_transfer',
  'discount',
  'segment_transfer',
  'access_request',
  'freeze_system_admin',
  'trip',
  'leave',
  'export_over_limit',
] as const;
const STATES = ['pending', 'approved', 'rejected', 'withdrawn', 'void'] as const;
const SAID = ['requested', 'approved', 'rejected', 'withdrawn', 'commented', 'escalated', 'rerouted', 'voided'] as const;
const LONGEST = 4000;

const words = z.string().trim().max(LONGEST);
const maybeWords = words.nullish();
/** What nobody can read says nothing. */
const said = words.min(1).refine((text) => !isBlank(text));

/** A whole number in a query; a list of them is none. */
const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/u)
    .transform(Number)
    .pipe(z.number().min(from).max(to));

export const boxQuery = z.object({
  box: z.enum(['waiting', 'asked']).default('waiting'),
  limit: whole(1, 100).default(25),
  offset: whole(0, 1_000_000).default(0),
});
export const askRequest = z.strictObject({
  kind: z.enum(KINDS),
  item: z.string().max(64).describe('the record that it is about'),
  asked: z.record(z.string().max(64), z.unknown()).optional().describe('what is asked; each kind says which values it takes'),
  reason: said,
});
export const decideRequest = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  comment: maybeWords.describe('required to reject'),
  version: z.number().int().describe('the version that was shown'),
});
export const withdrawRequest = z.strictObject({ comment: maybeWords });
export const commentRequest = z.strictObject({ comment: said });

const person = z.object({ id: z.string(), name: z.string().nullable().describe('null: nobody the caller may see') }).nullable();
const approvalView = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  state: z.enum(STATES),
  title: z.string(),
  reason: z.string().nullable(),
  asked: z.record(z.string(), z.unknown()),
  lines: z.array(z.object({ label: z.string(), value: z.string() })).describe('what is asked, in the words of the caller’s language'),
  collection: z.string(),
  item: z.string(),
  segment: z.string(),
  about: z.object({ customer: z.string().nullable(), opportunity: z.string().nullable(), lead: z.string().nullable() }),
  requested_by: person,
  requested_at: z.string().nullable(),
  due_on: z.string().nullable().describe('YYYY-MM-DD'),
  version: z.number(),
  step: z.number().describe('from 1'),
  steps: z.number(),
  escalated: z.boolean(),
  waitsFor: z.array(z.string()).describe('who may decide it now, by name'),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  decisions: z.array(
    z.object({
      ...{ id: z.string(), at: z.string(), by: person, acting_for: person },
      ...{ decision: z.enum(SAID), step: z.number(), comment: z.string().nullable() },
    }),
  ),
});
export type ApprovalView = z.infer<typeof approvalView>;

const READERS =
  'whoever reads the record by the row rules, whoever asked while it is nobody’s, whoever decides it now; to others it is absent';
const CONFLICT = 'APPROVAL_CONFLICT: it is over, has changed since, or its record has';

/** The routes of approvals for `/crm/openapi.json`. */
export const approvalOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/approvals/inbox',
    summary: {
      'zh-CN': '待我审批（先到期的在前）或我的申请：?box=waiting|asked&limit=&offset=',
      'en-US': 'What waits for the caller, first due first, or what the caller asked for: ?box=waiting|asked&limit=&offset=',
    },
    who: 'anybody with a role, about themselves',
    response: z.object({ approvals: z.array(approvalView), total: z.number() }),
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'get',
    path: '/approvals/count',
    summary: { 'zh-CN': '待我审批的数量', 'en-US': 'How much waits for the caller' },
    who: 'anybody with a role, about themselves',
    response: z.object({ count: z.number() }),
  },
  {
    method: 'get',
    path: '/approvals/{id}',
    summary: { 'zh-CN': '一个审批及其记录', 'en-US': 'One approval with its history' },
    who: READERS,
    response: approvalView,
  },
  {
    method: 'post',
    path: '/approvals',
    summary: { 'zh-CN': '申请审批', 'en-US': 'Ask for an approval' },
    who: 'whoever may reach the record, as the kind says',
    request: askRequest,
    response: approvalView,
    status: 201,
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'APPROVAL_RULE_MISSING, APPROVER_MISSING, ALREADY_PENDING' },
  },
  {
    method: 'post',
    path: '/approvals/{id}/decide',
    summary: {
      'zh-CN': '批准或驳回；version 为所看到的版本，驳回须写意见',
      'en-US': 'Approve or reject; version is the one that was shown, a rejection says why',
    },
    who: 'those who may decide it at this moment, never whoever asked (FOUR_EYES, NOT_APPROVER)',
    request: decideRequest,
    response: z.object({ id: z.string(), state: z.enum(STATES).describe('pending: it waits at the next step'), version: z.number() }),
    refusals: { 400: 'INVALID_PAYLOAD', 409: CONFLICT },
  },
  {
    method: 'post',
    path: '/approvals/{id}/withdraw',
    summary: { 'zh-CN': '撤回自己的申请', 'en-US': 'Take one’s own request back' },
    who: 'whoever asked, while it waits and they see it (NOT_REQUESTER)',
    request: withdrawRequest,
    response: z.object({ id: z.string(), state: z.literal('withdrawn') }),
    refusals: { 400: 'INVALID_PAYLOAD', 409: CONFLICT },
  },
  {
    method: 'post',
    path: '/approvals/{id}/comment',
    summary: { 'zh-CN': '评论', 'en-US': 'Say something about it' },
    who: READERS,
    request: commentRequest,
    response: approvalView,
    status: 201,
    refusals: { 400: 'INVALID_PAYLOAD' },
  },
];
