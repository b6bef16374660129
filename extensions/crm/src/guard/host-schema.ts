import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { SchemaOverview } from '../platform/api/host.ts';
import type { GuardSchema, HostRelation } from './rules/relation-step.ts';

const adapted = new WeakMap<SchemaOverview, GuardSchema>();

/** The host's schema in the guard's words. Kept per schema object: the host hands the same one out until it changes. */
export function guardSchemaOf(schema: SchemaOverview): GuardSchema {
  const known = adapted.get(schema);
  if (known) return known;
  const made = adapt(schema);
  adapted.set(schema, made);
  return made;
}

const NO_RELATIONS: readonly HostRelation[] = [];

function adapt(schema: SchemaOverview): GuardSchema {
  const relations = new Map<string, HostRelation[]>();
  const add = (collection: string | null, relation: HostRelation) => {
    if (!collection) return;
    const known = relations.get(collection);
    if (known) known.push(relation);
    else relations.set(collection, [relation]);
  };
  for (const relation of schema.relations as HostRelation[]) {
    add(relation.collection, relation);
    if (relation.related_collection !== relation.collection) add(relation.related_collection, relation);
  }
  return {
    primaryOf: (collection) => schema.collections[collection]?.primary ?? 'id',
    fieldOf: (collection, field) => {
      const fields = schema.collections[collection]?.fields;
      return fields && Object.hasOwn(fields, field) ? fields[field] : undefined;
    },
    relationsOf: (collection) => relations.get(collection) ?? NO_RELATIONS,
    kindOf: (collection, field) => (COLLECTIONS[collection] ?? EXTENDED[collection])?.fields[field]?.relation?.kind ?? null,
  };
}
