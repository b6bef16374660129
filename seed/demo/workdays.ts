import chineseDays from 'chinese-days';
import type { Chance } from './chance.ts';

/** A business date, `YYYY-MM-DD`, in Asia/Shanghai. */
export type Day = string;

const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** The business date in Asia/Shanghai at an instant; China has kept one offset since 1991. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Is it a working day of the official calendar, make-up days (调休) included? Q9. */
export function isWorkingDay(day: Day): boolean {
  return chineseDays.isWorkday(day);
}

/** The day itself where people work on it, else the last working day before it. */
export function workingDayUpTo(day: Day): Day {
  let current = day;
  while (!isWorkingDay(current)) current = addDays(current, -1);
  return current;
}

/** The day itself where people work on it, else one of the working days before it: not every weekend's work fell on Friday. */
export function someWorkingDayUpTo(day: Day, chance: Chance): Day {
  return isWorkingDay(day) ? day : workingDayUpTo(addDays(day, -chance.integer(0, 4)));
}

/** The day itself where people work on it, else the next working day. */
export function workingDayFrom(day: Day): Day {
  let current = day;
  while (!isWorkingDay(current)) current = addDays(current, 1);
  return current;
}

/** The instant of a clock time in Asia/Shanghai on a business date. */
export function instantAt(day: Day, hour: number, minute = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS + (hour * 60 + minute) * 60_000);
}
