import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { managesSegments } from '../segments/index.ts';

const OPPORTUNITIES = 'crm_opportunities';

/** The opportunities that somebody sees, as the access matrix has it; `o` names them in joins. */
export function visibleOpportunities(database: Knex, actor: Actor): Knex.QueryBuilder {
  const query = database(`${OPPORTUNITIES} as o`);
  if (actor.admin || actor.role === 'system_admin' || actor.role === 'group_executive') return query;
  if (managesSegments(actor.role)) return query.whereIn('o.segment', actor.managedSegments);
  if (!actor.homeSegment) return query.whereRaw('1 = 0');
  return query.where({ 'o.segment': actor.homeSegment, 'o.owner': actor.user });
}

/** An opportunity that the caller sees; a foreign one answers like none at all (ORG-2). */
export async function requireOpportunity(database: Knex, actor: Actor, id: string): Promise<Row & { id: string }> {
  const row = isUuid(id) ? await visibleOpportunities(database, actor).where('o.id', id).first('o.*') : undefined;
  if (!row) throw forbidden();
  return row;
}

/** Group management reads and moves nothing (ORG-4). */
export const movesOpportunities = (actor: Actor): boolean => actor.role !== 'group_executive';
