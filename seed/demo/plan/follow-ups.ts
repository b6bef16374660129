import { planActivities, type Plan } from '../../../extensions/crm/src/activities/rules/plan-activities.ts';
import { followUpPlans } from '../../base/follow-up-plans.ts';
import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { addDays, dayOf, instantAt, workingDayFrom, workingDayUpTo, type Day } from '../workdays.ts';
import type { ActivityDraft, CustomerDraft, LeadDraft, OpportunityDraft, Person } from './rows.ts';

/** What would be late on the first day is spread over so many days. */
const SPREAD_DAYS = 27;

interface Done {
  customers: readonly CustomerDraft[];
  leads: readonly LeadDraft[];
  opportunities: readonly OpportunityDraft[];
  activities: readonly ActivityDraft[];
  staff: readonly Person[];
}

/**
 * The follow-ups that the plans of an installation ask for, as if they had run all along (SAL-12): otherwise the first run would make
 * all of them due on the day of the first start.
 */
export function planFollowUps({ customers, leads, opportunities, activities, staff }: Done, today: Day, chance: Chance): ActivityDraft[] {
  const above = new Map<string, string | null | undefined>([...leads, ...opportunities].map(({ id, customer }) => [id, customer]));
  const active = new Set(staff.filter(({ status }) => status === 'active').map(({ id }) => id));
  const placed = customers.filter(({ status, owner }) => status === 'active' && active.has(owner));
  const drafts = planActivities({
    plans: followUpPlans as unknown as Plan[],
    customers: placed.map((row) => ({
      ...{ id: row.id, owner: row.owner, segment: row.segment, class: row.class, grade: row.grade ?? null },
      created_on: dayOf(new Date(row.date_created)),
    })),
    done: activities.flatMap(({ type, done_at, customer, lead, opportunity }) => {
      const of = customer ?? above.get(lead ?? opportunity ?? '');
      return done_at && of ? [{ customer: of, type, plan: null, on: dayOf(new Date(done_at)) }] : [];
    }),
    open: [],
    todayOf: () => today,
    calendar: new Map(),
  });
  const entered = instantAt(workingDayUpTo(addDays(today, -1)), 6).toISOString();
  return drafts.map(({ due_on, ...draft }): ActivityDraft => {
    const isLate = due_on <= workingDayFrom(today);
    const day = isLate ? workingDayFrom(addDays(today, chance.integer(0, SPREAD_DAYS))) : workingDayFrom(due_on);
    // The key holds the day; what it is about does not.
    const id = stableId(`demo:follow-up:${draft.customer}:${draft.type}`);
    return {
      id,
      ...draft,
      type: draft.type as ActivityDraft['type'],
      priority: draft.priority as ActivityDraft['priority'],
      due_on: day,
      date_created: entered,
    };
  });
}
