const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const DAY_MS = 86_400_000;
/** The business's zone, which knows no summer time (design.md 6). */
const SHANGHAI = '+08:00';

/** The moment at which a freeze ends: a day counts as a whole, to its end in Shanghai. */
export function endOf(until: string | null | undefined): Date | null {
  if (!until) return null;
  return DAY.test(until) ? new Date(new Date(`${until}T00:00:00${SHANGHAI}`).getTime() + DAY_MS) : new Date(until);
}
