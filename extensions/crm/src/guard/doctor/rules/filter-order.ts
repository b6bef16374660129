import type { Filter } from './stored-access.ts';

/** How a stored rule stands to the expected one. `wider` includes everything that cannot be proven to be no wider. */
export type RuleOrder = 'same' | 'narrower' | 'wider';

/** One text for one meaning: keys sorted, lists in their order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** The conditions that all must hold; none for a rule that lets every row pass. */
function conjuncts(rule: unknown): string[] {
  if (rule === null || rule === undefined) return [];
  if (typeof rule !== 'object' || Array.isArray(rule)) return [canonical(rule)];
  return Object.entries(rule).flatMap(([key, inner]) =>
    key === '_and' && Array.isArray(inner) ? inner.flatMap(conjuncts) : [canonical({ [key]: inner })],
  );
}

/**
 * Whether a stored row rule lets more rows pass than the expected one (F1). Only conjunctions are understood: a rule that
 * keeps every expected condition and adds others is narrower; anything else, an `_or` around it too, counts as wider.
 */
export function compareRule(expected: Filter, stored: Filter): RuleOrder {
  const wanted = new Set(conjuncts(expected));
  const found = new Set(conjuncts(stored));
  for (const condition of wanted) if (!found.has(condition)) return 'wider';
  return found.size > wanted.size ? 'narrower' : 'same';
}

/** The fields that a stored list grants beyond the expected one, and those it lacks. */
export function compareFields(expected: readonly string[] | null, stored: readonly string[] | null): { more: string[]; fewer: string[] } {
  const wanted = new Set(expected ?? []);
  const found = new Set(stored ?? []);
  const more = wanted.has('*') ? [] : [...found].filter((field) => !wanted.has(field));
  const fewer = found.has('*') ? [] : [...wanted].filter((field) => !found.has(field));
  return { more: more.sort(), fewer: fewer.sort() };
}
