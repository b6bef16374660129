/**
 * A token names the whole second in which it was given out, and no more (directus-facts.md §8). So whatever was given out in the second
 * of an ending ends with it, and whoever logs in anew in that second waits for the next one.
 */
const SECOND_MS = 1000;

const wholeSecond = (moment: Date): number => Math.floor(moment.getTime() / SECOND_MS);

/** Whether a token is not younger than an ending; `issuedAt` in whole seconds. */
export const isEndedBy = (issuedAt: number, moment: Date | null): boolean => moment !== null && issuedAt <= wholeSecond(moment);

/**
 * How long to wait, in milliseconds, before a token is given out that is to outlive these endings. Never more than a second: an ending
 * in a far future is a wrong clock.
 */
export function untilOutlived(now: Date, endings: readonly (Date | null)[]): number {
  const waits = endings.map((moment) => (moment ? (wholeSecond(moment) + 1) * SECOND_MS - now.getTime() : 0));
  return Math.max(0, ...waits.filter((wait) => wait <= SECOND_MS));
}
