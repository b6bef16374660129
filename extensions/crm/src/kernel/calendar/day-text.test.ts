import { expect, it } from 'vitest';
import { toDayText } from './day-text.ts';

it.each([
  ['2026-11-05', 'zh-CN', '2026年11月5日'],
  ['2026-11-05', 'en-US', 'Nov 5, 2026'],
  ['2026-11-05T00:00:00', 'zh-CN', '2026年11月5日'],
  ['2026-01-01T23:59:59.000Z', 'en-US', 'Jan 1, 2026'],
])('OPS-8: %s is read in %s as %s', (day, language, text) => {
  expect(toDayText(day, language)).toBe(text);
});
