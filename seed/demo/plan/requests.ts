import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import { stableId } from '../../ids.ts';
import { SEGMENTS } from '../names/organisation.ts';
import { addDays, dayOf, instantAt, workingDayUpTo, type Day } from '../workdays.ts';
import { planAllAsked, type AskedRows, type Wish } from './asked.ts';
import { segmentId } from './group.ts';
import type { PlannedOpportunity } from './opportunities.ts';
import type { ContactDraft, CustomerDraft, Fresh, LeadDraft } from './rows.ts';
import { userId } from './staff.ts';

export type TransferDraft = Fresh<Rows['crm_transfers']> & { customer: string; state: string };
export type DisputeDraft = Fresh<Rows['crm_disputes']> & { subject: string; state: string };
export type ExportDraft = Omit<Fresh<Rows['crm_exports']>, 'asked'> & { asked: object };

/** What an installation begins with (the model's default). */
const DISCOUNT_LIMIT = 10;

interface Books {
  today: Day;
  customers: readonly CustomerDraft[];
  contacts: readonly ContactDraft[];
  leads: readonly LeadDraft[];
  opportunities: readonly PlannedOpportunity[];
}

/** An own active company of somebody; each is taken once. */
function shelfOf(customers: readonly CustomerDraft[]): (login: string) => CustomerDraft {
  const taken = new Map<string, number>();
  return (login) => {
    const nth = taken.get(login) ?? 0;
    taken.set(login, nth + 1);
    return customers.filter(({ owner, status, kind }) => owner === userId(login) && status === 'active' && kind === 'company')[nth]!;
  };
}

const before = (today: Day, days: number): Day => workingDayUpTo(addDays(today, -days));
const at = (day: Day, hour: number): string => instantAt(day, hour).toISOString();
const placeOf = <Owner>({ segment, owner }: { segment: string; owner: Owner }) => ({ segment, owner });

/** Discounts above the limit that went into an offer were approved by the head before that (SAL-11). */
function approvedDiscounts(opportunities: readonly PlannedOpportunity[]): Wish[] {
  return opportunities
    .filter(({ opportunity }) => Number(opportunity.discount_percent ?? 0) > DISCOUNT_LIMIT)
    .map(({ opportunity, changes }): Wish => {
      const percent = Number(opportunity.discount_percent);
      opportunity.discount_approved = percent;
      const on = dayOf(new Date(changes[1]?.changed_at ?? opportunity.date_created));
      const code = SEGMENTS.find((plan) => segmentId(plan.code) === opportunity.segment)!.code;
      return {
        ...discountOf(opportunity, `discount:${opportunity.id}`, on, '大客户框架采购，量大让利'),
        ended: { state: 'approved', by: userId(`head.${code}`), on, comment: '同意，仅限本次' },
      };
    });
}

function discountOf(opportunity: PlannedOpportunity['opportunity'], key: string, on: Day, reason: string): Wish {
  const { id, title, discount_percent, amount, customer } = opportunity;
  const percent = Number(discount_percent);
  return {
    ...{ key, kind: 'discount', collection: 'crm_opportunities', item: id, about: { opportunity: id }, place: placeOf(opportunity) },
    ...{
      title: `${title}：${percent}%`,
      asked: { discount_percent: percent, amount: amount ?? null, customer },
      reason,
      by: opportunity.owner,
      on,
    },
  };
}

/** One large discount waits in each segment, on an opportunity that is about to get its offer. */
function waitingDiscounts(opportunities: readonly PlannedOpportunity[], today: Day): Wish[] {
  return SEGMENTS.flatMap(({ code }, index) => {
    const reps = [1, 2, 3].map((rep) => userId(`rep${rep}.${code}`));
    const found = opportunities.find(
      ({ opportunity, stage }) => stage === 'needs_analysis' && opportunity.amount && reps.includes(opportunity.owner),
    );
    if (!found) return [];
    found.opportunity.discount_percent = 15 + (index % 4) * 3;
    return [discountOf(found.opportunity, `discount:waiting:${code}`, before(today, 1), '竞争对手报价更低，客户要求一次到位')];
  });
}

/** Leads that reps want to hand to a colleague (SAL-10). */
function waitingAllocations(leads: readonly LeadDraft[], today: Day): Wish[] {
  return ['s01', 's02', 's03'].flatMap((code): Wish[] => {
    const lead = leads.find(({ owner, status, customer }) => owner === userId(`rep1.${code}`) && status === 'following' && !customer);
    if (!lead) return [];
    const asked = { owner: userId(`rep2.${code}`) };
    return [
      {
        ...{ key: `lead:${code}`, kind: 'lead_allocation', collection: 'crm_leads', item: lead.id, about: { lead: lead.id } },
        ...{
          place: placeOf(lead),
          title: lead.title,
          asked,
          reason: '客户所在地由同事负责，请改派',
          by: lead.owner!,
          on: before(today, 1),
        },
      },
    ];
  });
}

interface Moving {
  code: string;
  /** Whose customer it is now. */
  rep: number;
  to: { code: string; rep: number | null };
  state: Rows['crm_transfers']['state'];
  days: number;
  reason: string;
  /** Where it was before, once it has moved. */
  from?: { code: string; rep: number };
}

const MOVINGS: readonly Moving[] = [
  { code: 's01', rep: 3, to: { code: 's01', rep: 2 }, state: 'requested', days: 1, reason: '客户总部搬到同事负责的区域' },
  { code: 's03', rep: 1, to: { code: 's03', rep: 3 }, state: 'requested', days: 1, reason: '同行业客户集中由一人跟进' },
  { code: 's01', rep: 2, to: { code: 's02', rep: null }, state: 'requested', days: 1, reason: '客户主要需求是对方版块的产品' },
  { code: 's04', rep: 1, to: { code: 's05', rep: null }, state: 'requested', days: 1, reason: '双方已会谈，客户希望由对方版块服务' },
  { code: 's02', rep: 2, to: { code: 's06', rep: null }, state: 'approved', days: 4, reason: '集团统一由对口版块服务' },
  {
    code: 's01',
    rep: 1,
    to: { code: 's01', rep: 1 },
    from: { code: 's01', rep: 3 },
    state: 'followed',
    days: 24,
    reason: '大客户转给大客户经理',
  },
  {
    code: 's02',
    rep: 1,
    to: { code: 's02', rep: 1 },
    from: { code: 's01', rep: 2 },
    state: 'followed',
    days: 40,
    reason: '客户转型，需求属于本版块',
  },
  {
    code: 's05',
    rep: 2,
    to: { code: 's05', rep: 2 },
    from: { code: 's05', rep: 1 },
    state: 'executed',
    days: 2,
    reason: '原负责人客户过多',
  },
  { code: 's03', rep: 2, to: { code: 's03', rep: 1 }, state: 'rejected', days: 9, reason: '希望由同事接手' },
  { code: 's04', rep: 2, to: { code: 's04', rep: 3 }, state: 'withdrawn', days: 12, reason: '误认为客户已搬迁' },
];

const KINDS_OF_MOVE = { within: 'owner_transfer', across: 'segment_transfer' } as const;

/** A transfer, and the request for it where one was needed (Q2, ORG-3). */
function planMoving(moving: Moving, nth: number, customer: CustomerDraft, today: Day): { transfer: TransferDraft; wish: Wish | null } {
  const { code, to, from, state, days, reason } = moving;
  const on = before(today, days);
  const id = stableId(`demo:transfer:${nth}`);
  const origin = from ?? { code, rep: moving.rep };
  const isAcross = origin.code !== to.code;
  const isDone = state === 'executed' || state === 'followed';
  const by = userId(`rep${origin.rep}.${origin.code}`);
  const executed = workingDayUpTo(addDays(on, 1)) > on ? workingDayUpTo(addDays(on, 1)) : on;
  const judge = isAcross ? userId('sysadmin1') : userId(`head.${origin.code}`);
  const transfer: TransferDraft = {
    ...{ id, customer: customer.id, state, reason, requested_by: by, to_segment: segmentId(to.code), with_contacts: true },
    ...{ to_owner: to.rep === null ? null : userId(`rep${to.rep}.${to.code}`), from_segment: segmentId(origin.code), from_owner: by },
    ...(isDone ? { executed_by: judge, executed_at: at(executed, 17) } : {}),
    ...(isDone && isAcross ? { basis: 'consent', basis_note: '客户联系人已书面同意' } : {}),
    ...(state === 'followed' ? { first_activity_at: at(workingDayUpTo(addDays(executed, 3)), 11) } : {}),
    ...{ ...placeOf(customer), date_created: at(on, 10), user_created: by },
  };
  if (isDone) return { transfer, wish: null };
  const ended =
    state === 'requested' ? null : { state, by: state === 'withdrawn' ? by : judge, on: executed, comment: ENDED[state] ?? null };
  const wish: Wish = {
    ...{ key: `transfer:${nth}`, kind: KINDS_OF_MOVE[isAcross ? 'across' : 'within'], collection: 'crm_transfers', item: id },
    ...{ about: { customer: customer.id }, place: placeOf(customer), title: customer.name, reason, by, on },
    asked: { to_segment: transfer.to_segment, to_owner: isAcross ? null : transfer.to_owner },
    ...(ended ? { ended } : {}),
  };
  return { transfer, wish };
}

const ENDED: Partial<Record<string, string>> = { approved: '同意，待落实接收人', rejected: '客户由原负责人跟进多年，暂不调整' };

interface Claim {
  code: string;
  rep: number;
  /** Whose customer is claimed. */
  of: { code: string; rep: number };
  state: Rows['crm_disputes']['state'];
  days: number;
  claim: string;
  ruling?: string;
}

const CLAIMS: readonly Claim[] = [
  { code: 's01', rep: 2, of: { code: 's01', rep: 1 }, state: 'open', days: 2, claim: '上半年展会上由我首次接触，有名片和邮件往来。' },
  { code: 's02', rep: 3, of: { code: 's02', rep: 2 }, state: 'open', days: 3, claim: '该客户的采购经理一直由我联系，近期仍在报价。' },
  { code: 's03', rep: 1, of: { code: 's04', rep: 1 }, state: 'referred', days: 6, claim: '客户的子公司是我的老客户，总部由我引荐。' },
  {
    ...{ code: 's04', rep: 3, of: { code: 's04', rep: 3 }, state: 'upheld', days: 30, claim: '首次拜访记录早于对方两个月。' },
    ruling: '首次录入和拜访均早于对方，主张成立。',
  },
  {
    ...{ code: 's05', rep: 2, of: { code: 's05', rep: 1 }, state: 'dismissed', days: 18, claim: '曾经给该客户发过资料。' },
    ruling: '仅发送资料，无后续跟进；现负责人持续跟进，主张不成立。',
  },
  { code: 's06', rep: 1, of: { code: 's06', rep: 2 }, state: 'withdrawn', days: 15, claim: '认为该客户属于我的区域。' },
];

function planDispute({ code, rep, of, state, days, claim, ruling }: Claim, nth: number, named: CustomerDraft, today: Day): DisputeDraft {
  const claimant = userId(`rep${rep}.${code}`);
  const on = before(today, days);
  const ruled = before(today, Math.max(0, days - 4));
  return {
    ...{ id: stableId(`demo:dispute:${nth}`), subject: named.name, about: 'customer', since: before(today, days + 120), claim, state },
    ...(ruling ? { ruling_reason: ruling, ruled_by: userId(`segadmin.${of.code}`), ruled_at: at(ruled, 15), record: named.id } : {}),
    ...{ owner: claimant, segment: segmentId(code), date_created: at(on, 9), user_created: claimant },
  };
}

/** A rep who has taken out most of a day's rows asks for all contacts (SEC-5); the wish itself is sealed where it is written. */
function planExport({ today, contacts }: Books): { row: ExportDraft; wish: Wish } {
  const by = userId('rep3.s01');
  const on = before(today, 1);
  const count = contacts.filter(({ owner }) => owner === by).length;
  const row: ExportDraft = {
    ...{ id: stableId('demo:export:waiting'), file_name: `联系人 ${on}.xlsx`, collection: 'crm_contacts', format: 'xlsx', status: 'asked' },
    ...{ rows_total: count, rows_done: 0, approved_rows: count, reason: '年度联系人核对' },
    asked: { ids: null, filter: [], search: false, sort: [], fields: [], standing: '', segments: [] },
    ...{ owner: by, segment: segmentId('s01'), date_created: at(on, 10), user_created: by },
  };
  const place = { segment: segmentId('s01'), owner: by };
  const wish: Wish = {
    ...{ key: 'export', kind: 'export_over_limit', collection: 'crm_exports', item: row.id, about: {}, place, title: `联系人 · ${count}` },
    ...{ asked: { rows: count, most: 1000, left: Math.floor(count / 2) }, reason: '年度联系人核对', by, on },
  };
  return { row, wish };
}

export interface Requests extends AskedRows {
  transfers: TransferDraft[];
  disputes: DisputeDraft[];
  exports: ExportDraft[];
}

/** What waits in the inboxes of a first start, and what became of earlier requests, claims and transfers (APR-1, ORG-3, CUS-13). */
export function planRequests(books: Books): Requests {
  const { today, customers, leads, opportunities } = books;
  const next = shelfOf(customers);
  const moved = MOVINGS.map((moving, nth) => planMoving(moving, nth + 1, next(`rep${moving.rep}.${moving.code}`), today));
  const disputes = CLAIMS.map((claim, nth) => planDispute(claim, nth + 1, next(`rep${claim.of.rep}.${claim.of.code}`), today));
  const { row, wish } = planExport(books);
  const asked = planAllAsked([
    ...approvedDiscounts(opportunities),
    ...waitingDiscounts(opportunities, today),
    ...waitingAllocations(leads, today),
    ...moved.flatMap((one) => one.wish ?? []),
    wish,
  ]);
  return { ...asked, transfers: moved.map(({ transfer }) => transfer), disputes, exports: [row] };
}
