import { z } from 'zod';

/** What `GET /crm/my-day` answers, for it, for the API's document and for the page. */

/** So many are listed in each part. */
export const LISTED = 20;
/** Counting ends here: whoever has a hundred of anything has too many, however many. */
export const COUNTED = 100;

const named = z.object({ id: z.string(), name: z.string() });

const phone = z.object({
  collection: z.enum(['crm_contacts', 'crm_leads', 'crm_customers']),
  id: z.uuid(),
  field: z.literal('phone'),
  name: z.string().nullable().describe('who answers it'),
  value: z.string(),
  clear: z.boolean().describe('false: a mask, because the number is not the caller’s to see now'),
});

const place = z.object({ collection: z.string(), id: z.uuid(), title: z.string() });

export const dayActivity = z.object({
  id: z.uuid(),
  type: z.enum(['call', 'mail', 'visit', 'meeting', 'message', 'task', 'no_change']),
  subject: z.string(),
  due_on: z.iso.date().nullable(),
  priority: z.enum(['high', 'medium', 'low']),
  assignment: z.enum(['requested', 'accepted', 'declined']).nullable(),
  about: place.nullable().describe('the customer, lead or opportunity that it hangs on'),
  customer: named.nullable(),
  phone: phone.nullable(),
});

const assigned = dayActivity.extend({
  person: named.nullable().describe('who assigned it to the caller, or whom the caller assigned it to'),
  declined_reason: z.string().nullable(),
});

export const staleRecord = place.extend({
  collection: z.enum(['crm_leads', 'crm_opportunities']),
  customer: named.nullable(),
  days_left: z.int().describe('until an activity is due by the rule of the segment; below 0: late'),
  last_activity_at: z.iso.datetime().nullable(),
  phone: phone.nullable(),
});

const recentRecord = place.extend({ at: z.iso.datetime(), phone: phone.nullable() });

export const dayApproval = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  due_on: z.iso.date().nullable(),
  requested_by: named.nullable(),
});

const count = z
  .int()
  .min(0)
  .max(COUNTED)
  .describe(`${COUNTED} means: more than ${COUNTED - 1}`);
const at = (what: string) => `${what}; at most ${LISTED}`;

export const myDay = z.object({
  date: z.iso.date().describe('the day in the zone of the caller’s segment'),
  overdue: z.array(dayActivity).describe(at('own open activities of days before, the oldest first')),
  today: z.array(dayActivity).describe(at('own open activities of today')),
  stale_soon: z.array(staleRecord).describe(at('own open leads and opportunities with seven days or less for their activity')),
  approvals: z.object({ count, items: z.array(dayApproval).describe(at('what waits for the caller’s decision')) }),
  assigned: z.object({
    to_me: z.array(assigned).describe(at('waiting for the caller’s answer; after them what was taken on and has no day')),
    by_me: z.array(assigned).describe(at('assigned by the caller and to be answered, declined, or taken on and overdue')),
  }),
  recent: z.array(recentRecord).describe(at('records that the caller opened last')),
  counts: z.object({ overdue: count, today: count, stale_soon: count, approvals: count, to_me: count, by_me: count }),
});

export type DayPhone = z.infer<typeof phone>;
export type DayActivity = z.infer<typeof dayActivity>;
export type AssignedActivity = z.infer<typeof assigned>;
export type StaleRecord = z.infer<typeof staleRecord>;
export type RecentRecord = z.infer<typeof recentRecord>;
export type DayApproval = z.infer<typeof dayApproval>;
export type MyDay = z.infer<typeof myDay>;
