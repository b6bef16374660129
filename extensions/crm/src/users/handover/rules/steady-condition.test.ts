import { expect, it } from 'vitest';
import { isVague, steadyCondition } from './steady-condition.ts';

const both = [{ stage: { _eq: 's' } }, { closed_on: { _null: true } }];

it.each([
  [{ grade: { _eq: 'A' } }, { grade: { _eq: 'A' } }],
  [{ id: { _in: ['1', '2'] } }, { id: { _in: ['1', '2'] } }],
  [{ opportunities: { _some: { stage: { _eq: 's' } } } }, { opportunities: { _some: { stage: { _eq: 's' } } } }],
  [{ opportunities: { _some: { _and: both } } }, { opportunities: { _some: { id: { _nnull: true }, _and: both } } }],
  [{ _or: [{ leads: { _none: { _or: both } } }, {}] }, { _or: [{ leads: { _none: { id: { _nnull: true }, _or: both } } }, {}] }],
  [{ region: { _null: true } }, { region: { _null: true } }],
  [{ date_created: { _gt: new Date(0) } }, { date_created: { _gt: new Date(0) } }],
])('N5: a condition on lists is asked and not passed over: %j', (filter, expected) => expect(steadyCondition(filter)).toEqual(expected));

it.each([
  [{ grade: { _eq: 'A' } }, false],
  [{ grade: 'A' }, false],
  [{ id: { _in: [] } }, false],
  [{ opportunities: { _some: { _and: both } } }, false],
  [{ grade: {} }, true],
  [{ x: { y: { z: {} } } }, true],
  [{ _and: [] }, true],
  [{ _or: [{ grade: { _eq: 'A' } }, {}] }, true],
  [{ _and: 'x' }, true],
  [{ opportunities: { _some: {} } }, true],
  [{ grade: { _eq: 'A' }, class: {} }, true],
])('N5: a part that compares nothing is not taken for all rows: %j is vague: %s', (filter, expected) =>
  expect(isVague(filter)).toBe(expected),
);
