import type { Rows } from '../kernel/rows.ts';
import type { Knex } from '../platform/api/host.ts';
import type { Step, Way } from './rules/deciders.ts';

type Rule = Rows['crm_approval_rules'];

/** A rule that is gone has no steps: what waits by it goes up at once. */
const GONE: Way = { mode: 'any_of', escalateTo: null, steps: [] };

/** The rules of these ids with their steps. */
export async function waysOf(database: Knex, ids: readonly (string | null)[]): Promise<(id: string | null) => Way> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rules: Rule[] = wanted.length ? await database('crm_approval_rules').whereIn('id', wanted) : [];
  const steps: (Step & { rule: string })[] = wanted.length
    ? await database('crm_approval_steps').whereIn('rule', wanted).orderBy(['sort', 'id'])
    : [];
  const ways = new Map(
    rules.map((rule): [string, Way] => [
      rule.id,
      {
        mode: rule.mode,
        escalateTo: rule.escalate_to,
        steps: steps.filter((step) => step.rule === rule.id).map((step) => ({ ...step, sort: Number(step.sort) })),
      },
    ]),
  );
  return (id) => (id && ways.get(id)) || GONE;
}

export interface FoundRule {
  id: string;
  limitDays: number;
  way: Way;
}

/** The rule by which a segment decides a kind: its own one before the one for all; null where no rule with steps is in use (APR-1). */
export async function ruleFor(database: Knex, kind: Rule['kind'], segment: string): Promise<FoundRule | null> {
  const rules: Rule[] = await database('crm_approval_rules')
    .where({ kind, active: true })
    .andWhere((mine) => void mine.where({ segment }).orWhereNull('segment'))
    .orderBy('id');
  const rule = rules.find((one) => one.segment === segment) ?? rules[0];
  if (!rule) return null;
  const way = (await waysOf(database, [rule.id]))(rule.id);
  return way.steps.length ? { id: rule.id, limitDays: Number(rule.limit_days), way } : null;
}

/** The time limit of a rule, in working days; one that is gone leaves none. */
export async function limitOf(database: Knex, rule: string | null): Promise<number> {
  const row = rule ? await database('crm_approval_rules').where({ id: rule }).first('limit_days') : null;
  return Number(row?.limit_days ?? 0);
}
