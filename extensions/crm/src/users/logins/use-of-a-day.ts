import type { Clock } from '../../platform/api/clock.ts';

const MOST_KEPT = 10_000;
/** In every zone of the earth a day begins with a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;

/** Whose use has been kept in this quarter of an hour already, so that a request costs nothing (Q15). */
export function usesOfNow(clock: Clock) {
  const kept = new Set<string>();
  let quarter = 0;
  return {
    /** True the first time; then it is to be kept. */
    isFirst(user: string): boolean {
      const now = Math.floor(clock.now().getTime() / QUARTER_MS);
      if (now !== quarter || kept.size >= MOST_KEPT) kept.clear();
      quarter = now;
      if (kept.has(user)) return false;
      kept.add(user);
      return true;
    },
    /** What could not be kept is tried again with the next request. */
    forget: (user: string): void => void kept.delete(user),
  };
}
