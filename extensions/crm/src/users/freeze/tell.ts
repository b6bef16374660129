import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Knex } from '../../platform/api/host.ts';
import { notifierOf } from '../../platform/api/notify.ts';
import { NOTICES } from './locale/notices.ts';

export const tell = notifierOf(NOTICES);

/** Those who may thaw somebody of this segment: its admins and the system admins. */
export async function adminsOf(database: Knex, segment: string): Promise<string[]> {
  const managing = database('crm_user_segments').where({ crm_segment: segment }).whereNotNull('crm_user').select('crm_user');
  return database('directus_users')
    .where({ status: 'active' })
    .andWhere(
      (either) =>
        void either
          .where({ role: ROLE_IDS.system_admin })
          .orWhere((one) => void one.where({ role: ROLE_IDS.segment_admin }).whereIn('id', managing)),
    )
    .orderBy('id')
    .pluck('id');
}
