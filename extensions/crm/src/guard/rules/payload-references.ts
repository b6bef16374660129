import { isPlainRecord } from './plain-values.ts';
import type { GuardSchema } from './relation-step.ts';

export interface Reference {
  collection: string;
  id: string | number;
}

type Id = string | number;
const isId = (value: unknown): value is Id => typeof value === 'string' || typeof value === 'number';

/**
 * Every existing row that a written row points at: foreign keys, nested records with a key, entries of lists. Only this
 * level: nested rows are written by events of their own. The host lets a foreign key point at rows that the caller cannot
 * read, and answers nested writes differently for foreign and for absent ids (directus-facts.md §13): both are refused
 * alike, before the host looks.
 */
export function referencesOf(schema: GuardSchema, collection: string, payload: Record<string, unknown>): Reference[] {
  const found: Reference[] = [];
  for (const relation of schema.relationsOf(collection)) {
    const list = relation.related_collection === collection ? relation.meta?.one_field : null;
    if (list && Object.hasOwn(payload, list)) {
      const primary = schema.primaryOf(relation.collection);
      for (const id of idsInList(payload[list], primary)) found.push({ collection: relation.collection, id });
    }
    if (relation.collection === collection && relation.related_collection && Object.hasOwn(payload, relation.field)) {
      const id = idOf(payload[relation.field], schema.primaryOf(relation.related_collection));
      if (id !== null) found.push({ collection: relation.related_collection, id });
    }
  }
  return found;
}

function idOf(value: unknown, primary: string): Id | null {
  const id = isPlainRecord(value) ? value[primary] : value;
  return isId(id) && id !== '' && id !== '+' ? id : null;
}

function idsInList(value: unknown, primary: string): Id[] {
  const entries = isPlainRecord(value)
    ? ['create', 'update', 'delete'].flatMap((name) => (Array.isArray(value[name]) ? (value[name] as unknown[]) : []))
    : Array.isArray(value)
      ? value
      : [];
  return entries.map((entry: unknown) => idOf(entry, primary)).filter((id) => id !== null);
}
