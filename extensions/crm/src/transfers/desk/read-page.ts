import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { isGroupStaff, managesSegments } from '../../segments/index.ts';
import type { PageQuery } from './contract.ts';

/** Of rows that are the caller’s own by another column: those that the row rules show to them still. */
export function withinReach(query: Knex.QueryBuilder, { admin, user, role, homeSegment, managedSegments }: Actor): Knex.QueryBuilder {
  if (admin || isGroupStaff(role)) return query;
  if (managesSegments(role)) return query.whereIn('segment', [...managedSegments]);
  return query.where({ segment: homeSegment, owner: user });
}

/** A page of rows, the oldest first, and how many there are in all. */
export async function readPage<Stored extends object>(
  query: () => Knex.QueryBuilder,
  { limit, offset }: PageQuery,
): Promise<{ rows: Stored[]; total: number }> {
  const [counted]: Row[] = await query().count({ total: '*' });
  const rows: Stored[] = await query().orderBy(['date_created', 'id']).offset(offset).limit(limit);
  return { rows, total: Number(counted?.['total'] ?? 0) };
}
