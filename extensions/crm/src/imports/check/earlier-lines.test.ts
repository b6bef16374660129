import { expect, test } from 'vitest';
import { earlierLines } from './earlier-lines.ts';

test('F32: a key is found in the line that had it first, and whether that said the same', () => {
  const lines = earlierLines();
  expect(lines.find('name 甲', 'a')).toBeNull();
  lines.note('name 甲', 2, 'a');
  lines.note('name 甲', 7, 'b');
  expect(lines.find('name 甲', 'b')).toEqual({ line: 2, same: false });
  expect(lines.find('name 甲', 'a')).toEqual({ line: 2, same: true });
});

test('B7: 300,000 keys are told apart in less than 48 MB', () => {
  const lines = earlierLines();
  const before = process.memoryUsage().arrayBuffers;
  for (let line = 1; line <= 300_000; line += 1) {
    if (lines.find(`uscc ${line}`, 'x')) expect(line).toBe('new');
    lines.note(`uscc ${line}`, line, 'x');
  }
  expect([1, 1023, 299_999].map((line) => lines.find(`uscc ${line}`, 'x')?.line)).toEqual([1, 1023, 299_999]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024);
});
