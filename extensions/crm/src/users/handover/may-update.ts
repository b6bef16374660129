import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Scope } from './rules/parties.ts';

/** Whether somebody may change rows of a collection at all. */
export type MayUpdate = (collection: string) => boolean;

/**
 * What the asker may change by a form, as the host has the rights stored at this moment: a hand-over changes nothing else for a segment
 * admin, so that nobody gets by it what the matrix keeps for group marketing (approval steps, project owners; ORG-8, F9).
 */
export async function updatableBy(database: Knex, { user }: Pick<Actor, 'user'>, { segments }: Scope): Promise<MayUpdate> {
  if (segments === null) return () => true;
  const role = database('directus_users').where({ id: user }).select('role');
  const names: string[] = await database('directus_permissions')
    .whereIn('policy', database('directus_access').where({ user }).orWhereIn('role', role).select('policy'))
    .where({ action: 'update' })
    .pluck('collection');
  const updatable = new Set(names);
  return (collection) => updatable.has(collection);
}
