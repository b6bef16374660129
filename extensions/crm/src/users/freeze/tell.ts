import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Knex } from '../../platform/api/host.ts';
import { notify } from '../../platform/api/notify.ts';
import { NOTICES, type NoticeName } from './locale/notices.ts';

/** Puts a note into people's inboxes, in the transaction of what it tells. */
export const tell = (
  database: Knex,
  people: readonly (string | null)[],
  notice: NoticeName,
  values: Record<string, string> = {},
): Promise<void> => notify(database, people, NOTICES[notice], values);

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
