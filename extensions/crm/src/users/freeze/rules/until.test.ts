import { expect, it } from 'vitest';
import { endOf } from './until.ts';

it.each([
  ['ACC-9: a day counts to its end in Shanghai', '2026-12-01', '2026-12-01T16:00:00.000Z'],
  ['ACC-9: the last day of a year too', '2026-12-31', '2026-12-31T16:00:00.000Z'],
  ['ACC-9: a moment is that moment', '2026-12-01T09:00:00+08:00', '2026-12-01T01:00:00.000Z'],
  ['ACC-9: nothing: until somebody thaws', null, undefined],
])('%s', (_name, until, expected) => {
  expect(endOf(until)?.toISOString()).toBe(expected);
});
