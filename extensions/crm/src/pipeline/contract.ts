import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';

const LONGEST_REASON = 500;

export const stageRequest = z.strictObject({
  stage: z.string().trim().min(1).max(64).describe('key or id'),
  fields: z.record(z.string().max(64), z.unknown()).optional().describe('further fields of the opportunity, saved in the same transaction'),
  reason: z.string().max(LONGEST_REASON).nullish().describe('needed to go back and to open again'),
  from: z.string().trim().min(1).max(64).nullish().describe('the stage that the caller saw, key or id: another one answers 409'),
});

export const undoRequest = z.strictObject({ change: z.uuid().describe('the change that POST …/stage answered with') });

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
});

const moved = z.object({
  id: z.string(),
  stage: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  change: z.object({ id: z.string() }).nullable().describe('null: it stood there already'),
});
export type Moved = z.infer<typeof moved>;

const step = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  outcome: z.enum(['open', 'won', 'lost']),
  color: z.string().nullable(),
  sort: z.number(),
  state: z.enum(['passed', 'current', 'next', 'later']),
  missing: z.array(z.string()).describe('fields that the stage asks for; `a|b` is one of the two, `order_or_contract` a signed one'),
  allowed: z.boolean().describe('whether the caller may move it there now, with a reason where one is needed'),
  needs_reason: z.boolean(),
  why: z.string().optional(),
  code: z.string().optional().describe('the code with which POST …/stage would refuse'),
});
export type PathStep = z.infer<typeof step>;

const path = z.object({
  stage: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  version: z.string().describe('the last entry of the history'),
  closed_on: z.string().nullable(),
  stages: z.array(step),
});
export type StagePath = z.infer<typeof path>;

const unordered = z.object({
  opportunities: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      customer: z.object({ id: z.string(), name: z.string() }),
      owner: z.string().nullable(),
      segment: z.string(),
      amount: z.number().nullable(),
      closed_on: z.string(),
      days: z.number().describe('days since it was won'),
      limit: z.number().describe('days that the segment allows'),
    }),
  ),
  total: z.number(),
});
export type WonWithoutOrder = z.infer<typeof unordered>;

const READERS = 'whoever reads the opportunity';
const WRITERS = 'owner, segment_admin, segment_head, system_admin';

/** The routes of opportunities for `/crm/openapi.json`. */
export const pipelineOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/opportunities/{id}/path',
    summary: {
      'zh-CN': '商机的阶段路径：每个阶段缺少什么、能否进入',
      'en-US': 'The way of an opportunity: what each stage still asks for, and whether it may be entered',
    },
    who: READERS,
    response: path,
  },
  {
    method: 'post',
    path: '/opportunities/{id}/stage',
    summary: {
      'zh-CN': '变更商机阶段，可同时保存字段；规则与直接修改完全相同',
      'en-US': 'Move an opportunity to a stage, with fields saved along; the same gate as a plain update',
    },
    who: WRITERS,
    request: stageRequest,
    response: moved,
    refusals: {
      400: 'FIELDS_MISSING {fields, today: the day in the segment of the opportunity}, STAGE_SKIPPED {next}, REASON_REQUIRED, CONDITION_NOT_MET, APPROVAL_REQUIRED {discount, limit}, CLOSED, CUSTOMER_NOT_ACTIVE {missing}, STAGE_NOT_IN_USE, INVALID_PAYLOAD',
      409: 'STAGE_CONFLICT',
    },
  },
  {
    method: 'post',
    path: '/opportunities/{id}/stage/undo',
    summary: { 'zh-CN': '10 秒内撤销自己的最近一次阶段变更', 'en-US': 'Take back the own last move, within 10 seconds' },
    who: 'whoever made the move',
    request: undoRequest,
    response: moved,
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'UNDO_TOO_LATE, STAGE_CONFLICT' },
  },
  {
    method: 'get',
    path: '/opportunities/won-without-order',
    summary: {
      'zh-CN': '凭合同成交、超过版块期限仍无订单的商机（limit、offset）',
      'en-US': 'Won on a contract, and no order after the days that the segment allows (limit, offset)',
    },
    who: 'any, own reach',
    response: unordered,
    refusals: { 400: 'INVALID_QUERY' },
  },
];
