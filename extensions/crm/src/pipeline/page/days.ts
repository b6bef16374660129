import { daysBetween, toBusinessDate } from '../../kernel/calendar/business-date.ts';

const DAY = 86_400_000;

/** Whole days from one moment to another, by the business's calendar days; null where there is no moment. */
export function daysSince(moment: string | null, now: Date): number | null {
  if (!moment) return null;
  return Math.max(0, daysBetween(toBusinessDate(new Date(moment)), toBusinessDate(now)));
}

/** The business day that many days ago. */
export const daysAgo = (days: number, now: Date): string => toBusinessDate(new Date(now.getTime() - days * DAY));
