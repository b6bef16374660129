import { expect, it } from 'vitest';
import { conditionFault, meets } from './conditions.ts';

const VALUES = { amount: '1500.00', title: '年度采购', expected_close_on: '2027-01-15', needs: null, discount_percent: 0 };

it.each<[object | null, boolean]>([
  [null, true],
  [{}, true],
  [{ amount: { _gte: 1500 } }, true],
  [{ amount: { _gt: '1500' } }, false],
  [{ amount: { _lt: 2000, _lte: 1500 } }, true],
  [{ amount: { _between: [1000, 1500] } }, true],
  [{ amount: { _in: ['1500', 3] } }, true],
  [{ amount: { _nin: [1500] } }, false],
  [{ title: { _contains: '采购' } }, true],
  [{ title: { _eq: '采购' } }, false],
  [{ title: { _neq: '采购' } }, true],
  [{ expected_close_on: { _lte: '2027-01-31' } }, true],
  [{ needs: { _null: true } }, true],
  [{ needs: { _nnull: true } }, false],
  [{ needs: { _empty: true } }, true],
  [{ title: { _nempty: true } }, true],
  [{ needs: { _neq: 'x' } }, true],
  [{ needs: { _contains: 'x' } }, false],
  [{ discount_percent: { _lte: 0 } }, true],
  [{ _and: [{ amount: { _gte: 1 } }, { _or: [{ title: { _eq: 'x' } }, { title: { _contains: '年度' } }] }] }, true],
  [{ _or: [{ amount: { _lt: 1 } }, { needs: { _nnull: true } }] }, false],
])('SAL-2: %j is met: %s', (conditions, expected) => {
  expect(conditionFault(conditions)).toBeNull();
  expect(meets(conditions, VALUES)).toBe(expected);
});

it.each<[unknown, string, string]>([
  [{ customer: { name: { _eq: 'x' } } }, 'condition_field', 'customer.name'],
  [{ owner_name: { _eq: 1 } }, 'condition_field', 'owner_name'],
  [{ orders: { _some: {} } }, 'condition_field', 'orders'],
  [{ __proto__x: { _eq: 1 } }, 'condition_field', '__proto__x'],
  [{ amount: { _regex: '(a+)+$' } }, 'condition_operator', '_regex'],
  [{ amount: { _gte: 'viel' } }, 'condition_value', 'amount _gte'],
  [{ expected_close_on: { _lte: '$NOW(+30 days)' } }, 'condition_value', 'expected_close_on _lte'],
  [{ amount: { _between: [1] } }, 'condition_value', 'amount _between'],
  [{ amount: 5 }, 'condition_shape', 'amount'],
  [[], 'condition_shape', ''],
  ['x', 'condition_shape', ''],
  [{ _and: {} }, 'condition_shape', ''],
  [{ _or: [5] }, 'condition_shape', ''],
])('SAL-2: %j is not understood, and met by nobody', (conditions, reason, name) => {
  expect(conditionFault(conditions)).toEqual({ reason, name });
  expect(meets(conditions, VALUES)).toBe(false);
});
