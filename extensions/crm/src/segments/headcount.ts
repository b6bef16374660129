import { ROLE_IDS, roleOf, type RoleName } from '../kernel/roles.ts';
import type { Knex } from '../platform/api/host.ts';
import { MOST_SEGMENT_ADMINS, MOST_SYSTEM_ADMINS } from './rules/headcount.ts';

const activeOf = (database: Knex, role: keyof typeof ROLE_IDS) =>
  database('directus_users').where({ role: ROLE_IDS[role], status: 'active' });

export const activeSystemAdmins = async (database: Knex): Promise<string[]> => activeOf(database, 'system_admin').pluck('id');

/** The system admins who can act now: one who waits for the exam has no right to thaw or release anybody (ACC-11). */
export const ableSystemAdmins = async (database: Knex): Promise<string[]> =>
  activeOf(database, 'system_admin').andWhere({ crm_pending_exam: false }).pluck('id');

/** How many active segment admins some segments have, besides one; one without any is missing. */
export async function activeSegmentAdmins(
  database: Knex,
  segments: readonly string[],
  besides: string | null = null,
): Promise<Map<string, number>> {
  const rows: { crm_segment: string; crm_user: string }[] = await database('crm_user_segments')
    .whereIn('crm_user', activeOf(database, 'segment_admin').select('id'))
    .whereIn('crm_segment', [...segments])
    .distinct('crm_segment', 'crm_user');
  const bySegment = Map.groupBy(rows, ({ crm_segment }) => crm_segment);
  return new Map([...bySegment].map(([segment, admins]) => [segment, admins.filter(({ crm_user }) => crm_user !== besides).length]));
}

/**
 * Lets only one change of people through at a time: two system admins who remove each other at once would both still
 * see the other one.
 */
export async function oneAtATime(database: Knex): Promise<void> {
  await database('directus_roles').where({ id: ROLE_IDS.system_admin }).forUpdate().first('id');
}

/** Whether somebody who is not active may become active again in their post (ORG-7, ORG-8). */
export async function hasRoomFor(database: Knex, user: string): Promise<boolean> {
  const person = await database('directus_users').where({ id: user }).first('role');
  const role = roleOf(person?.role);
  const managedSegments: string[] = await database('crm_user_segments').where({ crm_user: user }).pluck('crm_segment');
  return !role || !(await isFull(database, { role, managedSegments }, user));
}

/** Whether a post is filled by others than `user` already (ORG-7, ORG-8). */
export async function isFull(
  database: Knex,
  { role, managedSegments }: { role: RoleName; managedSegments: readonly string[] },
  user: string | null,
): Promise<boolean> {
  if (role === 'system_admin') return (await activeSystemAdmins(database)).filter((one) => one !== user).length >= MOST_SYSTEM_ADMINS;
  if (role !== 'segment_admin' || !managedSegments.length) return false;
  const admins = await activeSegmentAdmins(database, managedSegments, user);
  return [...admins.values()].some((count) => count >= MOST_SEGMENT_ADMINS);
}
