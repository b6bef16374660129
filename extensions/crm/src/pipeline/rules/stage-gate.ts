import { meets } from './conditions.ts';
import { needsApproval, type Discount } from './discount.ts';
import { placeIn, type Stage, type StageSet } from './stage-set.ts';

/** What a stage asks about: the opportunity in plain values, and what stands beside it. */
export interface Subject {
  values: Readonly<Record<string, unknown>>;
  /** Whether a signed order or contract belongs to it; undefined while that cannot be told yet. */
  signed: boolean | undefined;
  customer: { status: string; missing: readonly string[] };
  discount: Discount;
}

export type GateRefusal =
  | { reason: 'fields_missing'; fields: string[] }
  | { reason: 'condition_not_met'; text: string | null }
  | { reason: 'customer_not_active'; status: string; missing: readonly string[] }
  | { reason: 'approval_required'; discount: number; limit: number };

export const isFilled = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && value !== false;

function has({ values, signed }: Subject, name: string): boolean {
  return name === 'order_or_contract' ? signed !== false : isFilled(values[name]);
}

/** What a stage asks for and the opportunity lacks, as the stage says it. */
export const missingFor = (stage: Stage, subject: Subject): string[] =>
  stage.required_fields.filter((demand) => !demand.split('|').some((name) => has(subject, name)));

const PROPOSAL = 'proposal';

/** Whether a discount has to be approved before this stage: from the proposal on, and for a deal that is won (SAL-11). */
export function asksForDiscount(set: StageSet, stage: Stage): boolean {
  if (stage.outcome !== 'open') return stage.outcome === 'won';
  const proposal = set.open.find(({ key }) => key === PROPOSAL);
  return proposal !== undefined && placeIn(set, stage) >= placeIn(set, proposal);
}

/** Whether a stage is one for customers that are complete: every one beyond the first, but not the loss of business (Q19). */
export const asksForCustomer = (set: StageSet, stage: Stage): boolean =>
  stage.outcome === 'won' || (stage.outcome === 'open' && placeIn(set, stage) > 0);

/**
 * Whether an opportunity has what a stage asks for (SAL-2, SAL-11, Q19): its fields, its conditions, a customer with
 * everything that a customer needs, and a discount that is small enough or approved. A lost one needs no complete customer.
 */
export function judgeGate(set: StageSet, stage: Stage, subject: Subject): GateRefusal | null {
  const fields = missingFor(stage, subject);
  if (fields.length) return { reason: 'fields_missing', fields };
  if (!meets(stage.conditions, subject.values)) return { reason: 'condition_not_met', text: stage.condition_text };
  const { customer, discount } = subject;
  if (asksForCustomer(set, stage) && customer.status !== 'active') return { reason: 'customer_not_active', ...customer };
  if (asksForDiscount(set, stage) && needsApproval(discount))
    return { reason: 'approval_required', discount: discount.percent ?? 0, limit: discount.limit ?? 0 };
  return null;
}
