import { expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay, type CalendarDays } from './working-days.ts';

/** The National Day holiday of 2026, with its make-up days, as the State Council published it. */
const NATIONAL_DAY: CalendarDays = new Map([
  ['2026-09-20', 'workday'],
  ...['01', '02', '03', '04', '05', '06', '07'].map((day) => [`2026-10-${day}`, 'holiday'] as const),
  ['2026-10-10', 'workday'],
]);

it.each([
  ['2026-11-23', true, 'a Monday'],
  ['2026-11-22', false, 'a Sunday'],
  ['2026-10-01', false, 'a Thursday of the National Day holiday'],
  ['2026-10-10', true, 'a Saturday that is made up for'],
  ['2026-09-20', true, 'a Sunday that is made up for'],
])('Q9: %s is a working day: %s (%s)', (day, worked) => {
  expect(isWorkingDay(day, NATIONAL_DAY)).toBe(worked);
});

it.each([
  ['2026-11-23', 2, '2026-11-25', 'within a week'],
  ['2026-11-26', 2, '2026-11-30', 'over a weekend'],
  ['2026-11-28', 1, '2026-11-30', 'asked on a Saturday'],
  ['2026-09-30', 1, '2026-10-08', 'over a holiday'],
  ['2026-10-08', 2, '2026-10-10', 'the make-up day counts'],
  ['2026-10-09', 2, '2026-10-12', 'the make-up day counts, the Sunday after does not'],
  ['2026-11-23', 0, '2026-11-23', 'no day at all on a working day'],
  ['2026-11-22', 0, '2026-11-23', 'no day at all on a Sunday'],
  ['2026-12-30', 2, '2027-01-01', 'a year that the calendar does not know yet goes by Monday to Friday'],
])('APR-1: from %s, %i working days end on %s (%s)', (from, count, end) => {
  expect(addWorkingDays(from, count, NATIONAL_DAY)).toBe(end);
});
