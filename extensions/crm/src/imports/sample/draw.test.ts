import { expect, test } from 'vitest';
import { toSampleRules } from './draw.ts';

test('IMP-3: what a segment asks for stays within the band of the measure, and where it says nothing the group decides', () => {
  const percentOf = (import_sample_percent: unknown) => toSampleRules({ import_sample_percent }).percent;
  expect([5, 9, 10, 15, 20, 21, 50, -1].map(percentOf)).toEqual([10, 10, 10, 15, 20, 20, 20, 10]);
  expect([null, undefined, '15'].map(percentOf)).toEqual([10, 10, 10]);
  const limitOf = (import_error_limit: unknown) => toSampleRules({ import_error_limit }).errorLimit;
  expect([-5, 0, 5, 100, 120, null].map(limitOf)).toEqual([0, 0, 5, 100, 100, 5]);
});
