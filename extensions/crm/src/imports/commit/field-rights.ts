import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';

type Action = 'create' | 'update' | 'read';

/** The fields that somebody may send or read, by collection and action; null for all. */
export type FieldsOf = (collection: string, action: Action) => ReadonlySet<string> | null;

/**
 * The rights as the host has them stored at this moment: an administrator may have narrowed what the matrix gives, and what
 * a form refuses an import does not write, nor tell (design.md 2).
 */
export async function loadFieldRights(
  database: Knex,
  actor: Actor,
  collections: readonly string[],
  actions: readonly Action[],
): Promise<FieldsOf> {
  if (actor.admin) return () => null;
  const role = database('directus_users').where({ id: actor.user }).select('role');
  const rows: { collection: string; action: Action; fields: string | string[] | null }[] = await database('directus_permissions')
    .whereIn('policy', database('directus_access').where({ user: actor.user }).orWhere('role', 'in', role).select('policy'))
    .whereIn('collection', [...collections])
    .whereIn('action', [...actions])
    .select('collection', 'action', 'fields');
  const fieldsOf = ({ fields }: (typeof rows)[number]): string[] => (Array.isArray(fields) ? fields : (fields ?? '').split(','));
  return (collection, action) => {
    const own = rows.filter((row) => row.collection === collection && row.action === action).flatMap(fieldsOf);
    return own.includes('*') ? null : new Set(own);
  };
}
