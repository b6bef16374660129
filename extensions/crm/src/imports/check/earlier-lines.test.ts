import { expect, test } from 'vitest';
import { earlierLines } from './earlier-lines.ts';

test('F32: a key is found in the line that had it first, and whether that said the same', () => {
  const lines = earlierLines();
  expect(lines.meet('name 甲', 2, 'a')).toBeNull();
  expect(lines.meet('name 甲', 7, 'b')).toEqual({ line: 2, same: false });
  expect(lines.meet('name 甲', 9, 'a')).toEqual({ line: 2, same: true });
});

test('B7: 300,000 keys are told apart in less than 48 MB', () => {
  const lines = earlierLines();
  const before = process.memoryUsage().arrayBuffers;
  for (let line = 1; line <= 300_000; line += 1) expect(lines.meet(`uscc ${line}`, line, 'x') === null || line).toBe(true);
  expect([1, 1023, 299_999].map((line) => lines.meet(`uscc ${line}`, 9, 'x')?.line)).toEqual([1, 1023, 299_999]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024);
});
