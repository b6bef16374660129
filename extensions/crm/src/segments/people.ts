import { roleOf } from '../kernel/roles.ts';
import { isUuid } from '../kernel/uuid.ts';
import type { Knex } from '../platform/api/host.ts';
import type { Person } from './rules/reach.ts';

export interface StoredPerson extends Person {
  company: string | null;
  /** Held back until the exam is passed: without any right (ACC-11). */
  isHeld: boolean;
}

/** A user as far as segments go, or null where there is none. */
export async function loadPerson(database: Knex, id: string): Promise<StoredPerson | null> {
  if (!isUuid(id)) return null;
  const user = await database('directus_users')
    .where({ id })
    .first('id', 'role', 'status', 'crm_segment', 'crm_company', 'crm_pending_exam');
  if (!user) return null;
  return {
    user: user.id,
    role: roleOf(user.role),
    admin: false,
    active: user.status === 'active',
    homeSegment: user.crm_segment ?? null,
    managedSegments: await database('crm_user_segments').where({ crm_user: user.id }).pluck('crm_segment'),
    company: user.crm_company ?? null,
    isHeld: Boolean(user.crm_pending_exam),
  };
}
