import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import type { SegmentPlan } from '../names/organisation.ts';
import { fill, LOST_REASONS, NEEDS, OPPORTUNITY_TITLES } from '../names/texts.ts';
import { addDays, dayOf, daysBetween, instantAt, workingDayFrom, workingDayUpTo, type Day } from '../workdays.ts';
import type { CustomerDraft, Fresh, OpportunityDraft, Reference } from './rows.ts';
import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';

export const OPPORTUNITIES_PER_SEGMENT = 165;

const OPEN_STAGES = ['initial_contact', 'needs_analysis', 'proposal', 'negotiation'] as const;
type StageKey = (typeof OPEN_STAGES)[number] | 'won' | 'lost';

const STAGES: readonly (readonly [StageKey, number])[] = [
  ['initial_contact', 20],
  ['needs_analysis', 18],
  ['proposal', 16],
  ['negotiation', 13],
  ['won', 19],
  ['lost', 14],
];

export type StageChangeDraft = Fresh<Rows['crm_stage_changes']> & { changed_at: string };

export interface OpportunityContext {
  today: Day;
  reference: Reference;
  plan: SegmentPlan;
  /** Customers of the segment. */
  customers: readonly CustomerDraft[];
  /** When people who left did their last work. */
  leavers: ReadonlyMap<string, Day>;
  chance: Chance;
}

export interface PlannedOpportunity {
  opportunity: OpportunityDraft;
  changes: StageChangeDraft[];
  stage: StageKey;
  offer: { name: string; price: number; unit: string; index: number };
  quantity: number;
}

/** The stages that an opportunity has passed, the present one last; lost ones fall out anywhere on the way. */
function pathTo(stage: StageKey, chance: Chance): StageKey[] {
  if (stage === 'won') return [...OPEN_STAGES, 'won'];
  if (stage === 'lost') return [...OPEN_STAGES.slice(0, chance.integer(1, OPEN_STAGES.length)), 'lost'];
  return OPEN_STAGES.slice(0, OPEN_STAGES.indexOf(stage) + 1);
}

/** Working days between `from` and `to`, ascending, one for each step; the first is `from` itself. */
function spread(from: Day, to: Day, steps: number, chance: Chance): Day[] {
  const span = Math.max(0, daysBetween(from, to));
  const offsets = Array.from({ length: steps - 1 }, () => chance.integer(0, span)).sort((left, right) => left - right);
  return [from, ...offsets.map((offset) => workingDayUpTo(addDays(from, offset))).map((day) => (day < from ? from : day))];
}

/** The stages an opportunity went through and when it entered each, as instants. */
interface Journey {
  path: StageKey[];
  moments: string[];
  /** When it was won or lost; null while it is open. */
  closedOn: Day | null;
}

function journeyOf(stage: StageKey, customer: CustomerDraft, { today, leavers, chance }: OpportunityContext): Journey {
  const isClosed = stage === 'won' || stage === 'lost';
  const since = dayOf(new Date(customer.date_created));
  const until = leavers.get(customer.owner) ?? today;
  const age = Math.min(chance.integer(1, isClosed ? 420 : 150), daysBetween(since, until));
  const start = workingDayUpTo(addDays(until, -age));
  const path = pathTo(stage, chance);
  const end = workingDayUpTo(addDays(until, -chance.integer(1, Math.max(1, Math.min(age, 60)))));
  const moments = spread(start, end < start ? start : end, path.length, chance).map((day, position) =>
    instantAt(day, 9 + Math.min(8, position * 2), chance.integer(0, 59)).toISOString(),
  );
  return { path, moments, closedOn: isClosed ? dayOf(new Date(moments.at(-1)!)) : null };
}

function historyOf(
  number: number,
  opportunity: OpportunityDraft,
  { path, moments }: Journey,
  stageId: (key: StageKey) => string,
): StageChangeDraft[] {
  const { id, owner, segment, lost_reason } = opportunity;
  return path.map((key, position) => ({
    id: stableId(`demo:stage-change:${number}:${position}`),
    opportunity: id,
    from_stage: position ? stageId(path[position - 1]!) : null,
    to_stage: stageId(key),
    changed_at: moments[position]!,
    changed_by: owner,
    kind: position ? (key === 'won' || key === 'lost' ? ('closed' as const) : ('forward' as const)) : ('created' as const),
    lasted_seconds: position ? Math.max(0, (Date.parse(moments[position]!) - Date.parse(moments[position - 1]!)) / 1000) : null,
    reason: key === 'lost' ? (lost_reason ?? null) : null,
    owner,
    segment,
  }));
}

function planOne(number: number, context: OpportunityContext): PlannedOpportunity {
  const { today, reference, plan, customers, chance } = context;
  const customer = chance.pick(customers);
  // Stages beyond the first need an active customer (Q19).
  const stage = customer.status === 'active' ? chance.weighted(STAGES) : 'initial_contact';
  const journey = journeyOf(stage, customer, context);
  const { path, moments, closedOn } = journey;
  const index = chance.integer(0, plan.offers.length - 1);
  const offer = plan.offers[index]!;
  const quantity = Math.max(1, Math.round((chance.pick([8, 20, 45, 120]) * 10_000) / offer.price));
  const knowsNeeds = path.length > 1 || chance.happens(0.3);
  const expects = path.length > 2 || chance.happens(0.25);
  const stageId = (key: StageKey) => reference.stages.get(key)!;
  const expectedIn = closedOn ? chance.integer(-15, 10) : chance.integer(-12, 110);

  const opportunity: OpportunityDraft = {
    id: stableId(`demo:opportunity:${number}`),
    customer: customer.id,
    title: fill(chance.pick(OPPORTUNITY_TITLES), { name: customer.short_name ?? customer.name, offer: offer.name }),
    needs: knowsNeeds ? fill(chance.pick(NEEDS), { offer: offer.name, city: '本地' }) : null,
    stage: stageId(stage),
    stage_entered_at: moments.at(-1)!,
    amount: knowsNeeds ? offer.price * quantity : null,
    discount_percent: path.includes('negotiation') && chance.happens(0.5) ? chance.integer(1, 12) : null,
    expected_close_on: expects ? workingDayFrom(addDays(closedOn ?? today, expectedIn)) : null,
    closed_on: closedOn,
    lost_reason: stage === 'lost' ? chance.pick(LOST_REASONS) : null,
    owner: customer.owner,
    segment: customer.segment,
    date_created: moments[0]!,
    user_created: customer.owner,
  };
  return { opportunity, changes: historyOf(number, opportunity, journey, stageId), stage, offer: { ...offer, index }, quantity };
}

/** Opportunities of one segment with their stage histories (SAL-2, SAL-3), newest stage last. */
export function planOpportunities(first: number, context: OpportunityContext): PlannedOpportunity[] {
  const customers = context.customers.filter((customer) => customer.status !== 'archived');
  return Array.from({ length: OPPORTUNITIES_PER_SEGMENT }, (_, index) => planOne(first + index, { ...context, customers }));
}
