import { expect, test } from 'vitest';
import { stableId } from './ids.ts';

test('a name gives the same uuid for ever: upgrades meet their own rows', () => {
  expect(stableId('stage:initial_contact')).toBe('c430ed3a-82a5-514b-8b89-f7a592e90e59');
  expect(stableId('stage:initial_contact')).not.toBe(stableId('stage:needs_analysis'));
  expect(stableId('')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
