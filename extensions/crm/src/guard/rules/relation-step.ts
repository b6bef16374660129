import { covers, type RowRule, type RowRuleOf } from './row-rule.ts';

/** How a relation behaves for isolation; the words of the data model, plus null for a relation that is not ours. */
export type StepKind = 'tree' | 'segment' | 'user' | 'reference' | 'file' | null;

/** A relation as the host's schema describes it. */
export interface HostRelation {
  collection: string;
  field: string;
  related_collection: string | null;
  meta?: { one_field?: string | null; one_collection_field?: string | null } | null;
}

export interface HostField {
  type: string;
  alias?: boolean;
}

/** What the guard has to know of the host's schema and of our model. */
export interface GuardSchema {
  primaryOf(collection: string): string;
  fieldOf(collection: string, field: string): HostField | undefined;
  relationsOf(collection: string): readonly HostRelation[];
  kindOf(collection: string, field: string): StepKind;
}

/** A move from one collection into another. */
export interface Step {
  target: string;
  /** `one`: along a foreign key of the row itself; `many`: to rows that point at it. */
  direction: 'one' | 'many';
  kind: StepKind;
}

/** Where a query path stands: on which collection, and what is certain about the rows there. */
export interface Place {
  collection: string;
  /** The caller's rule that every row at this place obeys; `all` means that nothing is certain. */
  known: RowRule;
}

const FOLLOW = '$FOLLOW';

/** The step that a key of a filter, sort or deep query names; null where the key is a column; `bad` where it is neither. */
export function stepOf(schema: GuardSchema, collection: string, key: string): Step | 'bad' | null {
  if (key.startsWith(FOLLOW)) return followStep(schema, key);
  const [field = '', scope] = key.split(/:|__(?=crm_|directus_)/, 2);
  for (const relation of schema.relationsOf(collection)) {
    if (relation.collection === collection && relation.field === field) {
      const target = relation.related_collection ?? scope;
      return target ? { target, direction: 'one', kind: schema.kindOf(collection, field) } : 'bad';
    }
    if (relation.related_collection === collection && relation.meta?.one_field === field) {
      return { target: relation.collection, direction: 'many', kind: schema.kindOf(relation.collection, relation.field) };
    }
  }
  return null;
}

/** `$FOLLOW(collection,field)` walks a relation backwards that has no list on this side (directus-facts.md §13). */
function followStep(schema: GuardSchema, key: string): Step | 'bad' {
  if (!key.startsWith(`${FOLLOW}(`) || !key.endsWith(')')) return 'bad';
  const [target, field, scope] = key
    .slice(FOLLOW.length + 1, -1)
    .split(',')
    .map((part) => part.trim());
  if (!target || !field) return 'bad';
  return { target, direction: 'many', kind: scope ? null : schema.kindOf(target, field) };
}

/**
 * What is certain about the rows behind `step`, or null where the step would tell of rows that the caller may not read
 * (design.md 3): the target has no row rule; or the relation stays in one customer's tree (same segment, same owner);
 * or it stays in the segment and the caller reads the whole segment; or it names configuration that the row itself uses.
 */
export function afterStep(ruleOf: RowRuleOf, from: Place, step: Step): RowRule | null {
  const rule = ruleOf(step.target);
  if (rule === 'all') return 'all';
  const inOneSegment = from.known === 'own' || from.known === 'segment';
  if (step.kind === 'tree') return inOneSegment && covers(rule, from.known) ? from.known : null;
  if (step.direction === 'one' && rule === 'shared') return inOneSegment && step.kind !== null ? 'shared' : null;
  return step.kind === 'segment' && inOneSegment && rule === 'segment' ? 'segment' : null;
}
