import { expect, test } from 'vitest';
import { changesOf, chosenFor, isOpen, isTelling } from './column-choices.ts';

const columns = [
  { column: 0, header: '客户名称', target: 'name' },
  { column: 1, header: '电话', target: 'phone' },
  { column: 2, header: '电话', target: null },
  { column: 3, header: '', target: null },
  { column: 4, header: '__proto__', target: null },
];

test('IMP-2: a choice is sent by heading, and by number where the heading is another column’s too, or none', () => {
  expect(changesOf(columns, { 0: null, 2: 'contact.phone', 3: 'address', 4: 'needs' })).toEqual({
    mapping: JSON.parse('{"客户名称":null,"__proto__":"needs"}') as unknown,
    columns: { 2: 'contact.phone', 3: 'address' },
  });
  expect(JSON.stringify(changesOf(columns, { 4: 'needs' }))).toBe('{"mapping":{"__proto__":"needs"}}');
});

test('IMP-2: what stands already is no change', () => {
  expect(changesOf(columns, { 0: 'name', 1: 'phone', 2: null })).toEqual({});
  expect(chosenFor(columns[1]!, {})).toBe('phone');
  expect(chosenFor(columns[1]!, { 1: null })).toBeNull();
  expect(columns.map((one) => isTelling(one, columns))).toEqual([true, false, false, false, true]);
});

test('F32: a column of the segment is open until it is left out, and that is sent', () => {
  const segment = [{ column: 0, header: '版块', target: null, ignored: 'segment' }];
  expect(isOpen(segment[0]!, {})).toBe(true);
  expect(changesOf(segment, {})).toEqual({});
  expect(isOpen(segment[0]!, { 0: null })).toBe(false);
  expect(changesOf(segment, { 0: null })).toEqual({ mapping: { 版块: null } });
});
