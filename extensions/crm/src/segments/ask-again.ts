import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';

const ACTIVITIES = 'crm_activities';

/** What has to be counted anew once declined work is open again; a slice above says it, `entries/` provides it. */
type OpenAgain = (database: Knex, activities: readonly string[]) => Promise<void>;

let provided: OpenAgain = async () => undefined;

export const provideOpenAgain = (openAgain: OpenAgain): void => {
  provided = openAgain;
};

export const openAgain: OpenAgain = (database, activities) => (activities.length ? provided(database, activities) : Promise.resolve());

/**
 * Work that a former owner took on or declined is asked of the next one, before it is theirs: what was declined would else be
 * nobody's, and what was taken on would be taken on for somebody (SAL-6, Q1). What comes back to whoever assigned it needs no
 * answer. Gives the activities; call `openAgain` with them when they have their owner.
 */
export async function askAgain(
  database: Knex,
  owner: string | null,
  which: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<string[]> {
  if (owner === null) return [];
  const answered = (rows: Knex.QueryBuilder) =>
    which(rows)
      .whereNull('done_at')
      .whereIn('assignment', ['accepted', 'declined'])
      .andWhere((of) => void of.whereNull('owner').orWhereNot('owner', owner));
  const ids: string[] = await answered(database(ACTIVITIES)).pluck('id');
  if (!ids.length) return [];
  const own = (rows: Knex.QueryBuilder) => answered(rows).andWhere('assigned_by', owner);
  await updateLogged(database, ACTIVITIES, own, { assignment: null, declined_reason: null });
  await updateLogged(database, ACTIVITIES, answered, { assignment: 'requested', declined_reason: null });
  return ids;
}
