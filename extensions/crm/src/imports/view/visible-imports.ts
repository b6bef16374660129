import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { managesSegments } from '../../segments/index.ts';
import type { ImportPlace } from '../rules/importer.ts';
import type { ImportRow } from '../store/import-row.ts';
import { IMPORTS } from '../staging.ts';

/** The imports that somebody sees: own ones, those of the managed segments, or all; as the access matrix has it. */
export function visibleImports(database: Knex, actor: Actor): Knex.QueryBuilder {
  const query = database(IMPORTS);
  if (actor.admin || actor.role === 'system_admin' || actor.role === 'group_executive') return query;
  if (managesSegments(actor.role)) return query.whereIn('segment', actor.managedSegments);
  if (!actor.homeSegment) return query.whereRaw('1 = 0');
  return query.where({ segment: actor.homeSegment, owner: actor.user });
}

/** An import that the caller sees; a foreign one answers like none at all. */
export async function requireImport(database: Knex, actor: Actor, id: string): Promise<ImportRow> {
  const row: ImportRow | undefined = isUuid(id) ? await visibleImports(database, actor).where({ id }).first() : undefined;
  if (!row) throw forbidden();
  return row;
}

/** The rows that the caller may be told of where an import names stored ones. */
export const placeSeen = (actor: Actor, { segment }: Pick<ImportRow, 'segment'>): ImportPlace => ({
  segment,
  ownOnly: actor.role === 'sales_rep' ? actor.user : null,
});
