import { expect, it } from 'vitest';
import { REASONS } from '../platform/app/log-words.ts';
import { MY_DAY, REVEAL_REASONS } from './contract.ts';

it('CUS-11, SEC-5: every reason of a look that is picked from a list has its words', () => {
  expect(Object.keys(REASONS).toSorted()).toEqual([...REVEAL_REASONS, MY_DAY].toSorted());
});
