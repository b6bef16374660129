import { toBusinessDate } from '../../kernel/calendar/business-date.ts';

const DAY = 86_400_000;

/** Whole days from one moment to another, by the business's calendar days; null where there is no moment. */
export function daysSince(moment: string | null, now: Date): number | null {
  if (!moment) return null;
  const from = Date.parse(toBusinessDate(new Date(moment)));
  return Math.max(0, Math.round((Date.parse(toBusinessDate(now)) - from) / DAY));
}

/** The business day that many days ago. */
export const daysAgo = (days: number, now: Date): string => toBusinessDate(new Date(now.getTime() - days * DAY));
