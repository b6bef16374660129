import { expect, it } from 'vitest';
import { daysBetween, toBusinessDate } from './business-date.ts';

it.each([
  ['2026-11-21T15:59:59Z', 'Asia/Shanghai', '2026-11-21'],
  ['2026-11-21T16:00:00Z', 'Asia/Shanghai', '2026-11-22'],
  ['2026-12-31T16:00:00Z', 'Asia/Shanghai', '2027-01-01'],
  ['2026-11-21T16:00:00Z', 'Europe/Berlin', '2026-11-21'],
])('F37: at %s it is in %s the day %s', (moment, zone, day) => {
  expect(toBusinessDate(new Date(moment), zone)).toBe(day);
});

it.each([
  ['2026-11-12', '2026-11-23', 11],
  ['2026-11-23', '2026-11-23', 0],
  ['2027-01-01', '2026-12-31', -1],
])('SAL-6: from %s to %s are %s days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});
