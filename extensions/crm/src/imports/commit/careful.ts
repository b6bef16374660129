import { Refusal } from '../../platform/api/refusal.ts';

/** So many lines in one transaction: short enough for others to write in between, also on a database with one writer. */
const LINES = 200;
/** So many while somebody else is at work: each of their questions waits for less than what is being written (B7). */
const LINES_BESIDE_OTHERS = 50;

/** What a line itself is the reason of: values or links that the database or a rule of ours refuses, however often it is tried. */
const isOfALine = (error: unknown): boolean =>
  error instanceof Refusal ||
  /^(?:22|23)\w{3}$|^SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|RANGE)/u.test(String((error as { code?: unknown }).code));

/**
 * Works through lines, many at once. A line that the database does not take leaves the others alone: its chunk is done again
 * line by line, and that one is `refuse`d.
 *
 * @param work takes the next lines, `most` at once; false when nothing is left to do.
 * @param refuse sets the next line aside.
 */
export function carefully(
  work: (most: number) => Promise<boolean>,
  refuse: () => Promise<unknown>,
): (isCrowded: boolean) => Promise<'more' | 'done'> {
  let single = 0;
  return async (isCrowded) => {
    try {
      const isMore = await work(single ? 1 : isCrowded ? LINES_BESIDE_OTHERS : LINES);
      single = Math.max(single - 1, 0);
      return isMore ? 'more' : 'done';
    } catch (error) {
      if (!isOfALine(error)) throw error;
      if (single) await refuse();
      else single = LINES;
      return 'more';
    }
  };
}
