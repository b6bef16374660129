import { expect, it } from 'vitest';
import { deviceOf, kindOf, strangersSince } from './attempts.ts';

it.each([
  ['success', 'active', 'success'],
  ['fail', 'active', 'failure'],
  ['fail', null, 'failure'],
  ['fail', 'suspended', 'refused'],
  ['fail', 'archived', 'refused'],
] as const)('ACC-4: a log-in with %s of somebody who is %s is kept as %s', (outcome, status, kind) => {
  expect(kindOf(outcome, status)).toBe(kind);
});

it('ACC-4: failures of nobody known stand in a row within the hour', () => {
  expect(strangersSince(new Date('2026-11-23T06:00:00Z'))).toEqual(new Date('2026-11-23T05:00:00Z'));
});

it('ACC-1: the device is what the browser says, as far as it fits', () => {
  expect(deviceOf('x'.repeat(300))).toHaveLength(255);
  expect([deviceOf(''), deviceOf(undefined)]).toEqual([null, null]);
});
