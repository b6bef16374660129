import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markedCell } from '../rules/damaged-text.ts';
import type { FileFault, TableRow } from '../rules/file-fault.ts';
import type { Encoding } from '../rules/survey-encoding.ts';
import { FileRefusal } from './file-refusal.ts';
import { fileSource } from './byte-source.ts';
import { LIMITS, type Limits } from './limits.ts';
import { readCsv } from './read-csv.ts';
import { surveyFile } from './read-text.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'crm-csv-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(
  content: string | Buffer,
  { encoding = 'utf-8', limits = LIMITS }: { encoding?: Encoding; limits?: Limits } = {},
): Promise<TableRow[]> {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  const rows: TableRow[] = [];
  for await (const batch of readCsv(await fileSource(path), { encoding, delimiter: ',' }, limits)) rows.push(...batch);
  return rows;
}
const linesOf = (rows: readonly TableRow[]) => rows.map(({ line, cells }) => [line, ...cells]);
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof FileRefusal ? error.fault : Promise.reject(error as Error)),
  );
const gb18030 = (hex: string) => Buffer.from(hex, 'hex');

describe('IMP-2, F31: rows of a text table carry the lines of the file', () => {
  test.each([
    [
      'line ends of Windows, within quotes too',
      'a,b\r\n"x\r\ny",2\r\n3,4\r\n',
      [
        [1, 'a', 'b'],
        [2, 'x\ny', '2'],
        [4, '3', '4'],
      ],
    ],
    [
      'line ends mixed',
      'a,b\n"x\r\ny",2\r\n\r\n3,4\r5,6',
      [
        [1, 'a', 'b'],
        [2, 'x\ny', '2'],
        [5, '3', '4'],
        [6, '5', '6'],
      ],
    ],
    [
      'empty rows, also of separators and spaces',
      '\n\na,b\n,,\n  , \n1,2\n',
      [
        [3, 'a', 'b'],
        [6, '1', '2'],
      ],
    ],
    [
      'quotes in the middle of a cell',
      'a,b\n12" pipe,"say ""hi"""\n"x"y,1\n',
      [
        [1, 'a', 'b'],
        [2, '12" pipe', 'say "hi"'],
        [3, '"x"y', '1'],
      ],
    ],
    [
      'a declared separator',
      'sep=,\r\na,b\r\n1,2\r\n',
      [
        [2, 'a', 'b'],
        [3, '1', '2'],
      ],
    ],
    [
      'rows of different length',
      'a,b,c\n1\n1,2,3,4,,\n',
      [
        [1, 'a', 'b', 'c'],
        [2, '1'],
        [3, '1', '2', '3', '4'],
      ],
    ],
    [
      'returns alone',
      'a,b\r1,2\r',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'a mark at the beginning',
      '\uFEFFa,b\n1,2',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    ['nothing', '', []],
  ])('%s', async (_name, content, expected) => {
    expect(linesOf(await rowsOf(content))).toEqual(expected);
  });

  test('quotes that belong to a cell stay, and a long number keeps what it was wrapped in to itself', async () => {
    const rows = await rowsOf('a,b\n"""Foo"", Inc\nis ""it""",1\n"Foo" GmbH,2\n="13800138000","=""1"""\n\'="1",x\n');
    expect(linesOf(rows)).toEqual([
      [1, 'a', 'b'],
      [2, '"Foo", Inc\nis "it"', '1'],
      [4, '"Foo" GmbH', '2'],
      [5, '13800138000', '1'],
      [6, '\'="1"', 'x'],
    ]);
  });

  test('every chunk boundary, in every encoding: nothing is lost and no line is counted twice', async () => {
    const line = '北京𠮷野家䶮有限公司,13800138000,"x\r\n,y"\r\n';
    const text = line.repeat(12_000);
    const expected = Array.from({ length: 12_000 }, (_, at) => [at * 2 + 1, '北京𠮷野家䶮有限公司', '13800138000', 'x\n,y']);
    expect(linesOf(await rowsOf(text))).toEqual(expected);
    expect(linesOf(await rowsOf(Buffer.from(text, 'utf16le'), { encoding: 'utf-16le' }))).toEqual(expected);
    expect(linesOf(await rowsOf(Buffer.from(text, 'utf16le').swap16(), { encoding: 'utf-16be' }))).toEqual(expected);
  });

  test('GB18030 with characters of one, two and four bytes', async () => {
    const bytes = Buffer.concat([gb18030('bfcdbba7fe9f95328236'), Buffer.from(',1\n'), gb18030('b1b1bea9'), Buffer.from(',2\n')]);
    expect(linesOf(await rowsOf(bytes, { encoding: 'gb18030' }))).toEqual([
      [1, '客户䶮𠀀', '1'],
      [2, '北京', '2'],
    ]);
    expect(await surveyFile(await fileSource(join(folder, 'table.csv')))).toMatchObject({ encoding: 'gb18030' });
  });

  test('what is written as CSV comes back, whatever is in it', async () => {
    const cell = fc.stringMatching(/^[a-z，,;"'\n 京=+@\t]{0,12}$/u).map((text) => (text.startsWith('=') ? `.${text}.` : `${text}.`));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (table) => {
        const written = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        const rows = await rowsOf(written);
        expect(rows.map(({ cells }) => cells)).toEqual(table);
        // The line of a row is where it begins: behind all line ends of the rows above it.
        const ends = table.map((row) => row.join('').split('\n').length);
        expect(rows.map(({ line }) => line)).toEqual(ends.map((_, at) => 1 + ends.slice(0, at).reduce((sum, count) => sum + count, 0)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('F29, F31: text tables that are refused', () => {
  test.each<[string, string | Buffer, Parameters<typeof rowsOf>[1], FileFault | null]>([
    ['a chosen encoding that does not fit', 'a\nb\n', { encoding: 'utf-16le' }, null],
    [
      'bytes outside UTF-8',
      Buffer.concat([Buffer.from('a,b\r\n1,2\r\n客户,'), gb18030('bfcd'), Buffer.from('\r\nx\r\n')]),
      {},
      { reason: 'undecodable', values: { encoding: 'UTF-8', line: 3 } },
    ],
    [
      'half a pair of UTF-16',
      Buffer.concat([Buffer.from('a\r\nb\r\n', 'utf16le'), gb18030('00d84100')]),
      { encoding: 'utf-16le' },
      { reason: 'undecodable', values: { encoding: 'UTF-16 LE', line: 3 } },
    ],
    ['a quote that is never closed', 'a,b\n1,2\n"x,3\n4,5\n', {}, { reason: 'quote_open', values: { line: 3 } }],
    ['a quote that swallows the rest', `a,b\n"x,${'3\n'.repeat(600_000)}`, {}, { reason: 'row_too_long', values: { line: 2 } }],
    ['a row without end', `a,b\n1,${'x '.repeat(600_000)}\n`, {}, { reason: 'row_too_long', values: { line: 2 } }],
    ['a quote that ends in a later row', 'n,m\n"Foo,1\nx,2\ny,3\n"Bar,4\nz,5', {}, { reason: 'quote_open', values: { line: 2 } }],
    ['a quote that ends in a later cell', 'n,m\n1,2\n"Foo,1,"Bar,4\nz,5', {}, { reason: 'quote_open', values: { line: 3 } }],
    ['too many columns', `${'a,'.repeat(200)}a\n`, {}, { reason: 'too_many_columns', values: { max: 200, line: 1 } }],
    [
      'too many rows',
      'a\n'.repeat(12),
      { limits: { ...LIMITS, rows: 10, rowsAround: 1 } },
      { reason: 'too_many_rows', values: { max: 10 } },
    ],
  ])('%s', async (_name, content, options, fault) => {
    expect(await faultOf(rowsOf(content, options))).toEqual(fault);
  });

  test('the errors of a spreadsheet are no texts, and neither is what our own file asks to be written anew', async () => {
    const cells = ['#REF!', '#N/A', '#value!', '#NAME?', '#DIV/0!', '#NUM!', '#NULL!', '#####'];
    const [row] = await rowsOf(`${cells.join(',')}\n`);
    expect(row!.faults?.map(({ reason }) => reason)).toEqual(cells.map(() => 'formula_error'));
    const marked = [markedCell('913501000000000000', ['rounded_number']), markedCell('', ['merged']), markedCell('x', ['phone.length'])];
    const [rest] = await rowsOf(`${marked.join(',')},#1,# a\n`);
    expect(rest!.faults?.map(({ column, reason }) => [column, reason])).toEqual([
      [0, 'rewrite'],
      [1, 'rewrite'],
    ]);
  });

  test('text that was damaged before, and cells longer than any spreadsheet has, are faults of their row', async () => {
    const rows = await rowsOf(`a,b\n公司\uFFFD,1\n锟斤拷,2\nå…¬å\u008f\u00b8,3\nCafé Müller,${'x'.repeat(40_000)}\n\uE123,5\n`);
    expect(rows.map(({ line, faults }) => [line, faults?.map(({ column, reason }) => [column, reason])])).toEqual([
      [1, undefined],
      [2, [[0, 'damaged_text']]],
      [3, [[0, 'damaged_text']]],
      [4, [[0, 'damaged_text']]],
      [5, [[1, 'too_long']]],
      [6, [[0, 'damaged_text']]],
    ]);
  });
});
