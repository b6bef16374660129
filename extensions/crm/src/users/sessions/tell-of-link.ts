import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Knex } from '../../platform/api/host.ts';
import { notify } from '../../platform/api/notify.ts';
import { LINK_MADE } from './locale/notices.ts';

interface Link {
  user: string;
  by: string;
  isSystemAdmin: boolean;
}

/** Tells whoever it is for of a link; of one for a system admin the other system admins and the executives too, since its bearer becomes one (N4). */
export async function tellOfLink(database: Knex, { user, by, isSystemAdmin }: Link): Promise<void> {
  const others: string[] = isSystemAdmin
    ? await database('directus_users')
        .whereIn('role', [ROLE_IDS.system_admin, ROLE_IDS.group_executive])
        .where({ status: 'active' })
        .whereNotIn('id', [by, user])
        .pluck('id')
    : [];
  const [whom, who] = await Promise.all([
    database('directus_users').where({ id: user }).first('first_name', 'last_name', 'email'),
    database('directus_users').where({ id: by }).first('first_name', 'last_name', 'email'),
  ]);
  const nameOf = (row: Record<string, string | null> | undefined): string =>
    [row?.['first_name'], row?.['last_name']].filter(Boolean).join(' ') || (row?.['email'] ?? '');
  const values = { name: nameOf(whom), by: nameOf(who) };
  await notify(database, [user, ...others], LINK_MADE, values);
}
