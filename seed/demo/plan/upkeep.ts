import type { ActivityDraft, CustomerDraft, LeadDraft, OpportunityDraft } from './rows.ts';

const latest = (left: string | null | undefined, right: string): string => (left && left > right ? left : right);
const earliest = (left: string | null | undefined, right: string): string => (left && left < right ? left : right);

interface Worked {
  customers: readonly CustomerDraft[];
  leads: readonly LeadDraft[];
  opportunities: readonly OpportunityDraft[];
}

/**
 * Sets the columns that the server keeps from the activities: when a record was last worked, and its next planned
 * day. An activity on an opportunity or a lead of a customer is one with that customer, too.
 */
export function keepLastActivity({ customers, leads, opportunities }: Worked, activities: readonly ActivityDraft[]): void {
  const customerById = new Map(customers.map((row) => [row.id, row]));
  const leadById = new Map(leads.map((row) => [row.id, row]));
  const opportunityById = new Map(opportunities.map((row) => [row.id, row]));

  for (const activity of activities) {
    const lead = leadById.get(activity.lead ?? '');
    const opportunity = opportunityById.get(activity.opportunity ?? '');
    const customer = customerById.get(activity.customer ?? opportunity?.customer ?? lead?.customer ?? '');
    if (activity.done_at) {
      for (const row of [lead, opportunity, customer]) if (row) row.last_activity_at = latest(row.last_activity_at, activity.done_at);
    } else if (activity.due_on) {
      for (const row of [lead, opportunity, customer]) if (row) row.next_due_on = earliest(row.next_due_on, activity.due_on);
    }
  }
}
