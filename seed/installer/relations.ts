import type { Change, Planner } from './changes.ts';
import { QUIET } from './host-door.ts';

/**
 * Makes the missing relations, each once with its final meta: patching one can end the host's process (directus-facts §1).
 * Not inside a transaction of ours: on SQLite the host must first switch foreign keys off, or rebuilding a table would
 * delete the rows that point to it.
 */
export const planRelations: Planner = async ({ host, input, standing }) =>
  input.model.relations
    .filter((relation) => !standing.hasRelation(relation.collection, relation.field))
    .map((relation): Change => ({
      what: `${relation.collection}.${relation.field} → ${relation.related_collection}`,
      count: 1,
      run: () => new host.services.RelationsService({ schema: standing.schema }).createOne(structuredClone(relation), { ...QUIET }),
    }));
