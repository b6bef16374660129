import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { deskOperations } from './desk/contract.ts';
import { TRANSFER_REFUSALS, type TransfersReason } from './locale/refusals.ts';
import { BASES } from './rules/execution.ts';

const LONGEST = 4000;
const text = z.string().trim().max(LONGEST);
const basis = z.enum(BASES);
const key = z.uuid().transform((id) => id.toLowerCase());

export const executeRequest = z
  .strictObject({
    to_owner: key.nullish(),
    basis: basis.nullish(),
    basis_note: text.nullish(),
    with_contacts: z.boolean().optional(),
  })
  .default({});
export type ExecuteRequest = z.infer<typeof executeRequest>;

export const emptyRequest = z.strictObject({}).default({});

export const DISPUTED = ['crm_customers', 'crm_leads', 'crm_opportunities'] as const;
const collection = z.enum(DISPUTED);

export const evidenceQuery = z.strictObject({ collection, record: key });

export const ruleRequest = z.strictObject({
  ruling: z.enum(['uphold', 'dismiss']),
  collection: collection.optional(),
  record: key.optional(),
  /** Absent: empty, and refused with words of its own. */
  reason: text.default(''),
  basis: basis.nullish(),
  basis_note: text.nullish(),
  with_contacts: z.boolean().optional(),
});
export type RuleRequest = z.infer<typeof ruleRequest>;

export const referRequest = z.strictObject({ reason: text.optional() }).default({});

const who = z.object({ id: z.string(), name: z.string().nullable() });
const moment = z.string();
const id = z.uuid();

const transferAnswer = z.object({
  id,
  state: z.string(),
  customer: id,
  from_segment: id.nullable(),
  to_segment: id,
  to_owner: id.nullable(),
  basis: basis.nullable(),
  with_contacts: z.boolean(),
  executed_at: moment.nullable(),
  first_activity_at: moment.nullable(),
});
export type TransferAnswer = z.infer<typeof transferAnswer>;

const withdrawAnswer = z.object({ id, state: z.literal('withdrawn') });
export type WithdrawAnswer = z.infer<typeof withdrawAnswer>;

const disputeAnswer = z.object({ id, state: z.string(), transfer: id.nullable() });
export type DisputeAnswer = z.infer<typeof disputeAnswer>;

const evidenceAnswer = z.object({
  record: z.object({ collection, id, name: z.string().nullable(), segment: id, owner: who.nullable() }),
  first_entry: z.object({ at: moment, by: who.nullable() }).nullable(),
  owners: z.array(z.object({ at: moment, by: who.nullable(), from: who.nullable(), to: who.nullable() })),
  people: z.array(z.object({ by: who, activities: z.int(), first_at: moment, last_at: moment })),
  activities: z.array(z.object({ id, at: moment, by: who.nullable(), type: z.string(), subject: z.string() })),
  stages: z.array(z.object({ at: moment, by: who.nullable(), opportunity: id, from: z.string().nullable(), to: z.string().nullable() })),
});
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>;
export type Who = z.infer<typeof who>;

function refusedWith(...reasons: TransfersReason[]): Record<number, string> {
  const byStatus = Map.groupBy(reasons, (reason) => TRANSFER_REFUSALS[reason].status);
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      [...Map.groupBy(of, (one) => TRANSFER_REFUSALS[one].code)].map(([code, all]) => `${code}: ${all.join(', ')}`).join('; '),
    ]),
  );
}

const MOVING: TransfersReason[] = ['owner_needed', 'owner_elsewhere', 'not_same_handler', 'file_shared', 'busy', 'bad_value'];

/** The routes of this slice; a transfer is asked for, and a dispute raised, at /items/crm_transfers and /items/crm_disputes. */
export const transferOperations: readonly ApiOperation[] = [
  ...deskOperations,
  {
    method: 'post',
    path: '/transfers/{id}/execute',
    summary: {
      'zh-CN':
        '执行跨版块划转：客户及其全部资料在一个事务中转给新负责人。to_owner 缺省为申请中填写的人，否则为转往版块的负责人；basis 为将个人信息交给另一家公司的依据，缺省为 request_reason（以申请理由为据），同一公司内缺省为 same_handler；with_contacts 为 false 时只转单位资料并清除联系方式',
      'en-US':
        'Carry a transfer across segments out: the customer with its whole tree in one transaction. to_owner: absent, whoever the request names, else the head of the target segment. basis: on what personal data passes to another company; absent, request_reason (the reason that was given), within one company same_handler; with_contacts false passes company data only and erases contact details',
    },
    who: 'group marketing (system_admin) alone; an approval that waits is decided with it',
    request: executeRequest,
    response: transferAnswer,
    refusals: refusedWith('not_open', 'moved_meanwhile', 'within_segment', 'approval_pending', ...MOVING),
  },
  {
    method: 'post',
    path: '/transfers/{id}/withdraw',
    summary: { 'zh-CN': '撤回尚未执行的划转申请', 'en-US': 'Take a request back that was not carried out' },
    who: 'whoever asked for it',
    request: emptyRequest,
    response: withdrawAnswer,
    refusals: refusedWith('not_withdrawable', 'busy', 'bad_value'),
  },
  {
    method: 'get',
    path: '/disputes/{id}/evidence',
    summary: {
      'zh-CN': '争议证据：首次录入、负责人变更、各人行动、阶段变动（查询参数 collection 与 record）',
      'en-US': 'Evidence of a dispute: first entry, owners, activities by person, stages (query: collection and record)',
    },
    who: 'admins of the segment and group marketing, about records that they reach',
    response: evidenceAnswer,
    refusals: refusedWith('bad_value'),
  },
  {
    method: 'post',
    path: '/disputes/{id}/rule',
    summary: {
      'zh-CN': '裁定争议：成立则主张人成为负责人，连同客户的全部资料；商机随其客户。跨公司时 basis 缺省为 request_reason（以裁定理由为据）',
      'en-US':
        'Rule on a dispute: upheld, the claimant becomes the owner, with the whole tree; an opportunity follows its customer. basis across companies: absent, request_reason (the reasons of the ruling)',
    },
    who: 'admins of the segment, group marketing; across segments group marketing alone; neither side of the dispute',
    request: ruleRequest,
    response: disputeAnswer,
    refusals: refusedWith(
      'ruling_reason_needed',
      'record_needed',
      'dispute_closed',
      'across_segments',
      'claimant_gone',
      'claimant_owns',
      ...MOVING,
    ),
  },
  {
    method: 'post',
    path: '/disputes/{id}/refer',
    summary: { 'zh-CN': '将争议转交集团市场营销部', 'en-US': 'Refer a dispute to group marketing' },
    who: 'admins of the segment',
    request: referRequest,
    response: disputeAnswer,
    refusals: refusedWith('dispute_closed', 'bad_value'),
  },
  {
    method: 'post',
    path: '/disputes/{id}/withdraw',
    summary: { 'zh-CN': '撤回争议', 'en-US': 'Take a dispute back' },
    who: 'the claimant',
    request: emptyRequest,
    response: disputeAnswer,
    refusals: refusedWith('dispute_closed', 'bad_value'),
  },
];
