import { hash } from 'node:crypto';

/** Which line of a file had a key first, and what it said. */
export interface EarlierLines {
  /** Which earlier line had this key first, and whether it says the same as `content`. */
  find(key: string, content: string): { line: number; same: boolean } | null;
  /** Notes that a line has this key; where an earlier one had it, that stays. */
  note(key: string, line: number, content: string): void;
}

const PLACES = 4;
const FIRST_SIZE = 1024;
const WORD = 4;

/**
 * Remembers the keys of every line of a file in 16 bytes each, so that half a million of them stay small (B7). Keys and
 * contents are kept as digests of 64 and 32 bits: two keys that meet by chance are less likely than a broken disk.
 */
export function earlierLines(): EarlierLines {
  let slots = FIRST_SIZE;
  let table = new Uint32Array(slots * PLACES);
  let count = 0;

  const digest = (text: string): Buffer => hash('sha1', text, 'buffer');
  const saidBy = (content: string): number => digest(content).readUInt32BE(0);

  function place(into: Uint32Array, size: number, high: number, low: number): number {
    let slot = low % size;
    for (; into[slot * PLACES + 2]; slot = (slot + 1) % size) if (into[slot * PLACES] === high && into[slot * PLACES + 1] === low) break;
    return slot * PLACES;
  }

  function grow(): void {
    const larger = new Uint32Array(slots * 2 * PLACES);
    for (let at = 0; at < table.length; at += PLACES)
      if (table[at + 2]) larger.set(table.subarray(at, at + PLACES), place(larger, slots * 2, table[at]!, table[at + 1]!));
    [table, slots] = [larger, slots * 2];
  }

  return {
    find(key, content) {
      const bytes = digest(key);
      const at = place(table, slots, bytes.readUInt32BE(0), bytes.readUInt32BE(WORD));
      const line = table[at + 2];
      return line ? { line, same: table[at + 3] === saidBy(content) } : null;
    },
    note(key, line, content) {
      const bytes = digest(key);
      const [high, low] = [bytes.readUInt32BE(0), bytes.readUInt32BE(WORD)];
      const at = place(table, slots, high, low);
      if (table[at + 2]) return;
      table.set([high, low, line, saidBy(content)], at);
      count += 1;
      if (count * 2 > slots) grow();
    },
  };
}
