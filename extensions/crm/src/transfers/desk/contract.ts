import { z } from 'zod';
import type { ApiOperation } from '../../platform/api/openapi.ts';
import { BASES } from '../rules/execution.ts';

/** A whole number in a query; a list of them is none. */
const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/u)
    .transform(Number)
    .pipe(z.number().min(from).max(to));

export const pageQuery = z.object({ limit: whole(1, 100).default(20), offset: whole(0, 1_000_000).default(0) });
export type PageQuery = z.infer<typeof pageQuery>;
/** `executed`: carried out, and nothing was done with the customer since. */
export const transfersQuery = pageQuery.extend({ state: z.enum(['open', 'executed']).default('open') });
export type TransfersQuery = z.infer<typeof transfersQuery>;
export const ownersQuery = z.object({ segment: z.uuid().transform((id) => id.toLowerCase()) });

const who = z.object({ id: z.string(), name: z.string().nullable().describe('null: nobody the caller may see') });
const named = z.object({ id: z.string(), name: z.string() });

const transferView = z.object({
  ...{ id: z.string(), state: z.string(), reason: z.string(), customer: named, requested_by: who.nullable() },
  ...{ requested_at: z.string().nullable(), from_segment: named.nullable(), to_segment: named, to_owner: who.nullable() },
  executed_at: z.string().nullable(),
  approval: z.string().nullable().describe('the approval that waits with it'),
  mayExecute: z.boolean(),
  mayWithdraw: z.boolean(),
  execution: z
    .object({
      owner: who.nullable().describe('who gets it where nobody else is named'),
      basis: z.enum(BASES).nullable(),
      with_contacts: z.boolean(),
      passes: z.enum(['nothing', 'contacts', 'person']).describe('what of people would go to another company'),
    })
    .nullable()
    .describe('for whoever may execute it'),
});
export type TransferView = z.infer<typeof transferView>;

const disputeView = z.object({
  ...{ id: z.string(), subject: z.string(), about: z.enum(['customer', 'lead', 'opportunity']), claim: z.string(), state: z.string() },
  since: z.string().nullable().describe('YYYY-MM-DD'),
  ...{ segment: named, claimant: who, filed_by: who.nullable(), filed_at: z.string().nullable() },
  ...{ ruling_reason: z.string().nullable(), ruled_by: who.nullable(), ruled_at: z.string().nullable() },
  ...{ mayRule: z.boolean(), mayRefer: z.boolean(), mayWithdraw: z.boolean() },
});
export type DisputeView = z.infer<typeof disputeView>;

const owners = z.object({ owners: z.array(who) });
export type OwnersAnswer = z.infer<typeof owners>;

const BAD = { 400: 'INVALID_PAYLOAD: bad_value' };
const READERS = 'whoever reads the row by the row rules; to others it is absent';

/** What is read to work transfers and disputes. */
export const deskOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/transfers/waiting',
    summary: {
      'zh-CN':
        '等待处理的划转：市场营销部看到全部跨版块申请，其他人看到自己的申请；?state=executed 为已执行、等待新负责人首次行动的；先提出的在前（?state=&limit=&offset=）',
      'en-US':
        'Transfers that wait: for group marketing all across segments, for everybody else their own; ?state=executed: carried out, the new owner’s first activity is awaited; first asked first (?state=&limit=&offset=)',
    },
    who: 'anybody with a role, about what they may act on',
    response: z.object({ transfers: z.array(transferView), total: z.int() }),
    refusals: BAD,
  },
  {
    method: 'get',
    path: '/transfers/owners',
    summary: { 'zh-CN': '可在该版块担任负责人的人员（?segment=）', 'en-US': 'Who may own customers in a segment (?segment=)' },
    who: 'who works in the segment, group staff; to others nobody works there',
    response: owners,
    refusals: BAD,
  },
  {
    method: 'get',
    path: '/transfers/{id}',
    summary: { 'zh-CN': '一项划转', 'en-US': 'One transfer' },
    who: READERS,
    response: transferView,
  },
  {
    method: 'get',
    path: '/disputes/open',
    summary: {
      'zh-CN': '未办结的争议：可由自己裁定的，和自己提出的；先提出的在前（?limit=&offset=）',
      'en-US': 'Disputes not settled: those the caller may rule on, and the caller’s own, first raised first (?limit=&offset=)',
    },
    who: 'anybody with a role, about what they may act on',
    response: z.object({ disputes: z.array(disputeView), total: z.int() }),
    refusals: BAD,
  },
  {
    method: 'get',
    path: '/disputes/{id}',
    summary: { 'zh-CN': '一项争议', 'en-US': 'One dispute' },
    who: READERS,
    response: disputeView,
  },
];
