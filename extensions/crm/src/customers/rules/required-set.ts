import { factsOf, isFilled, type Values } from './facts.ts';

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

/**
 * The set that holds for a customer: the most specific one. A segment's own comes before the group's; then the kind
 * counts more than the class, because a person has no industry whatever its class (Q19, Q20). Equal ones: lowest id.
 */
export function pickRequiredSet(sets: readonly RequiredSet[], axes: Axes): RequiredSet | null {
  const fits = (wanted: string | null, has: string) => !wanted || wanted === has;
  const matching = sets.filter((set) => fits(set.segment, axes.segment) && fits(set.kind, axes.kind) && fits(set.class, axes.class));
  const weight = (set: RequiredSet) => (set.segment ? 4 : 0) + (set.kind ? 2 : 0) + (set.class ? 1 : 0);
  return matching.sort((one, other) => weight(other) - weight(one) || (one.id < other.id ? -1 : 1))[0] ?? null;
}

export interface Completable {
  customer: Values;
  contacts: readonly Values[];
  tags: number;
  requiredSet: RequiredSet | null;
}

/**
 * Decides whether a customer is a draft or active, and what is missing (Q19, CUS-1, CUS-2, CUS-4): active as soon as
 * everything in its required set is filled in. `a|b` asks for one of the two. The fields of a contact must stand
 * together on one active contact; missing ones are named `contacts.…`.
 */
export function decideStatus({ customer, contacts, tags, requiredSet }: Completable): { status: 'draft' | 'active'; missing: string[] } {
  if (!requiredSet) return { status: isFilled(customer['name']) ? 'active' : 'draft', missing: [] };
  const facts = factsOf(customer, contacts, tags);
  const missing = requiredSet.fields.filter((field) => !field.split('|').some((name) => facts.has(name)));
  const asked = requiredSet.contact_fields ?? [];
  const gaps = contacts
    .filter((contact) => contact['status'] !== 'archived')
    .map((contact) => asked.filter((field) => !field.split('|').some((name) => isFilled(contact[name]))));
  const best = gaps.sort((one, other) => one.length - other.length || (one.join() < other.join() ? -1 : 1))[0] ?? asked;
  const all = [...missing, ...best.map((field) => `contacts.${field}`)];
  return { status: all.length ? 'draft' : 'active', missing: all };
}
