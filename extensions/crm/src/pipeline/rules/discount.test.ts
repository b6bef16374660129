import { expect, it } from 'vitest';
import { approvedPercent, isOtherDeal, needsApproval } from './discount.ts';

const asked = { percent: 15, amount: 1000, customer: 'c1' };

it.each<[string, { amount?: number | null; customer?: string | null }, number | null]>([
  ['holds for what was asked', {}, 15],
  ['holds for less money', { amount: 900 }, 15],
  ['holds for no amount yet', { amount: null }, 15],
  ['does not hold for more money', { amount: 1000.01 }, null],
  ['does not hold for another customer', { customer: 'c2' }, null],
])('SAL-11, F8: an approved discount %s', (_title, now, percent) => {
  expect(approvedPercent(asked, { amount: 1000, customer: 'c1', ...now })).toBe(percent);
});

it('SAL-11, F8: what was approved before anybody said how much holds for no amount', () => {
  expect(approvedPercent({ ...asked, amount: null }, { amount: 1, customer: 'c1' })).toBeNull();
});

it.each<[string, object, boolean]>([
  ['the same', {}, false],
  ['less money', { amount: 1 }, false],
  ['more money', { amount: 1001 }, true],
  ['another customer', { customer: 'c2' }, true],
  ['another discount', { percent: 16 }, true],
])('SAL-11: a discount is asked about anew: %s → %s', (_title, change, expected) => {
  expect(isOtherDeal(asked, { ...asked, ...change })).toBe(expected);
});

it.each<[number | null, number | null, number | null, boolean]>([
  [15, 10, null, true],
  [15, 10, 15, false],
  [10, 10, null, false],
  [15, null, null, false],
  [null, 10, null, false],
])('SAL-11: %s%% with a threshold of %s and %s approved needs approval: %s', (percent, limit, approved, expected) => {
  expect(needsApproval({ percent, limit, approved })).toBe(expected);
});
