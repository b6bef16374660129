import { expect, test } from 'vitest';
import { earlierLines } from './earlier-lines.ts';

test('F32: a key is found in the line that had it first, and whether that said the same', () => {
  const lines = earlierLines();
  expect(lines.find('name 甲', 'a')).toBeNull();
  lines.add('name 甲', 2, 'a');
  lines.add('name 甲', 7, 'b');
  expect(lines.find('name 甲', 'a')).toEqual({ line: 2, same: true });
  expect(lines.find('name 甲', 'b')).toEqual({ line: 2, same: false });
});

test('B7: half a million keys are told apart in 32 MB', () => {
  const lines = earlierLines();
  const before = process.memoryUsage().arrayBuffers;
  for (let line = 1; line <= 300_000; line += 1) lines.add(`uscc ${line}`, line, String(line));
  expect([1, 1023, 299_999].map((line) => lines.find(`uscc ${line}`, '')?.line)).toEqual([1, 1023, 299_999]);
  expect(lines.find('uscc 300001', '')).toBeNull();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024);
});
