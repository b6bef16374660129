import { factsOf, NOT_APPLICABLE, type Values } from './facts.ts';

/** A row of crm_completeness_weights. */
export interface Weight {
  field: string;
  weight: number;
  segment: string | null;
}

/** The weights that hold in a segment for a kind of customer: a segment's own row replaces the group's for that field. */
export function weightsFor(weights: readonly Weight[], { segment, kind }: { segment: string; kind: string }): Map<string, number> {
  const common = weights.filter((row) => !row.segment);
  const own = weights.filter((row) => row.segment === segment);
  const effective = new Map([...common, ...own].map((row) => [row.field, Number(row.weight)]));
  for (const field of NOT_APPLICABLE[kind] ?? []) effective.delete(field);
  return effective;
}

/** Completeness of 0 to 100 (CUS-5): the filled share of the weights, rounded half up. Without weights there is nothing to reach. */
export function computeCompleteness(
  weights: ReadonlyMap<string, number>,
  customer: Values,
  contacts: readonly Values[],
  tags: number,
): number {
  const facts = factsOf(customer, contacts, tags);
  let total = 0;
  let filled = 0;
  for (const [field, weight] of weights) {
    total += weight;
    if (facts.has(field)) filled += weight;
  }
  return total === 0 ? 0 : Math.floor((200 * filled + total) / (2 * total));
}
