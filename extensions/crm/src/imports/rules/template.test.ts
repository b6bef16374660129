import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../../../../schema-snapshots/words.ts';
import { findHeader } from './find-header.ts';
import { guessMapping } from './guess-mapping.ts';
import { rowReader } from './read-row.ts';
import { IMPORT_KINDS, TARGETS, type ImportKind } from './targets.ts';
import { exampleRows, templateOf } from './template.ts';

const words = fieldWords();
const cases = IMPORT_KINDS.flatMap((kind) => (['zh', 'en'] as const).map((language) => [kind, language] as const));
const rows = (...table: string[][]) => table.map((cells, at) => ({ line: at + 1, cells }));

describe('IMP-2, IMP-4: templates', () => {
  test.each(cases)('%s in %s: every column finds its field again, and the example is a good row', (kind, language) => {
    const { headers, example, choices } = templateOf(kind, words, language);
    const plan = guessMapping(kind, headers, words);
    expect(plan.map((column) => ('target' in column ? column.target : column))).toEqual(TARGETS[kind].map(({ key }) => key));
    const read = rowReader({ kind, plan, words, now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Asia/Shanghai' });
    expect(read({ line: 2, cells: example }).faults).toEqual([]);
    choices.forEach((list, column) => {
      for (const choice of list) expect(read({ line: 2, cells: example.with(column, choice) }).faults).toEqual([]);
    });
  });
});

test.each(cases)('IMP-2: the example of %s in %s is no row of theirs, and what differs in one cell is', (kind, language) => {
  const { example } = templateOf(kind, words, language);
  const isExample = exampleRows(kind, words, new Date('2026-11-22T10:00:00Z'));
  const told = new Map(TARGETS[kind].flatMap(({ key }, column) => (example[column] ? [[key, example[column]] as const] : [])));
  expect(isExample(told)).toBe(true);
  expect(isExample(new Map([...told].with(0, [[...told.keys()][0]!, '另一家公司'])))).toBe(false);
  expect(isExample(new Map())).toBe(false);
  // As a spreadsheet saves it again.
  const saved = (cell: string) => (/^\d{4}-\d\d-\d\d/u.test(cell) ? cell.replaceAll('-', '/') : cell.replace(/^(\d+)\.00$/u, '$1'));
  expect(isExample(new Map([...told].map(([key, cell]) => [key, saved(cell)])))).toBe(true);
});

describe('IMP-2: where the headings stand', () => {
  const find = (kind: ImportKind, ...table: string[][]) => findHeader(rows(...table), kind, words)?.line ?? null;

  test('below a title, a date and an empty row', () => {
    expect(find('customers', ['客户'], ['制表日期', '2026-11-21'], ['客户名称', '电话', '地址'], ['北京甲', '1', '2'])).toBe(3);
    expect(find('customers', ['客户名称', '电话'], ['客户', '地址'])).toBe(1);
  });

  test('nowhere', () => {
    expect(find('customers', ['a', 'b'], ['1', '2'])).toBeNull();
    expect(find('customers')).toBeNull();
    expect(find('customers', ...Array.from({ length: 20 }, () => ['x']), ['客户名称'])).toBeNull();
  });
});
