import { factsOf, isFilled, NOT_APPLICABLE, NOT_APPLICABLE_TO_CONTACTS, type Values } from './facts.ts';

/** A row of crm_required_sets: what must be filled in before a customer is active. An empty axis means: all. */
export interface RequiredSet {
  id: string;
  class: string | null;
  kind: string | null;
  segment: string | null;
  fields: readonly string[];
  contact_fields: readonly string[] | null;
}

export interface Axes {
  class: string;
  kind: string;
  segment: string;
}

/** What a customer has to have: fields of its own, and fields of one of its contacts. `a|b` asks for one of the two. */
export interface Requirement {
  fields: readonly string[];
  contact_fields: readonly string[];
}

/**
 * What a customer has to have (Q19, Q20, CUS-4). A segment's own rows come before the group's. Of these the row for exactly
 * its class and kind holds; else the fields that the row of its class and the row of its kind ask for, together, and of a
 * contact what the row of its kind says; else the row for all. What does not exist for its kind is not asked. Of equal rows
 * the one with the lowest id. Without any row: null.
 */
export function requirementFor(sets: readonly RequiredSet[], axes: Axes): Requirement | null {
  const fits = (wanted: string | null, has: string) => !wanted || wanted === has;
  const matching = sets.filter((set) => fits(set.segment, axes.segment) && fits(set.kind, axes.kind) && fits(set.class, axes.class));
  const own = matching.filter((set) => set.segment);
  const rows = (own.length ? own : matching).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const first = (byClass: boolean, byKind: boolean) =>
    rows.filter((set) => Boolean(set.class) === byClass && Boolean(set.kind) === byKind).slice(0, 1);
  const [both, each] = [first(true, true), [...first(true, false), ...first(false, true)]];
  const held = both.length ? both : each.length ? each : first(false, false);
  const last = held.at(-1);
  if (!last) return null;
  return {
    fields: applicable(
      held.flatMap(({ fields }) => fields),
      NOT_APPLICABLE[axes.kind],
    ),
    contact_fields: applicable(last.contact_fields ?? [], NOT_APPLICABLE_TO_CONTACTS[axes.kind]),
  };
}

/** Each demand once, without what cannot be met: of `a|b` the other one is left. */
function applicable(demands: readonly string[], absent: readonly string[] = []): string[] {
  const left = demands.map((demand) =>
    demand
      .split('|')
      .filter((name) => !absent.includes(name))
      .join('|'),
  );
  return [...new Set(left.filter(Boolean))];
}

export interface Completable {
  customer: Values;
  contacts: readonly Values[];
  tags: number;
  requirement: Requirement | null;
}

/**
 * Decides whether a customer is a draft or active, and what is missing (Q19, CUS-1, CUS-2, CUS-4): active as soon as
 * everything that it has to have is filled in. The fields of a contact must stand together on one active contact; missing
 * ones are named `contacts.…`.
 */
export function decideStatus({ customer, contacts, tags, requirement }: Completable): { status: 'draft' | 'active'; missing: string[] } {
  if (!requirement) return { status: isFilled(customer['name']) ? 'active' : 'draft', missing: [] };
  const facts = factsOf(customer, contacts, tags);
  const missing = requirement.fields.filter((field) => !field.split('|').some((name) => facts.has(name)));
  const asked = requirement.contact_fields;
  const gaps = contacts
    .filter((contact) => contact['status'] !== 'archived')
    .map((contact) => asked.filter((field) => !field.split('|').some((name) => isFilled(contact[name]))));
  const best = gaps.sort((one, other) => one.length - other.length || (one.join() < other.join() ? -1 : 1))[0] ?? asked;
  const all = [...missing, ...best.map((field) => `contacts.${field}`)];
  return { status: all.length ? 'draft' : 'active', missing: all };
}

/**
 * What is missing in the words of the form (`missing`), where each entry has a label of its own: `a|b` becomes `a`, `or:b`.
 */
export function toMissingWords(missing: readonly string[]): string[] {
  return missing.flatMap((demand) => {
    const [, of = '', names = ''] = /^(contacts\.)?(.*)$/su.exec(demand)!;
    return names.split('|').map((name, index) => `${index ? 'or:' : ''}${of}${name}`);
  });
}
