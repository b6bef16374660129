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
export const ownWork = (query: Knex.QueryBuilder, actor: Actor): Knex.QueryBuilder => reached(query, actor).where('owner', actor.user);
