import { roleOf, type RoleName } from '../../kernel/roles.ts';
import type { Accountability, Knex } from './host.ts';

export type Language = 'zh-CN' | 'en-US';

/** The person behind a request, as the database knows them at this moment (never as an old token remembers them). */
export interface Actor {
  user: string;
  /** null: the technical administrator, or a role that is not ours. */
  role: RoleName | null;
  /** Host admin access: the technical administrator. */
  admin: boolean;
  /** May act now: neither frozen nor closed, and not waiting for the exam (ACC-11). */
  active: boolean;
  homeSegment: string | null;
  managedSegments: string[];
  language: Language;
}

export function toLanguage(value: unknown): Language {
  return typeof value === 'string' && value.toLowerCase().startsWith('en') ? 'en-US' : 'zh-CN';
}

/** Loads the person behind `accountability`; null for the public and for internal work without a person. */
export async function loadActor(database: Knex, accountability: Accountability | null): Promise<Actor | null> {
  if (!accountability?.user) return null;
  const rows = await database('directus_users as who')
    .leftJoin('crm_user_segments as managed', 'managed.crm_user', 'who.id')
    .where('who.id', accountability.user)
    .select('who.id', 'who.role', 'who.status', 'who.language', 'who.crm_segment', 'who.crm_pending_exam', {
      managed: 'managed.crm_segment',
    });
  const [user] = rows;
  if (!user) return null;
  return {
    user: user.id,
    role: roleOf(user.role),
    admin: !roleOf(user.role) && (accountability.admin === true || (await hasAdminAccess(database, user.id, user.role))),
    active: user.status === 'active' && !user.crm_pending_exam,
    homeSegment: user.crm_segment ?? null,
    managedSegments: rows.flatMap(({ managed }) => managed ?? []),
    language: toLanguage(user.language),
  };
}

/**
 * Whether one of the person's policies, own or through the role and its parents, gives host admin access. Inside the
 * write's transaction the host names only the user, so the stored rights have to say it.
 */
async function hasAdminAccess(database: Knex, user: string, role: string | null): Promise<boolean> {
  const roles: string[] = [];
  for (let next = role; next && !roles.includes(next);) {
    roles.push(next);
    next = (await database('directus_roles').where({ id: next }).first('parent'))?.parent ?? null;
  }
  const row = await database('directus_access as access')
    .join('directus_policies as policy', 'policy.id', 'access.policy')
    .where('policy.admin_access', true)
    .andWhere((holder) => void holder.where('access.user', user).orWhereIn('access.role', roles))
    .first('policy.id');
  return Boolean(row);
}
