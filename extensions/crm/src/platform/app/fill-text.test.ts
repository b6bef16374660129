import { expect, test } from 'vitest';
import { fillText } from './fill-text.ts';

test('UX: a text says numbers as its language writes them, with the word that goes with them', () => {
  const say = (rows: number) => fillText('{rows} {rows:row|rows} of “{file}” {rows:is|are} left', 'en-US', { rows, file: 'a{b}' });
  expect([1, 0, 2, 1200].map(say)).toEqual([
    '1 row of “a{b}” is left',
    '0 rows of “a{b}” are left',
    '2 rows of “a{b}” are left',
    '1,200 rows of “a{b}” are left',
  ]);
  expect(fillText('共 {rows} 行，{unknown}', 'zh-CN', { rows: 12_345 })).toBe('共 12,345 行，{unknown}');
  expect(fillText('{id}', 'en-US', { id: '12345' })).toBe('12345');
  expect(fillText('{constructor}', 'en-US', {})).toBe('{constructor}');
});
