import { expect, it } from 'vitest';
import { isTimeOfDay, lastDayEnd } from './day-end.ts';

it.each([
  ['2026-11-23T11:59:59Z', '20:00', 'Asia/Shanghai', '2026-11-22T12:00:00.000Z'],
  ['2026-11-23T12:00:00Z', '20:00', 'Asia/Shanghai', '2026-11-23T12:00:00.000Z'],
  ['2026-11-23T16:30:00Z', '20:00', 'Asia/Shanghai', '2026-11-23T12:00:00.000Z'],
  ['2026-11-23T16:30:00Z', '00:15', 'Asia/Shanghai', '2026-11-23T16:15:00.000Z'],
  ['2026-12-31T17:00:00Z', '23:59', 'Asia/Shanghai', '2026-12-31T15:59:00.000Z'],
  ['2026-03-29T18:30:00Z', '20:00', 'Europe/Berlin', '2026-03-29T18:00:00.000Z'],
  ['2026-03-29T10:00:00Z', '20:00', 'Europe/Berlin', '2026-03-28T19:00:00.000Z'],
  ['2026-10-25T18:59:59Z', '20:00', 'Europe/Berlin', '2026-10-24T18:00:00.000Z'],
])('ACC-2: at %s a working day that ends at %s in %s ended last at %s', (now, time, zone, end) => {
  expect(lastDayEnd(new Date(now), time, zone).toISOString()).toBe(end);
});

it.each([
  ['20:00', true],
  ['00:00', true],
  ['23:59', true],
  ['24:00', false],
  ['8:00', false],
  ['20:60', false],
  ['20:00:00', false],
  ['', false],
  ['abend', false],
])('ACC-2: %j is a time of the day: %s', (text, is) => {
  expect(isTimeOfDay(text)).toBe(is);
});
