import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { CalendarDays } from '../../kernel/calendar/working-days.ts';
import type { Knex } from '../../platform/api/host.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import { dayOfPlanKey } from '../rules/plan-key.ts';
import type { Plan, PlannedFor, Planning, Worked } from '../rules/plan-activities.ts';

/** What is the same for all customers of a run. */
export interface Frame {
  plans: readonly Plan[];
  calendar: CalendarDays;
  /** Time zones by segment. */
  zones: ReadonlyMap<string, string>;
  todayOf(segment: string): string;
}

/** Reads plans, calendar and days of a run; `asOf` stands for today everywhere (rehearsal). */
export async function readFrame(database: Knex, now: Date, asOf: string | null): Promise<Frame> {
  const plans: Plan[] = await database('crm_follow_up_plans')
    .where({ active: true })
    .andWhere('every_days', '>', 0)
    .andWhere('ahead_days', '>=', 0)
    .orderBy('id')
    .select('id', 'class', 'grade', 'segment', 'type', 'subject', 'every_days', 'ahead_days', 'priority');
  const segments = await database('crm_segments').select('id', 'timezone');
  const zones = new Map<string, string>(segments.flatMap(({ id, timezone }) => (timezone ? [[id, timezone] as const] : [])));
  const today = new Map(segments.map(({ id }) => [id as string, asOf ?? toBusinessDate(now, zones.get(id))]));
  const first = [...today.values(), asOf ?? toBusinessDate(now)].reduce((one, other) => (one < other ? one : other));
  const days = await database('crm_calendar_days').where('day', '>=', toStoredDay(database, first)).select('day', 'kind');
  return {
    plans,
    zones,
    calendar: new Map(days.map(({ day, kind }) => [fromStoredDay(day)!, kind])),
    todayOf: (segment) => today.get(segment) ?? asOf ?? toBusinessDate(now),
  };
}

const THROUGH = [
  ['opportunity', 'crm_opportunities'],
  ['lead', 'crm_leads'],
] as const;
const UUID_LENGTH = 36;

const LAST = (customer: string) => ({
  customer,
  type: 'crm_activities.type',
  plan_key: 'crm_activities.plan_key',
  done_at: 'crm_activities.done_at',
});

/** Active customers whose owner works; some by key, or the next ones after a key. Drafts, merged and archived ones have no plan. */
export async function readCustomers(
  database: Knex,
  { zones }: Pick<Frame, 'zones'>,
  which: { ids: readonly string[] } | { after: string; limit: number },
): Promise<PlannedFor[]> {
  const query = database('crm_customers')
    .join('directus_users', 'directus_users.id', 'crm_customers.owner')
    .where({ 'crm_customers.status': 'active', 'directus_users.status': 'active' })
    .orderBy('crm_customers.id')
    .select(...['id', 'owner', 'segment', 'class', 'grade', 'date_created'].map((column) => `crm_customers.${column}`));
  if ('ids' in which) void query.whereIn('crm_customers.id', [...which.ids]);
  else if (which.after) void query.andWhere('crm_customers.id', '>', which.after).limit(which.limit);
  else void query.limit(which.limit);
  const rows = await query;
  return rows.map(({ date_created: created, ...row }) => ({
    ...row,
    created_on: toBusinessDate(new Date((created as number | string | Date | null) ?? 0), zones.get(row.segment)),
  }));
}

/** Everything that the rule needs to know of some customers: what was done in their trees, and which plan is still open. */
export async function readPlanning(database: Knex, frame: Frame, customers: readonly PlannedFor[]): Promise<Planning> {
  const ids = customers.map(({ id }) => id);
  const zoneOf = new Map(customers.map(({ id, segment }) => [id, frame.zones.get(segment)]));
  const types = [...new Set(frame.plans.map(({ type }) => type))];
  const counts = (rows: Knex.QueryBuilder) =>
    rows
      .whereNotNull('crm_activities.done_at')
      .andWhere((wanted: Knex.QueryBuilder) => void wanted.whereIn('crm_activities.type', types).orWhereNotNull('crm_activities.plan_key'));
  const ways = [
    counts(database('crm_activities').whereIn('crm_activities.customer', ids)).select(LAST('crm_activities.customer')),
    ...THROUGH.map(([link, above]) =>
      counts(database('crm_activities').join(above, `${above}.id`, `crm_activities.${link}`).whereIn(`${above}.customer`, ids)).select(
        LAST(`${above}.customer`),
      ),
    ),
  ];
  const plan = database.raw(`substr(plan_key, 1, ${UUID_LENGTH})`);
  const [first, ...rest] = ways;
  const done: (Worked & { last: number | string | Date; key: string | null })[] = await database
    .select('customer', 'type', { plan })
    .max({ last: 'done_at', key: 'plan_key' })
    .from(first!.unionAll(rest).as('done'))
    .groupBy('customer', 'type', plan);
  const open: Worked[] = await database('crm_activities')
    .whereIn('customer', ids)
    .whereNull('done_at')
    .whereNotNull('plan_key')
    .select('customer', 'type', { plan });
  return {
    customers,
    plans: frame.plans,
    calendar: frame.calendar,
    todayOf: (segment) => frame.todayOf(segment),
    open,
    done: done.map(({ last, key, ...worked }) => ({
      ...worked,
      on: toBusinessDate(new Date(last), zoneOf.get(worked.customer)),
      asked: key ? dayOfPlanKey(key) : null,
    })),
  };
}
