import { expect, it } from 'vitest';
import { planFaults } from './plan-faults.ts';

it.each([
  [{}, []],
  [{ every_days: 30, ahead_days: 0 }, []],
  [{ every_days: '30', ahead_days: '14' }, []],
  [{ every_days: 0 }, ['every_days']],
  [{ every_days: -7 }, ['every_days']],
  [{ every_days: 1.5 }, ['every_days']],
  [{ every_days: 4000 }, ['every_days']],
  [{ every_days: null }, ['every_days']],
  [{ every_days: 'often' }, ['every_days']],
  [{ every_days: ' ' }, ['every_days']],
  [{ every_days: [30] }, ['every_days']],
  [{ ahead_days: -1 }, ['ahead_days']],
  [{ every_days: 0, ahead_days: 400 }, ['every_days', 'ahead_days']],
])('SAL-12: Bad input: of %j these cannot be kept: %j', (sent, faults) => {
  expect(planFaults(sent)).toEqual(faults);
});
