import { startOfDay, toBusinessDate } from '../../../kernel/calendar/business-date.ts';

/** How often a segment wants an activity on each lead and opportunity (USE-3, Q13). */
export interface FollowUpRule {
  counted: 'rolling' | 'calendar_month';
  /** Between two activities; of no meaning by calendar month. */
  days: number;
  timeZone: string;
}

const DAY_MS = 86_400_000;

const toTime = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const addDays = (day: string, days: number): string => toDay(toTime(day) + days * DAY_MS);

/** The last day of the month that comes `months` after the one of `day`. */
function endOfMonth(day: string, months: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return toDay(Date.UTC(year, month + months, 0));
}

/**
 * How many days are left for the next activity on a record that was last worked on at `touched`, by the days of the segment's
 * own zone: 0 is today, below it the activity is late. A record counts as worked on when it is made. USE-3.
 */
export function daysLeft(touched: Date, today: string, { counted, days, timeZone }: FollowUpRule): number {
  const since = toBusinessDate(touched, timeZone);
  const deadline = counted === 'rolling' ? addDays(since, days) : endOfMonth(since, 1);
  return Math.round((toTime(deadline) - toTime(today)) / DAY_MS);
}

/** The moment before which a record was last worked on if and only if it has at most `within` days left (less than four weeks). */
export function touchedBefore(today: string, within: number, { counted, days, timeZone }: FollowUpRule): Date {
  const inTime = addDays(today, within);
  const month = endOfMonth(today, 0) <= inTime ? -1 : -2;
  const last = counted === 'rolling' ? addDays(inTime, -days) : endOfMonth(today, month);
  return startOfDay(addDays(last, 1), timeZone);
}
