import { z } from 'zod';
import type { ApiOperation } from '../../platform/api/openapi.ts';

const STATUSES = ['new', 'qualified', 'allocated', 'following', 'converted', 'lost'] as const;
const text = (most: number) => z.string().trim().min(1).max(most);
const day = z.iso.date();

export const allocateRequest = z.strictObject({
  owner: z
    .union([z.uuid(), z.literal('route')])
    .optional()
    .describe('whose it becomes, or route: by region and load'),
  segment: z.uuid().optional().describe('system_admin: the segment that gets a lead of the group pool'),
  reason: text(2000).nullish(),
});
export type AllocateRequest = z.infer<typeof allocateRequest>;

const allocateAnswer = z.object({
  id: z.string(),
  owner: z.string().nullable(),
  segment: z.string(),
  status: z.enum(STATUSES),
  approval: z.string().nullable().describe('the request that waits to be decided'),
  state: z.enum(['allocated', 'pending', 'waiting']),
});
export type AllocateAnswer = z.infer<typeof allocateAnswer>;

export const convertRequest = z.strictObject({
  customer: z.uuid().nullish().describe('an existing customer of the same owner; absent: a new one'),
  name: text(255).nullish().describe('of the new customer; absent: the lead’s company, else its contact'),
  opportunity: z
    .union([
      z.literal(false),
      z.strictObject({
        title: text(255).nullish(),
        needs: text(10_000).nullish(),
        amount: z.union([z.number().min(0), z.string().regex(/^\d{1,13}(\.\d{1,2})?$/u)]).nullish(),
        expected_close_on: day.nullish(),
      }),
    ])
    .nullish()
    .describe('false: none is made'),
  duplicates: z.literal('accept').nullish(),
});
export type ConvertRequest = z.infer<typeof convertRequest>;

export const convertQuery = z.object({ name: text(255).optional() });

const MATCHES = ['name', 'phone', 'email'] as const;
const duplicate = z.object({ id: z.string(), name: z.string(), by: z.array(z.enum(MATCHES)) });
const found = z.object({
  duplicates: z.array(duplicate).describe('customers that the caller may read'),
  elsewhere: z.boolean().describe('somebody else in the segment has it already'),
});
export type Found = z.infer<typeof found>;
export type MatchedBy = (typeof MATCHES)[number];

const previewAnswer = found.extend({
  id: z.string(),
  status: z.enum(STATUSES),
  ready: z.boolean(),
  why: z.string().nullable().describe('why it cannot be converted now'),
  customer: z.object({ name: z.string(), kind: z.string(), status: z.enum(['draft', 'active']) }).nullable(),
  missing: z.array(z.string()).describe('what the new customer would still need to be active'),
  contact: z.object({ name: z.string(), has: z.array(z.string()) }).nullable(),
  opportunity: z.object({ title: z.string(), needs: z.string().nullable() }),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;

const convertAnswer = z.object({
  id: z.string(),
  customer: z.string(),
  contact: z.string().nullable(),
  opportunity: z.string().nullable(),
});
export type ConvertAnswer = z.infer<typeof convertAnswer>;

const WORKERS = 'the owner of the lead; segment_admin and segment_head of its segment; system_admin';

/** The routes of leads for `/crm/openapi.json`. */
export const leadOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/leads/{id}/allocate',
    summary: {
      'zh-CN': '分配线索：指定负责人，或按地区和在手数量自动分配；须审批的版块返回 202',
      'en-US': 'Give a lead to somebody, or route it by region and load; 202 with the same answer where an approval is asked for',
    },
    who: 'segment_admin and segment_head of its segment; system_admin; a sales_rep asks for an own one to go to a colleague',
    request: allocateRequest,
    response: allocateAnswer,
    refusals: { 400: 'INVALID_PAYLOAD, FIELDS_MISSING', 409: 'CLOSED, CONFLICT' },
  },
  {
    method: 'get',
    path: '/leads/{id}/convert',
    summary: {
      'zh-CN': '转化预览：将建立的客户、联系人和商机，缺少的必填项，可能重复的客户；?name= 另取客户名称',
      'en-US': 'What a conversion would make, what is missing, and which customers there are already; ?name= for another name',
    },
    who: WORKERS,
    response: previewAnswer,
    refusals: { 400: 'INVALID_QUERY', 429: 'REQUESTS_EXCEEDED' },
  },
  {
    method: 'post',
    path: '/leads/{id}/convert',
    summary: {
      'zh-CN': '转化线索：一步建立客户、联系人和商机，全部成功或全部不写',
      'en-US': 'Turn a lead into customer, contact and opportunity in one step: all of it, or nothing',
    },
    who: WORKERS,
    request: convertRequest,
    response: convertAnswer,
    refusals: {
      400: 'INVALID_PAYLOAD, FIELDS_MISSING, FAILED_VALIDATION',
      409: 'DUPLICATES {duplicates, elsewhere}, ALREADY_CONVERTED {customer, opportunity}, UNALLOCATED, CLOSED, CONFLICT',
      429: 'REQUESTS_EXCEEDED',
    },
  },
];
