import { expect, it } from 'vitest';
import { usesOfNow } from './use-of-a-day.ts';

it('Q15: a use is looked at once in a quarter of an hour, in whatever zone the day begins, and again after a fault', () => {
  let now = new Date('2026-11-23T15:59:00Z');
  const uses = usesOfNow({ now: () => now });
  expect([uses.isFirst('a'), uses.isFirst('a'), uses.isFirst('b')]).toEqual([true, false, true]);
  now = new Date('2026-11-23T16:00:00Z');
  expect([uses.isFirst('a'), uses.isFirst('a')]).toEqual([true, false]);
  uses.forget('a');
  expect(uses.isFirst('a')).toBe(true);
});
