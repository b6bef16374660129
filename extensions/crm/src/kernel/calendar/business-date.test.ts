import { expect, it } from 'vitest';
import { daysBetween, startOfDay, toBusinessDate } from './business-date.ts';

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

it.each([
  ['2026-11-22', 'Asia/Shanghai', '2026-11-21T16:00:00.000Z'],
  ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
  ['2026-11-22', 'Pacific/Kiritimati', '2026-11-21T10:00:00.000Z'],
  ['2026-11-22', 'Pacific/Pago_Pago', '2026-11-22T11:00:00.000Z'],
  ['2026-11-22', 'Asia/Kathmandu', '2026-11-21T18:15:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  // Clocks go forward at midnight: the day begins at one.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  // Samoa never had this day.
  ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
])('F37: %s begins in %s at %s', (day, zone, moment) => {
  expect(startOfDay(day, zone).toISOString()).toBe(moment);
});
