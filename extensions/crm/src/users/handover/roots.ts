import { isSqlite } from '../../platform/api/dialect.ts';
import type { Knex } from '../../platform/api/host.ts';
import { fileLinks } from '../../segments/index.ts';
import { COLLECTIONS } from '../../kernel/collections.ts';
import { ROOTS, type Root, type RootRow } from './rules/match-rules.ts';
import type { Scope } from './rules/parties.ts';

/** The keys that hang a row on another one: a row of which none is set is a root. */
const PARENTS: Record<Root, readonly string[]> = {
  crm_customers: [],
  crm_leads: COLLECTIONS['crm_leads']!.parents,
  crm_activities: COLLECTIONS['crm_activities']!.parents,
  crm_attachments: COLLECTIONS['crm_attachments']!.parents,
  directus_files: [],
};

/** Rows of a collection that hang on nothing: a file that no record carries, too. */
export function whereRoot(root: Root, database: Knex): (query: Knex.QueryBuilder) => void {
  return (query) => {
    for (const field of PARENTS[root]) void query.whereNull(field);
    if (root !== 'directus_files') return;
    for (const { collection, field } of fileLinks())
      void query.whereNotExists(
        database(collection)
          .select(database.raw('1'))
          .whereRaw('?? = ??', [`${collection}.${field}`, 'directus_files.id']),
      );
  };
}

/**
 * Somebody's roots of one kind, as far as the asker reaches, in the order in which they lie in the table: rows made at the same time
 * share pages, of the table and of what hangs on them, and a step that takes neighbours writes half as many (B6).
 */
export const rootsOf = (database: Knex, root: Root, owner: string, { segments }: Scope): Promise<RootRow[]> =>
  database(root)
    .where({ owner })
    .andWhere(whereRoot(root, database))
    .andWhere((place) => void (segments && place.whereIn('segment', [...segments])))
    .orderByRaw(isSqlite(database) ? 'rowid' : 'ctid')
    .select('id', 'segment');

/** Whether somebody owns a root where the asker reaches. */
export async function ownsRoots(database: Knex, owner: string, { segments }: Scope): Promise<boolean> {
  for (const root of ROOTS) {
    const found = await database(root)
      .where({ owner })
      .andWhere(whereRoot(root, database))
      .andWhere((place) => void (segments && place.whereIn('segment', [...segments])))
      .first('id');
    if (found) return true;
  }
  return false;
}

/** The segments in which people own roots, by person, as far as the asker reaches. */
export async function placesOfOwners(database: Knex, { segments }: Scope): Promise<Map<string, string[]>> {
  const places = new Map<string, Set<string>>();
  for (const root of ROOTS) {
    const found: { owner: string; segment: string }[] = await database(root)
      .whereNotNull('owner')
      .whereNotNull('segment')
      .andWhere(whereRoot(root, database))
      .andWhere((place) => void (segments && place.whereIn('segment', [...segments])))
      .distinct('owner', 'segment');
    for (const { owner, segment } of found) places.set(owner, (places.get(owner) ?? new Set()).add(segment));
  }
  return new Map([...places].map(([owner, of]) => [owner, [...of].sort()]));
}
