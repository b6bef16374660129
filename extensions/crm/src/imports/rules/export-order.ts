/** A key of an order: a field, or a field of a linked row. */
export interface SortKey {
  path: string;
  descending: boolean;
  /** Ordered by size: databases hand out exact numbers as texts. */
  numeric: boolean;
}

/** A row with the values that it is ordered by. */
export interface Ordered {
  id: string;
  values: readonly unknown[];
}

const PATH = /^-?\w+(?:\.\w+){0,2}$/u;

/** Reads an order as the host writes it (`-date_created`, `owner.last_name`); null where it is none that can be kept. */
export function readSort(sort: readonly string[], isNumeric: (path: string) => boolean): SortKey[] | null {
  if (!sort.every((path) => PATH.test(path))) return null;
  return sort.map((asked) => {
    const path = asked.replace(/^-/u, '');
    return { path, descending: asked.startsWith('-'), numeric: isNumeric(path) };
  });
}

/** The value at the end of a path; null where a row on the way is missing or not to be seen. */
export function valueAt(row: unknown, path: string): unknown {
  let value = row;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : null;
  }
  return value ?? null;
}

/**
 * Puts rows in the order that was asked for: texts as the user's language has them, numbers by size, and what is empty last,
 * whichever database it comes from.
 */
export function orderRows(rows: readonly Ordered[], keys: readonly SortKey[], language: string): string[] {
  const { compare } = new Intl.Collator(language);
  const compareValues = (left: unknown, right: unknown, numeric: boolean): number =>
    numeric || typeof left === 'boolean' ? Number(left) - Number(right) : compare(String(left), String(right));
  const compareRows = (left: Ordered, right: Ordered): number => {
    for (const [at, { descending, numeric }] of keys.entries()) {
      const [one, other] = [left.values[at] ?? null, right.values[at] ?? null];
      if (one === null || other === null) {
        if (one !== other) return one === null ? 1 : -1;
        continue;
      }
      const difference = compareValues(one, other, numeric);
      if (difference) return descending ? -difference : difference;
    }
    return left.id < right.id ? -1 : 1;
  };
  return (keys.length ? [...rows].sort(compareRows) : rows).map(({ id }) => id);
}
