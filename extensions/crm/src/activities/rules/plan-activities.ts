import { addWorkingDays, type CalendarDays } from '../../kernel/calendar/working-days.ts';
import { planKey } from './plan-key.ts';

/** How often which customers are visited or called; an empty class, grade or segment stands for all. */
export interface Plan {
  id: string;
  class: string | null;
  grade: string | null;
  segment: string | null;
  type: string;
  subject: string;
  every_days: number;
  ahead_days: number;
  priority: string;
}

/** What decides which plans a customer has. */
export interface Axes {
  class: string;
  grade: string | null;
  segment: string;
}

/** A customer with an owner who works; days are business days of its segment. */
export interface PlannedFor extends Axes {
  id: string;
  owner: string;
  created_on: string;
}

/** What was done with a customer last, and what is open, as far as plans go. */
export interface Worked {
  customer: string;
  type: string;
  /** The plan that asked for it; null where a person thought of it. */
  plan: string | null;
}

export interface DraftActivity {
  plan_key: string;
  customer: string;
  segment: string;
  owner: string;
  type: string;
  subject: string;
  priority: string;
  due_on: string;
}

const weight = (plan: Plan): number => (plan.segment ? 8 : 0) + (plan.class ? 2 : 0) + (plan.grade ? 1 : 0);

/**
 * The plans of a customer, one for each type of activity (SAL-12, SAL-13, CUS-9): a segment's own before a shared one, then
 * class and grade before class, before grade, before all.
 */
export function plansOf(plans: readonly Plan[], axes: Axes): Plan[] {
  const fits = (plan: Plan) =>
    (plan.segment === null || plan.segment === axes.segment) &&
    (plan.class === null || plan.class === axes.class) &&
    (plan.grade === null || plan.grade === axes.grade);
  const chosen = new Map<string, Plan>();
  for (const plan of plans.filter(fits).sort((one, other) => weight(other) - weight(one) || (one.id < other.id ? -1 : 1)))
    if (!chosen.has(plan.type)) chosen.set(plan.type, plan);
  return [...chosen.values()];
}

const DAY_MS = 86_400_000;
const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
const later = (one: string, other: string): string => (one > other ? one : other);

export interface Planning {
  customers: readonly PlannedFor[];
  plans: readonly Plan[];
  /**
   * The last business day on which something was done, for each customer, type and plan; and the last one that the plan asked
   * for, where it did.
   */
  done: readonly (Worked & { on: string; asked?: string | null })[];
  open: readonly Worked[];
  /** The day it is in a segment. */
  todayOf(segment: string): string;
  calendar: CalendarDays;
}

/**
 * The activities that the plans ask for now (SAL-12, SAL-13): so many days after the last one of its type, or after the
 * customer came, on a day on which people work and not in the past. None while one is still open, so that a customer who was
 * forgotten for a year is visited once and not twelve times.
 */
export function planActivities({ customers, plans, done, open, todayOf, calendar }: Planning): DraftActivity[] {
  const lastDone = new Map<string, string>();
  const note = (key: string, day: string) => lastDone.set(key, later(day, lastDone.get(key) ?? ''));
  for (const { customer, type, plan, on, asked } of done) {
    note(`${customer}/${type}`, on);
    // What was asked for on a day and entered as done before it counts for that day: the plan never asks twice for one day.
    if (plan) note(`${customer}/${plan}`, later(on, asked ?? ''));
  }
  const isOpen = new Set(open.flatMap(({ customer, type, plan }) => [`${customer}/${type}`, ...(plan ? [`${customer}/${plan}`] : [])]));

  return customers.flatMap((customer) => {
    const today = todayOf(customer.segment);
    return plansOf(plans, customer).flatMap((plan): DraftActivity[] => {
      const keys = [`${customer.id}/${plan.type}`, `${customer.id}/${plan.id}`];
      if (keys.some((key) => isOpen.has(key))) return [];
      const last = keys.map((key) => lastDone.get(key) ?? '').reduce(later);
      const asked = addDays(last || customer.created_on, plan.every_days);
      if (asked > addDays(today, plan.ahead_days)) return [];
      const { type, subject, priority } = plan;
      const due_on = addWorkingDays(later(asked, today), 0, calendar);
      const place = { customer: customer.id, segment: customer.segment, owner: customer.owner };
      return [{ plan_key: planKey(plan.id, customer.id, asked), ...place, type, subject, priority, due_on }];
    });
  });
}
