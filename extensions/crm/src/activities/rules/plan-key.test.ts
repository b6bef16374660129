import { expect, it } from 'vitest';
import { customerOfPlanKey, dayOfPlanKey, planKey } from './plan-key.ts';

const PLAN = '11111111-1111-4111-8111-111111111111';
const CUSTOMER = '22222222-2222-4222-8222-222222222222';

it('SAL-12: the key of a planned activity names its customer, and is another one for another plan, customer or day', () => {
  const key = planKey(PLAN, CUSTOMER, '2026-11-23');
  expect(customerOfPlanKey(key)).toBe(CUSTOMER);
  expect(dayOfPlanKey(key)).toBe('2026-11-23');
  const others = [planKey(CUSTOMER, PLAN, '2026-11-23'), planKey(PLAN, PLAN, '2026-11-23'), planKey(PLAN, CUSTOMER, '2026-11-24')];
  expect(new Set([key, ...others]).size).toBe(4);
});
