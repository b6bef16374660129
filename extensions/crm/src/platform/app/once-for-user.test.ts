import { expect, it } from 'vitest';
import { onceForUser } from './once-for-user.ts';

it('ORG-2: nothing of a former user is left for whoever logs in next in the same tab', () => {
  let count = 0;
  const of = onceForUser(() => (count += 1));
  expect([of('one'), of('one'), of('two'), of('two'), of(null), of('one')]).toEqual([1, 1, 2, 2, 3, 4]);
});
