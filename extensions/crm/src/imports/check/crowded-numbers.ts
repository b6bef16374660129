import { hash } from 'node:crypto';

/** So many numbers of one file may look alike behind their masks; honest tables of any size have a handful. */
const MOST_ALIKE = 20;
const COUNTERS = 2 ** 22;
const FULL = 255;

/**
 * Whether a file tries numbers out (SEC-5). A mask leaves ten thousand numbers open; who brings them all would learn from the
 * one suspicion which it is, without a reveal. So of numbers that look alike only the first few of a file are looked for.
 *
 * @returns takes the mask of the next number; whether it is one too many.
 */
export function crowdedNumbers(): (mask: string) => boolean {
  const counters = new Uint8Array(COUNTERS);
  return (mask) => {
    const place = hash('sha1', mask, 'buffer').readUInt32BE(0) % COUNTERS;
    const count = Math.min(FULL, counters[place]! + 1);
    counters[place] = count;
    return count > MOST_ALIKE;
  };
}
