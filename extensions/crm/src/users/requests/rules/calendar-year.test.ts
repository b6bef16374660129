import { expect, it } from 'vitest';
import { calendarWanted, yearsUntilDue } from './calendar-year.ts';

it.each([
  ['2026-10-31', null],
  ['2026-11-01', 2027],
  ['2026-12-31', 2027],
  ['2027-01-01', null],
])('F38: on %s the calendar of %s is to be there', (today, year) => {
  expect(calendarWanted(today)).toBe(year);
});

it.each([
  ['2026-03-02', '2026-03-03', [2026]],
  ['2026-12-30', '2026-12-31', [2026]],
  ['2026-12-30', '2027-01-04', [2026, 2027]],
  ['2026-12-31', '2027-01-04', [2027]],
  ['2026-12-31', null, [2027]],
])('ACC-8: from %s until %s the years %j are counted', (effectiveOn, dueOn, years) => {
  expect(yearsUntilDue(effectiveOn, dueOn)).toEqual(years);
});
