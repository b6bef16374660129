import { toPlain } from '../../kernel/text/plain.ts';

/** The rows of a list that a cell may name: shared reference data, tags, the people of a segment. */
export interface Lookup {
  find(text: string): { state: 'found'; id: string } | { state: 'unknown' } | { state: 'ambiguous' };
}

/** One row and everything that it is called by: code, name, mail, number. */
export interface Named {
  id: string;
  names: readonly (string | null | undefined)[];
}

const plainName = (text: string): string =>
  toPlain(text)
    .toLowerCase()
    .replace(/[\s·.]/gu, '');

/** Finds rows by any of their names. A name that several rows have finds none of them: the user says which (IMP-1). */
export function lookupOf(rows: Iterable<Named>): Lookup {
  const byName = new Map<string, string | null>();
  for (const { id, names } of rows) {
    for (const name of names) {
      const plain = name ? plainName(name) : '';
      if (!plain) continue;
      const known = byName.get(plain);
      byName.set(plain, known === undefined || known === id ? id : null);
    }
  }
  return {
    find(text) {
      const id = byName.get(plainName(text));
      if (id === undefined) return { state: 'unknown' };
      return id === null ? { state: 'ambiguous' } : { state: 'found', id };
    },
  };
}

/** The tags of a cell, however they are separated. */
export const splitTags = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，;；、|/\n]+/u)
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];
