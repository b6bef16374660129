import { ROLE_IDS, roleOf, type RoleName } from '../kernel/roles.ts';
import type { Knex } from '../platform/api/host.ts';
import { awayToday } from './away.ts';
import { namedIn, type Colleague, type Way } from './rules/deciders.ts';

const GROUP_STAFF = [ROLE_IDS.system_admin, ROLE_IDS.group_executive];
const idsOf = (roles: readonly RoleName[]): string[] => roles.map((role) => ROLE_IDS[role]);

/**
 * Everybody active who may have a say in the requests of these segments by these rules: those at home in one, those who
 * manage one, the group staff; and of them only whom a rule names, so that nobody loads the reps of a whole group.
 */
export async function colleaguesFor(database: Knex, segments: readonly string[], ways: readonly Way[]): Promise<Colleague[]> {
  const { roles, people, byPosition } = namedIn(ways);
  const users = await database('directus_users')
    // Whoever waits for the exam decides nothing (ACC-11).
    .where({ status: 'active', crm_pending_exam: false })
    .whereIn('role', Object.values(ROLE_IDS))
    .andWhere((named) => {
      void named.whereIn('role', idsOf(roles)).orWhereIn('id', people);
      if (byPosition) void named.orWhereNotNull('crm_position');
    })
    .andWhere(
      (near) =>
        void near
          .whereIn('role', GROUP_STAFF)
          .orWhereIn('crm_segment', segments)
          .orWhereIn('id', database('crm_user_segments').whereIn('crm_segment', segments).whereNotNull('crm_user').select('crm_user')),
    )
    .orderBy('id')
    .select('id', 'role', 'crm_segment', 'crm_position');
  const managed = await database('crm_user_segments').whereIn('crm_segment', segments).select('crm_user', 'crm_segment');
  const away = users.length ? await awayToday(database) : new Set<string>();
  return users.map((user) => ({
    user: user.id,
    role: roleOf(user.role)!,
    position: user.crm_position ?? null,
    homeSegment: user.crm_segment ?? null,
    managedSegments: managed.filter(({ crm_user }) => crm_user === user.id).map(({ crm_segment }) => crm_segment),
    isAway: away.has(user.id),
  }));
}
