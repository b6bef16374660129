import { COLLECTIONS } from '../kernel/collections.ts';
import { roleOf, type RoleName } from '../kernel/roles.ts';
import { toLanguage, type Language } from '../platform/api/actor.ts';
import type { Accountability, Knex } from '../platform/api/host.ts';

export const isOurs = (collection: unknown): collection is string => typeof collection === 'string' && collection.startsWith('crm_');

/** The host's own collections that hold rows of the CRM: people, files, and what people write beside records. */
export const isHostCollection = (collection: string): boolean => collection.startsWith('directus_');

export const isInModel = (collection: string): boolean => Object.hasOwn(COLLECTIONS, collection);

/** Who asks, as far as the guard has to know without reading the database. */
export interface Caller {
  role: RoleName | null;
  /** Technical administrators of the host. */
  admin: boolean;
  /** Somebody who holds a share link and nothing else. */
  share: boolean;
}

/** null: internal work of the host or of ours, which no guard stops. */
export function callerOf(accountability: Accountability | null | undefined): Caller | null {
  if (!accountability) return null;
  const role = roleOf(accountability.role);
  // None of our roles has the host's admin rights: where the stored rights say so, somebody has widened them.
  return { role, admin: accountability.admin === true && role === null, share: Boolean(accountability.share) };
}

/**
 * Whether a collection's rows are something this caller must not learn about by detours: ours for everybody, the host's
 * own for people of the CRM. Data of others in a shared host is not ours to judge.
 */
export const isGuardedFor =
  (caller: Caller) =>
  (collection: string): boolean =>
    isOurs(collection) || (caller.role !== null && isHostCollection(collection));

/** The language to refuse in; read only when there is something to refuse. */
export async function languageOf(database: Knex, accountability: Accountability | null | undefined): Promise<Language | null> {
  if (!accountability?.user) return null;
  const user = await database<{ id: string; language: string | null }>('directus_users')
    .where({ id: accountability.user })
    .first('language');
  return user?.language ? toLanguage(user.language) : null;
}
