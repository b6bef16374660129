import { expect, it } from 'vitest';
import { keptDays, keptSince, LEAST_KEPT_DAYS } from './kept-days.ts';

it.each([
  [undefined, 730],
  ['', 730],
  ['three years', 730],
  ['0', 730],
  ['-5', 730],
  ['1', LEAST_KEPT_DAYS],
  ['365', LEAST_KEPT_DAYS],
  ['367', 367],
  ['1096', 1096],
  [1096, 1096],
])('USE-1: CRM_LOGIN_KEEP_DAYS=%s keeps %d days: never less than a year', (value, days) => {
  expect(keptDays({ CRM_LOGIN_KEEP_DAYS: value })).toBe(days);
});

it.each(['2026', '2028'])('USE-1: on its last moment all of the year %s is there, by Shanghai’s days', (year) => {
  const last = new Date(`${year}-12-31T15:59:59Z`);
  expect(keptSince(last, LEAST_KEPT_DAYS).getTime()).toBeLessThan(new Date(`${year}-01-01T00:00:00+08:00`).getTime());
});
