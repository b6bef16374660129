import { expect, it } from 'vitest';
import { lineAmount } from './line-amount.ts';

it.each([
  ['three at 19.99', 3, 19.99, 59.97],
  ['texts as PostgreSQL gives them', '2.5', '4.00', 10],
  ['nothing sold is nothing owed', 0, 100, 0],
  ['no price yet', 3, null, null],
  ['no quantity yet', undefined, 5, null],
  ['more than can be stored', 9_999_999_999_999, 9_999_999_999_999, NaN],
] as const)('SAL-7: %s', (_title, quantity, price, amount) => {
  expect(lineAmount(quantity, price)).toBe(amount);
});
