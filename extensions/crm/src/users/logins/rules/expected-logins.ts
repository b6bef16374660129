import { isWorkingDay, type CalendarDays } from '../../../kernel/calendar/working-days.ts';
import { isIn, type Span } from '../../absences/rules/absence.ts';

/** Somebody as far as being expected goes; absences are approved ones. */
export interface ExpectedPerson {
  calendar: CalendarDays;
  leaves: readonly Span[];
  trips: readonly Span[];
  /** Days on which nobody could log in: before the log-in was opened, frozen, closed. */
  shutOut?: readonly Span[];
  /** Days of which nothing is kept any more: whether anybody was there is not known. */
  notKept?: readonly Span[];
}

/** What is expected of a day: a log-in, one of the week's two of a trip, or none and why. */
export type DayDuty = 'log_in' | 'on_trip' | 'day_off' | 'on_leave' | 'shut_out' | 'not_kept';

export interface ExpectedLogins {
  /** How many log-ins are expected in all. */
  expected: number;
  days: { day: string; duty: DayDuty; used: boolean }[];
  /** Per week, named by its Monday. */
  weeks: { week: string; expected: number; missing: number }[];
  /** How many of them did not come, and cannot come any more. */
  missing: number;
}

/** The days on which somebody was there (Q15: any use of a day counts), and the day it is. */
export interface Seen {
  used: ReadonlySet<string>;
  today: string;
}

const DAY_MS = 86_400_000;
/** 001 §3.1: while travelling two a week are enough. */
const ON_TRIP = 2;

const shift = (day: string, by: number): string => new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);
const mondayOf = (day: string): string => shift(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7));

function dutyOn(day: string, { calendar, leaves, trips, shutOut = [], notKept = [] }: ExpectedPerson): DayDuty {
  const isWithin = (spans: readonly Span[]) => spans.some((span) => isIn(day, span));
  if (isWithin(notKept)) return 'not_kept';
  if (isWithin(shutOut)) return 'shut_out';
  if (!isWorkingDay(day, calendar)) return 'day_off';
  if (isWithin(leaves)) return 'on_leave';
  return isWithin(trips) ? 'on_trip' : 'log_in';
}

/**
 * How often somebody is expected to log in, and how often they did not (USE-1, Q12): once on every working day of the calendar,
 * make-up days included, that is no approved leave; on an approved trip twice a week, or on each of its working days where there
 * are fewer. What can still be made good is not missing: neither today, nor a week of a trip with days to come.
 *
 * @param from first and `to` last day, `YYYY-MM-DD`, both included; a week that is cut off counts with its days within.
 */
export function expectedLogins(person: ExpectedPerson, { from, to }: { from: string; to: string }, { used, today }: Seen): ExpectedLogins {
  const days: ExpectedLogins['days'] = [];
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  for (let at = 0; at < count; at += 1) {
    const day = shift(from, at);
    days.push({ day, duty: dutyOn(day, person), used: used.has(day) });
  }
  const weeks = [...Map.groupBy(days, ({ day }) => mondayOf(day))].map(([week, its]) => {
    const daily = its.filter(({ duty }) => duty === 'log_in');
    const trip = its.filter(({ duty }) => duty === 'on_trip');
    const onTrip = Math.min(ON_TRIP, trip.length);
    const stillPossible = trip.filter((one) => one.used || one.day >= today).length;
    const missing = daily.filter((one) => !one.used && one.day < today).length + Math.max(0, onTrip - stillPossible);
    return { week, expected: daily.length + onTrip, missing };
  });
  const sum = (what: 'expected' | 'missing') => weeks.reduce((total, week) => total + week[what], 0);
  return { expected: sum('expected'), days, weeks, missing: sum('missing') };
}
