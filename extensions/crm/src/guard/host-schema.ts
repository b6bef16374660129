import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { SchemaOverview } from '../platform/api/host.ts';
import type { GuardSchema, HostRelation } from './rules/relation-step.ts';

/**
 * The host's schema in the guard's words. Nothing is prepared or kept: as the host is shipped, every request gets a clone of
 * the whole schema, and whatever hangs on it is made and collected anew each time (ADR 0017).
 */
export function guardSchemaOf(schema: SchemaOverview): GuardSchema {
  const relations = schema.relations as HostRelation[];
  return {
    primaryOf: (collection) => schema.collections[collection]?.primary ?? 'id',
    fieldOf: (collection, field) => {
      const fields = schema.collections[collection]?.fields;
      return fields && Object.hasOwn(fields, field) ? fields[field] : undefined;
    },
    relationsOf: (collection) => relations.filter((one) => one.collection === collection || one.related_collection === collection),
    kindOf: (collection, field) => (COLLECTIONS[collection] ?? EXTENDED[collection])?.fields[field]?.relation?.kind ?? null,
  };
}
