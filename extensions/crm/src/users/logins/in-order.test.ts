import { expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

it('ACC-4: what comes at once is kept one after the other, and again after a fault; what is given up is told', async () => {
  const told: string[] = [];
  const done: string[] = [];
  const run = inOrder((error) => told.push((error as Error).message), { tries: 3, pauseMs: 1 });
  let left = 2;
  const first = run(async () => {
    if ((left -= 1) >= 0) throw new Error('in the way');
    done.push('first');
    return 1;
  });
  const second = run(async () => Promise.reject(new Error('broken')));
  const third = run(async () => {
    done.push('third');
    return 3;
  });
  expect(await Promise.all([first, second, third])).toEqual([1, null, 3]);
  expect([done, told]).toEqual([['first', 'third'], ['broken']]);
});

it('ACC-4: of a flood no more waits than there is room for, and what does not is told; afterwards there is room again', async () => {
  const told: unknown[] = [];
  const run = inOrder((error) => told.push(error), { most: 2 });
  const at = async (n: number) => Promise.resolve(n);
  expect(await Promise.all([1, 2, 3, 4].map((n) => run(() => at(n))))).toEqual([1, 2, null, null]);
  expect(told).toHaveLength(2);
  expect(await run(() => at(5))).toBe(5);
});
