import type { Row } from '../platform/api/host.ts';

/** How many rows are kept in mind; more than the largest batch that the host takes. */
const MOST = 10_000;

/**
 * What was seen of a row just before a write: afterwards the old values are gone, and the write itself is not told. A note
 * stays after it was read, because the host runs a transaction again after a deadlock; the next one replaces it.
 */
export function writeNotes<Note extends Row>() {
  const notes = new Map<string, Note>();
  const keyOf = (collection: string, item: string) => `${collection}/${item.toLowerCase()}`;
  return {
    note(collection: string, item: string, note: Note): void {
      const key = keyOf(collection, item);
      notes.delete(key);
      notes.set(key, note);
      if (notes.size > MOST) notes.delete(notes.keys().next().value!);
    },
    of: (collection: string, item: string): Note | undefined => notes.get(keyOf(collection, item)),
  };
}
