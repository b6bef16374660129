import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carefully } from './careful.ts';

const refusedByDatabase = Object.assign(new Error('violates foreign key constraint'), { code: '23503' });

/** Lines of which some are poison, worked through in transactions: a chunk with poison in it is not done at all. */
function world(lines: readonly { poison: boolean }[], fault: Error = refusedByDatabase) {
  const left = [...lines.keys()];
  const done: number[] = [];
  const aside: number[] = [];
  const step = carefully(
    (most) => {
      const chunk = left.slice(0, most);
      if (chunk.some((line) => lines[line]!.poison)) throw fault;
      done.push(...left.splice(0, most));
      return Promise.resolve(chunk.length > 0);
    },
    () => Promise.resolve(aside.push(left.shift()!)),
  );
  return { step, left, done, aside };
}

test('F33: whatever lines are poison, exactly these are set aside and all others are done, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ poison: fc.boolean() }), { maxLength: 450 }), async (lines) => {
      const { step, left, done, aside } = world(lines);
      for (let steps = 0; (await step(steps % 3 === 0)) === 'more'; steps += 1) expect(steps).toBeLessThan(3 * lines.length + 10);
      expect(left).toEqual([]);
      expect(aside).toEqual([...lines.keys()].filter((line) => lines[line]!.poison));
      expect(done).toEqual([...lines.keys()].filter((line) => !lines[line]!.poison));
    }),
    { numRuns: 50 },
  );
});

test('F41: a database that is away is nobody’s line, and nothing is set aside for it', async () => {
  const { step, aside } = world([{ poison: true }], Object.assign(new Error('ECONNREFUSED'), { code: 'ECONNREFUSED' }));
  await expect(step(false)).rejects.toThrow('ECONNREFUSED');
  expect(aside).toEqual([]);
});

test('B7: beside others a transaction is a short one', async () => {
  const { step, done } = world(Array.from({ length: 400 }, () => ({ poison: false })));
  await step(true);
  const beside = done.length;
  await step(false);
  expect(beside).toBeLessThan(done.length - beside);
});
