import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { isGroupStaff, managesSegments } from '../../segments/index.ts';

/** The segments whose rows the person reads; null: all of them. */
export function segmentsOf({ admin, role, managedSegments, homeSegment }: Actor): readonly string[] | null {
  if (admin || isGroupStaff(role)) return null;
  if (managesSegments(role)) return managedSegments;
  return role === 'sales_rep' && homeSegment ? [homeSegment] : [];
}

/**
 * Leaves of a query what its person reads: `mayReach` of segments/ in SQL, flat and by index, so that neither a row of a former
 * segment nor of somebody else comes up (ORG-2, F5). A test holds the two together.
 */
export function reached(query: Knex.QueryBuilder, actor: Actor): Knex.QueryBuilder {
  const segments = segmentsOf(actor);
  if (segments) void query.whereIn('segment', [...segments]);
  if (segments && !managesSegments(actor.role)) void query.where('owner', actor.user);
  return query;
}

/** The person's own work among what they read. */
export function ownWork(query: Knex.QueryBuilder, actor: Actor): Knex.QueryBuilder {
  const segments = segmentsOf(actor);
  void query.where('owner', actor.user);
  return segments ? ofSegments(query, segments) : query;
}

/**
 * Leaves of somebody's own rows those of some segments. Compared as an expression: a database that does not know that the rows of
 * an owner are of few segments would read the whole segment beside them. As a case: of that it thinks that it keeps half, so that it
 * takes the first rows by their index instead of sorting all.
 */
export function ofSegments(query: Knex.QueryBuilder, segments: readonly string[]): Knex.QueryBuilder {
  if (!segments.length) return query.whereRaw('1 = 0');
  return query.whereRaw(`case when segment in (${segments.map(() => '?').join(', ')}) then true else false end`, [...segments]);
}
