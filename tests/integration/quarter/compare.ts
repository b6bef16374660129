import type { Knex } from 'knex';
import { fromStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { Scene } from './act.ts';
import type { Link, Person, State } from './state.ts';

type Rows = Record<string, Record<string, unknown>>;
type Picture = Record<string, Rows>;

const HOUR = 3_600_000;
const moment = (value: unknown): number | null => (value === null || value === undefined ? null : new Date(value as string).getTime());
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Moments that the server sets itself lie within the minutes of one act. */
const SAME_MS = 0.2 * HOUR;
const near = (value: number | null, expected: number | null): number | null =>
  value !== null && expected !== null && Math.abs(value - expected) < SAME_MS ? expected : value;

/** Everything as the model has it, in plain words. */
export function expected(state: State): Picture {
  const marked = (link: NonNullable<Link>) => {
    const { last, next } = state.marks(link);
    return { ...state.placeOf(link), last, next };
  };
  const place = ({ owner, segment, last, next }: ReturnType<typeof marked>) => ({ owner, segment, last, next });
  const of = <T extends { id: string }>(all: Map<string, T>, picture: (one: T) => Record<string, unknown>): Rows =>
    Object.fromEntries([...all.values()].map((one) => [one.id, picture(one)]));
  return {
    crm_customers: of(state.customers, (one) => ({
      ...place(marked({ at: 'customer', id: one.id })),
      status: state.isActive(one) ? 'active' : 'draft',
    })),
    crm_leads: of(state.leads, (one) => ({ ...place(marked({ at: 'lead', id: one.id })), status: one.status, customer: one.customer })),
    crm_opportunities: of(state.deals, (one) => ({
      ...place(marked({ at: 'deal', id: one.id })),
      ...{ stage: one.stage, closedOn: one.closedOn, amount: one.amount, discount: one.discount },
      history: one.history.map((entry) => entry.join(' ')).join(', '),
    })),
    crm_orders: of(state.sales, ({ deal, signed, cancelled }) => {
      const { owner, segment } = state.placeOf({ at: 'deal', id: deal });
      return { owner, segment, deal, signed, cancelled };
    }),
    crm_activities: of(state.work, (one) => {
      const { owner, segment } = state.placeOfWork(one);
      const { type, assignedBy, assignment, doneAt, doneBy, dueOn, plan } = one;
      return { owner, segment, type, assignedBy, assignment, doneAt, doneBy, dueOn, plan: plan && `${plan.id} ${plan.asked}` };
    }),
    crm_transfers: of(state.transfers, ({ customer, toSegment, toOwner, state: word }) => {
      const { owner, segment } = state.customers.get(customer)!;
      return { owner, segment, customer, toSegment, toOwner, state: word };
    }),
    crm_approvals: of(state.asked, ({ kind, item, state: word, by, about }) => {
      const { owner, segment } = state.placeOf(about);
      return { owner, segment, kind, item, state: word, by };
    }),
    crm_allocations: of(state.leads, ({ given }) => ({ given: given.map(({ to, how }) => `${to} ${how}`).join(', ') })),
  };
}

/** The same as it stands in the database. */
export async function actual(database: Knex, state: State, stage: Record<string, string>): Promise<Picture> {
  const keyOf = new Map(Object.entries(stage).map(([key, id]) => [id, key]));
  const all = async (table: string, picture: (row: Record<string, unknown>) => Record<string, unknown>): Promise<Rows> => {
    const rows: Record<string, unknown>[] = await database(table);
    return Object.fromEntries(rows.map((row) => [String(row['id']), { owner: row['owner'], segment: row['segment'], ...picture(row) }]));
  };
  const marks = (link: Exclude<Link, null>['at']) => (row: Record<string, unknown>) => {
    const wanted = { customer: state.customers, lead: state.leads, deal: state.deals }[link].has(String(row['id']))
      ? state.marks({ at: link, id: String(row['id']) }).last
      : null;
    return { last: near(moment(row['last_activity_at']), wanted), next: fromStoredDay(row['next_due_on']) };
  };
  const number = (value: unknown): number | null => (value === null ? null : Number(value));
  const history = Map.groupBy(await database('crm_stage_changes').orderBy('changed_at'), ({ opportunity }) => String(opportunity));
  const given = Map.groupBy(await database('crm_allocations').orderBy('at'), ({ lead }) => String(lead));
  const entry = ({ from_stage: from, to_stage: to, kind }: Record<string, unknown>) =>
    [keyOf.get(text(from) ?? ''), keyOf.get(String(to)), kind].join(' ');
  return {
    crm_customers: await all('crm_customers', (row) => ({ ...marks('customer')(row), status: row['status'] })),
    crm_leads: await all('crm_leads', (row) => ({ ...marks('lead')(row), status: row['status'], customer: row['customer'] })),
    crm_opportunities: await all('crm_opportunities', (row) => ({
      ...marks('deal')(row),
      ...{ stage: keyOf.get(String(row['stage'])), closedOn: fromStoredDay(row['closed_on']) },
      ...{ amount: number(row['amount']), discount: number(row['discount_percent']) },
      history: (history.get(String(row['id'])) ?? []).map(entry).join(', '),
    })),
    crm_orders: await all('crm_orders', (row) => ({
      ...{ deal: row['opportunity'], signed: row['signed_on'] !== null, cancelled: row['status'] === 'cancelled' },
    })),
    crm_activities: await all('crm_activities', (row) => ({
      ...{ type: row['type'], assignedBy: row['assigned_by'], assignment: row['assignment'], doneBy: row['done_by'] },
      ...{ doneAt: near(moment(row['done_at']), state.work.get(String(row['id']))?.doneAt ?? null), dueOn: fromStoredDay(row['due_on']) },
      plan: text(row['plan_key'])?.replace(/^(.{36}):.{36}:/u, '$1 ') ?? null,
    })),
    crm_transfers: await all('crm_transfers', (row) => ({
      ...{ customer: row['customer'], toSegment: row['to_segment'], toOwner: text(row['to_owner']), state: row['state'] },
    })),
    crm_approvals: await all('crm_approvals', (row) => ({
      kind: row['kind'],
      item: row['item'],
      state: row['state'],
      by: row['requested_by'],
    })),
    crm_allocations: Object.fromEntries(
      [...state.leads.keys()].map((id) => [
        id,
        { given: (given.get(id) ?? []).map(({ to_owner: to, how }) => `${String(to)} ${String(how)}`).join(', ') },
      ]),
    ),
  };
}

/** Every difference of two pictures, in one line each. */
export function differences(wanted: Picture, found: Picture): string[] {
  const lines: string[] = [];
  for (const table of Object.keys(wanted))
    for (const id of new Set([...Object.keys(wanted[table]!), ...Object.keys(found[table]!)])) {
      const [one, other] = [wanted[table]![id], found[table]![id]];
      if (!one || !other) {
        lines.push(`${table} ${id}: ${one ? 'missing' : `not expected ${JSON.stringify(other)}`}`);
        continue;
      }
      for (const field of Object.keys(one))
        if (one[field] !== other[field])
          lines.push(`${table} ${id} ${field}: expected ${String(one[field])}, found ${String(other[field])}`);
    }
  return lines;
}

const OPEN = ['new', 'qualified', 'allocated', 'following'];
const STALE_DAYS = 30;
const AHEAD_DAYS = 7;
const MOST = 100;

/** What waits for somebody, counted as the page counts it (USE-3). */
export function dayOf(state: State, person: Person): Record<string, number> {
  const today = state.day();
  const mine = (place: { segment: string; owner: string | null }) => place.owner === person.id && state.sees(person, place);
  const work = [...state.work.values()].filter(({ doneAt }) => doneAt === null);
  const own = work.filter((one) => mine(state.placeOfWork(one)));
  const todo = own.filter(({ assignment }) => assignment !== 'declined');
  const isStale = (link: NonNullable<Link>, createdOn: string): boolean => {
    if (!mine(state.placeOf(link))) return false;
    const { last } = state.marks(link);
    return state.dayAfter(last === null ? createdOn : state.day(last), STALE_DAYS - AHEAD_DAYS) <= today;
  };
  const counts = {
    overdue: todo.filter(({ dueOn }) => dueOn !== null && dueOn < today).length,
    today: todo.filter(({ dueOn }) => dueOn === today).length,
    stale_soon:
      [...state.leads.values()].filter((one) => OPEN.includes(one.status) && isStale({ at: 'lead', id: one.id }, one.createdOn)).length +
      [...state.deals.values()].filter((one) => one.closedOn === null && isStale({ at: 'deal', id: one.id }, one.createdOn)).length,
    approvals: [...state.asked.values()].filter((one) => one.state === 'pending' && state.deciders(one).includes(person)).length,
    to_me: own.filter(
      ({ assignment, assignedBy, dueOn }) =>
        assignment === 'requested' || (assignment === 'accepted' && Boolean(assignedBy) && dueOn === null),
    ).length,
    by_me: work.filter((one) => {
      const place = state.placeOfWork(one);
      const isLate = one.assignment === 'accepted' && one.dueOn !== null && one.dueOn < today;
      const waits = one.assignment === 'requested' || one.assignment === 'declined' || isLate;
      return one.assignedBy === person.id && waits && place.owner !== person.id && state.sees(person, place);
    }).length,
  };
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.min(count, MOST)]));
}

const SEEN = ['crm_customers', 'crm_leads', 'crm_opportunities', 'crm_orders', 'crm_activities', 'crm_transfers', 'crm_approvals'] as const;

/** How many rows of what somebody sees, by the model. */
export function seenBy(state: State, person: Person, picture: Picture): Record<string, number> {
  const isSeen = (row: Record<string, unknown>) => state.sees(person, { segment: String(row['segment']), owner: text(row['owner']) });
  return Object.fromEntries(SEEN.map((table) => [table, Object.values(picture[table]!).filter(isSeen).length]));
}

/** The same, asked of the server in one request. */
export async function countedBy(scene: Scene, person: Person): Promise<Record<string, number>> {
  const query = `query { ${SEEN.map((table) => `${table}_aggregated { count { id } }`).join(' ')} }`;
  const answer = await scene.as(person).graphql<{ data: Record<string, { count: { id: number } }[]> }>(query);
  return Object.fromEntries(SEEN.map((table) => [table, Number(answer.body.data?.[`${table}_aggregated`]?.[0]?.count.id ?? answer.text)]));
}
