import { expect, it } from 'vitest';
import { inputKindOf, typedValue } from './field-kinds.ts';

it.each([
  [{ type: 'decimal' }, 'number'],
  [{ type: 'date' }, 'day'],
  [{ type: 'text' }, 'prose'],
  [{ type: 'string' }, 'line'],
  [{ type: 'string', meta: { interface: 'select-dropdown', options: { choices: [{ text: 'A', value: 'A' }] } } }, 'choice'],
  [{ type: 'json' }, 'elsewhere'],
  [{ type: 'uuid' }, 'elsewhere'],
  [null, 'elsewhere'],
])('SAL-2: a missing field %j is asked for as %s', (field, kind) => {
  expect(inputKindOf(field)).toBe(kind);
});

it.each([
  ['number', '1,234.50', 1234.5],
  ['number', ' 12 ', 12],
  ['number', 0, 0],
  ['number', 'a lot', null],
  ['line', '  ', null],
  ['line', ' yes ', 'yes'],
  ['day', '2026-12-01', '2026-12-01'],
  ['prose', null, null],
  ['prose', ['x'], null],
] as const)('SAL-2: for a %s, %j is sent as %j', (kind, typed, value) => {
  expect(typedValue(kind, typed)).toBe(value);
});
