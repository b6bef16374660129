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

/** Dots and spaces are a matter of taste in a name; in an address both, in a number or a code a dot makes another one. */
function plainName(text: string): string {
  const plain = toPlain(text).toLowerCase();
  if (plain.includes('@')) return plain;
  const isNumbered = /\d/u.test(plain) && !/\p{Script=Han}/u.test(plain);
  return plain.replace(isNumbered ? /[\s·]/gu : /[\s·.]/gu, '');
}

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

const SEPARATOR = /([,，;；、|/\n]+)/u;
/** A cell with more pieces is split at every sign. */
const MOST_PIECES = 100;

/**
 * The tags of a cell, however they are separated. A tag may have such a sign in its name: of the pieces that stand side by side
 * as many as together name a tag are one.
 */
export function splitTags(text: string, isTag: (name: string) => boolean): string[] {
  const pieces = text.split(SEPARATOR);
  const tags: string[] = [];
  for (let at = 0; at < pieces.length;) {
    let end = pieces.length <= MOST_PIECES ? pieces.length : at + 1;
    while (end > at + 1 && !isTag(pieces.slice(at, end).join('').trim())) end -= 2;
    tags.push(pieces.slice(at, end).join('').trim());
    at = end + 1;
  }
  return [...new Set(tags.filter(Boolean))];
}
