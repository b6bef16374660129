import { ROLE_IDS, type RoleName } from '../../kernel/roles.ts';
import type { Knex } from '../../platform/api/host.ts';
import { notify } from '../../platform/api/notify.ts';
import { LINK_MADE, LINK_USED } from './locale/notices.ts';

const USERS = 'directus_users';

/** Whose log-in makes its bearer one of those who watch over each other (Q5, N4): all of the others are told. */
const WATCHED: readonly RoleName[] = ['system_admin', 'group_executive'];

interface Whom {
  user: string;
  role: RoleName;
}

async function recipients(database: Knex, { user, role }: Whom, by: string | null): Promise<string[]> {
  if (!WATCHED.includes(role)) return [user];
  const watching: string[] = await database(USERS)
    .whereIn(
      'role',
      WATCHED.map((one) => ROLE_IDS[one]),
    )
    .where({ status: 'active' })
    .pluck('id');
  return [user, ...watching.filter((one) => one !== by)];
}

async function nameOf(database: Knex, id: string): Promise<string> {
  const row = await database(USERS).where({ id }).first('first_name', 'last_name', 'email');
  return [row?.first_name, row?.last_name].filter(Boolean).join(' ') || (row?.email ?? '');
}

/** Tells whoever it is for of a link; of one for an executive every other executive and the system admins too, since its bearer becomes one (N4). */
export async function tellOfLink(database: Knex, { by, ...whom }: Whom & { by: string }): Promise<void> {
  const values = { name: await nameOf(database, whom.user), by: await nameOf(database, by) };
  await notify(database, await recipients(database, whom, by), LINK_MADE, values);
}

/** Tells the same people, and whoever made it, that a link was used (ACC-4, N4). */
export async function tellOfUse(database: Knex, whom: Whom): Promise<void> {
  await notify(database, await recipients(database, whom, null), LINK_USED, { name: await nameOf(database, whom.user) });
}
