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

const NUMBERS: readonly string[] = ['integer', 'bigInteger', 'decimal', 'float'];

/** What of the host's schema says where a path leads. */
export interface Paths {
  collections: Readonly<Record<string, { fields: Readonly<Record<string, { type: string }>> }>>;
  relations: readonly { collection: string; field: string; related_collection: string | null }[];
}

/**
 * Of which type the field at the end of a path is; null where a step leads to many rows, whose order says nothing about
 * that of ours. A name that nobody knows is `unknown`: the host refuses it like one that the caller does not read.
 */
export function typeAt({ collections, relations }: Paths, collection: string, path: string): string | null {
  const [field = '', ...rest] = path.split('.');
  const fields = collections[collection]?.fields ?? {};
  const type = Object.hasOwn(fields, field) ? fields[field]!.type : 'unknown';
  if (type === 'alias') return null;
  if (!rest.length || type === 'unknown') return type;
  const to = relations.find((one) => one.collection === collection && one.field === field)?.related_collection;
  return to ? typeAt({ collections, relations }, to, rest.join('.')) : null;
}

/**
 * Reads an order as the host writes it (`-date_created`, `owner.last_name`); null where it is none that can be kept.
 *
 * @param typeOf the type at the end of a path, as `typeAt` has it.
 */
export function readSort(sort: readonly string[], typeOf: (path: string) => string | null): SortKey[] | null {
  const keys: SortKey[] = [];
  for (const asked of sort) {
    const path = asked.replace(/^-/u, '');
    const type = PATH.test(asked) ? typeOf(path) : null;
    if (type === null) return null;
    keys.push({ path, descending: asked.startsWith('-'), numeric: NUMBERS.includes(type) });
  }
  return keys;
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
