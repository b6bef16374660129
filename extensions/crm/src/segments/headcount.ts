import { ROLE_IDS } from '../kernel/roles.ts';
import type { Knex } from '../platform/api/host.ts';

const activeOf = (database: Knex, role: keyof typeof ROLE_IDS) =>
  database('directus_users').where({ role: ROLE_IDS[role], status: 'active' });

export const activeSystemAdmins = async (database: Knex): Promise<string[]> => activeOf(database, 'system_admin').pluck('id');

/** How many active segment admins some segments have; one without any is missing. */
export async function activeSegmentAdmins(database: Knex, segments: readonly string[]): Promise<Map<string, number>> {
  const rows: { crm_segment: string; crm_user: string }[] = await database('crm_user_segments')
    .whereIn('crm_user', activeOf(database, 'segment_admin').select('id'))
    .whereIn('crm_segment', [...segments])
    .distinct('crm_segment', 'crm_user');
  const bySegment = Map.groupBy(rows, ({ crm_segment }) => crm_segment);
  return new Map([...bySegment].map(([segment, admins]) => [segment, admins.length]));
}

/**
 * Lets only one change of people through at a time: two system admins who remove each other at once would both still
 * see the other one.
 */
export async function oneAtATime(database: Knex): Promise<void> {
  await database('directus_roles').where({ id: ROLE_IDS.system_admin }).forUpdate().first('id');
}
