/** A year that began with the first of January is whole on its last day: what heads count of the running year stays right (USE-1). */
export const LEAST_KEPT_DAYS = 366;
const KEPT_DAYS = 730;
const DAY_MS = 86_400_000;

/** How many days log-ins are kept (`CRM_LOGIN_KEEP_DAYS`): two years; what is no number counts as two years, too few as the least. */
export function keptDays(env: Readonly<Record<string, unknown>>): number {
  const days = Number(env['CRM_LOGIN_KEEP_DAYS'] ?? KEPT_DAYS);
  return Number.isInteger(days) && days > 0 ? Math.max(days, LEAST_KEPT_DAYS) : KEPT_DAYS;
}

/** What is older than this is removed; of the business day in which it lies not all is there any more. */
export const keptSince = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
