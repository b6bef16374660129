import type { HandoverRequest } from '../contract.ts';
import type { ConditionKind } from './locale.ts';

/** A rule as somebody is writing it. */
export interface DraftRule {
  key: number;
  to: string;
  kind: ConditionKind;
  value: string;
  chosen: string[];
}

type Rule = HandoverRequest['rules'][number];

/** The condition that a choice means; null while the choice is not complete. */
const WHERE: Partial<Record<ConditionKind, (value: string) => Record<string, unknown>>> = {
  region: (value) => ({ _or: [{ region: { _eq: value } }, { region: { parent: { _eq: value } } }] }),
  grade: (value) => ({ grade: { _eq: value } }),
  class: (value) => ({ class: { _eq: value } }),
  stage: (value) => ({ opportunities: { _some: { _and: [{ stage: { _eq: value } }, { closed_on: { _null: true } }] } } }),
};

const COLLECTION: Partial<Record<ConditionKind, Rule['collection']>> = {
  customers: 'crm_customers',
  leads: 'crm_leads',
  activities: 'crm_activities',
};

/** Whether a choice needs a value beside it. */
export const needsValue = (kind: ConditionKind): boolean => kind in WHERE;

/** The rule that is sent; null while something is missing. */
export function toRule({ to, kind, value, chosen }: DraftRule): Rule | null {
  if (!to) return null;
  if (kind === 'chosen') return chosen.length ? { to, where: { id: { _in: chosen } } } : null;
  const where = WHERE[kind];
  if (where) return value ? { to, where: where(value) } : null;
  const collection = COLLECTION[kind];
  return collection ? { to, collection } : { to };
}
