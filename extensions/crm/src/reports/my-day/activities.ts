import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import type { DayActivity } from './answers.ts';
import { COUNTED } from './answers.ts';
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

const COLUMNS = [
  'id',
  'type',
  'subject',
  'due_on',
  'priority',
  'assignment',
  'declined_reason',
  'assigned_by',
  'owner',
  'customer',
  'lead',
  'opportunity',
];

const PENDING = ['requested', 'declined'];

/**
 * The open activities of a day, each list up to where counting ends. The order begins with `done_at`, empty in all of them, so
 * that the index (owner, done_at, due_on) gives the first rows without looking at what was done in all the years.
 */
export async function activitiesOf(database: Knex, actor: Actor, day: string) {
  const stored = toStoredDay(database, day);
  const open = () => database('crm_activities').whereNull('done_at').select(COLUMNS).limit(COUNTED);
  const notDeclined = (rows: Knex.QueryBuilder) => void rows.whereNull('assignment').orWhereNot('assignment', 'declined');
  const own = () => ownWork(open(), actor).andWhere(notDeclined).orderBy(['done_at', 'due_on', 'id']);
  const [overdue, today, toMe, byMe] = await Promise.all([
    own().where('due_on', '<', stored),
    own().where('due_on', stored),
    ownWork(open(), actor).where('assignment', 'requested').orderBy(['done_at', 'due_on', 'id']),
    reached(open(), actor)
      .where('assigned_by', actor.user)
      .whereIn('assignment', PENDING)
      .whereNot('owner', actor.user)
      .orderBy(['due_on', 'id']),
  ]);
  return { overdue, today, toMe, byMe } as Record<'overdue' | 'today' | 'toMe' | 'byMe', StoredActivity[]>;
}
