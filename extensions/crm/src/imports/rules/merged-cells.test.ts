import { expect, test } from 'vitest';
import { readMerged } from './cell-text.ts';
import { coveredCells } from './merged-cells.ts';

const over = (...names: string[]) =>
  coveredCells(
    names.map((name) => readMerged(name)!),
    200,
  );
const columnsOf = (covered: ReturnType<ReturnType<typeof over>>) =>
  typeof covered === 'string' ? covered : covered.map(({ column }) => column);

test('F31: every cell under a merged block is named but its first, row by row', () => {
  const row = over('D1:E3', 'A2:A4', 'B3:C3');
  expect([1, 2, 3, 4, 5].map((at) => columnsOf(row(at)))).toEqual([[4], [3, 4], [0, 2, 3, 4], [0], []]);
});

test('F30: a row has no more faults than columns, and blocks over each other are no table', () => {
  expect(columnsOf(over('A1:XFD9')(2))).toHaveLength(200);
  for (const [one, other] of [
    ['A1:C9', 'C5:D6'],
    ['C1:D9', 'A5:C6'],
    ['A1:D9', 'B2:C8'],
    ['A1:B9', 'A1:B9'],
  ] as const)
    expect(over(one, other)(6)).toBe('overlap');
  expect(columnsOf(over('A1:B2', 'A3:B4')(3))).toEqual([1]);
});

test('F30: rows under the same blocks share their faults, so that half a million of them stay small', () => {
  const row = over('A1:GR500000');
  row(1);
  expect(row(3)).toBe(row(2));
  expect(row(2)).toHaveLength(200);
});
