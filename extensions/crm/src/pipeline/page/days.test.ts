import { expect, it } from 'vitest';
import { daysAgo, daysSince } from './days.ts';

const NOW = new Date('2026-11-23T02:00:00Z');

it.each([
  ['2026-11-23T01:00:00Z', 0],
  ['2026-11-22T15:59:00Z', 1],
  ['2026-11-22T16:01:00Z', 0],
  ['2026-10-24T02:00:00Z', 30],
  ['2026-11-24T02:00:00Z', 0],
  [null, null],
])('SAL-3: what happened at %s was %s days ago, by the days of the business', (moment, days) => {
  expect(daysSince(moment, NOW)).toBe(days);
});

it('SAL-2: closed columns begin thirty days ago', () => {
  expect(daysAgo(30, NOW)).toBe('2026-10-24');
});
