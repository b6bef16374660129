import { ROLE_IDS, roleOf } from '../kernel/roles.ts';
import type { Knex } from '../platform/api/host.ts';
import type { Colleague } from './rules/deciders.ts';

const GROUP_STAFF = [ROLE_IDS.system_admin, ROLE_IDS.group_executive];

/**
 * Everybody active who may have a say in the requests of these segments: those at home in one, those who manage one, the
 * group staff.
 */
export async function colleaguesFor(database: Knex, segments: readonly string[]): Promise<Colleague[]> {
  const users = await database('directus_users')
    .where({ status: 'active' })
    .whereIn('role', Object.values(ROLE_IDS))
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
  return users.map((user) => ({
    user: user.id,
    role: roleOf(user.role)!,
    position: user.crm_position ?? null,
    homeSegment: user.crm_segment ?? null,
    managedSegments: managed.filter(({ crm_user }) => crm_user === user.id).map(({ crm_segment }) => crm_segment),
  }));
}
