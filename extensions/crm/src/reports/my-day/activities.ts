import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import { COUNTED, LISTED, type DayActivity } from './answers.ts';
import { ownWork, reached } from './reach.ts';

/** An activity as it is stored, as far as a day needs it. */
export interface StoredActivity {
  id: string;
  type: DayActivity['type'];
  subject: string;
  due_on: unknown;
  priority: DayActivity['priority'];
  assignment: DayActivity['assignment'];
  declined_reason: string | null;
  assigned_by: string | null;
  owner: string;
  customer: string | null;
  lead: string | null;
  opportunity: string | null;
}

const COLUMNS: readonly (keyof StoredActivity)[] = [
  ...(['id', 'type', 'subject', 'due_on', 'priority', 'assignment', 'declined_reason', 'assigned_by', 'owner'] as const),
  ...(['customer', 'lead', 'opportunity'] as const),
];

const LISTS = ['overdue', 'today', 'toMe', 'byMe'] as const;
type ListName = (typeof LISTS)[number];

const ASSIGNED = ['requested', 'accepted'];
const WATCHED = ['requested', 'declined', 'accepted'];
const URGENCY = "case priority when 'high' then 0 when 'medium' then 1 else 2 end";
/** What waits for an answer comes first. */
const UNANSWERED = "case assignment when 'requested' then 0 else 1 end";

const ORDERS: Record<ListName, string> = {
  overdue: 'due_on, id',
  today: `${URGENCY}, id`,
  toMe: `${UNANSWERED}, due_on, id`,
  byMe: 'due_on, id',
};

export interface DayList {
  rows: StoredActivity[];
  /** Up to where counting ends. */
  count: number;
}

/**
 * The open activities of a day: the first of each list, and how many there are up to where counting ends, in one statement. The
 * order begins with `done_at`, empty in all of them, so that the indexes (owner, done_at, due_on) and (assigned_by, done_at, due_on)
 * give the first rows without looking at what was done in all the years.
 */
export async function activitiesOf(database: Knex, actor: Actor, day: string): Promise<Record<ListName, DayList>> {
  const stored = toStoredDay(database, day);
  const open = () => database('crm_activities').whereNull('done_at');
  const notDeclined = (rows: Knex.QueryBuilder) => void rows.whereNull('assignment').orWhereNot('assignment', 'declined');
  const own = () => ownWork(open(), actor).andWhere(notDeclined);
  const found: Record<ListName, () => Knex.QueryBuilder> = {
    overdue: () => own().where('due_on', '<', stored).orderBy(['done_at', 'due_on', 'id']),
    // Of the hundred that are counted the most urgent ones are shown.
    today: () => own().where('due_on', stored).orderBy(['done_at', 'due_on', 'id']),
    // What was taken on and has no day would be in no list at all; with a day it is overdue, of today, or to come.
    toMe: () =>
      ownWork(open(), actor)
        // Said first what the index (owner, assignment, …) knows: most of a day was assigned by nobody.
        .whereIn('assignment', ASSIGNED)
        .andWhere(
          (mine) =>
            void mine.where('assignment', 'requested').orWhere((taken) => void taken.whereNotNull('assigned_by').whereNull('due_on')),
        )
        .orderBy(['done_at', 'due_on', 'id']),
    byMe: () =>
      reached(open(), actor)
        .where('assigned_by', actor.user)
        .whereIn('assignment', WATCHED)
        .andWhere((theirs) => void theirs.whereNot('assignment', 'accepted').orWhere('due_on', '<', stored))
        .whereNot('owner', actor.user)
        .orderBy(['done_at', 'due_on', 'id']),
  };
  const first = (list: ListName) => {
    const counted = database.from(found[list]().select(COLUMNS).limit(COUNTED).as('counted'));
    const rows = counted.select(database.raw('? as list', [list]), database.raw('count(*) over () as total'), ...COLUMNS);
    return database.from(rows.orderByRaw(ORDERS[list]).limit(LISTED).as('listed')).select('list', 'total', ...COLUMNS);
  };
  const listed: (StoredActivity & { list: ListName; total: string | number })[] = await database.unionAll(LISTS.map(first));
  const rowsOf = Map.groupBy(listed, ({ list }) => list);
  const dayList = (list: ListName): DayList => {
    const rows = rowsOf.get(list) ?? [];
    return { rows, count: Number(rows[0]?.total ?? 0) };
  };
  return { overdue: dayList('overdue'), today: dayList('today'), toMe: dayList('toMe'), byMe: dayList('byMe') };
}
