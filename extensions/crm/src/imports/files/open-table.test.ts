import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileFaultOf, sheetFile, tableFiles, workbookFile } from '../../../../../tests/harness/table-files.ts';
import { workbookParts, zipOf } from '../../../../../tests/harness/workbook-file.ts';

let files: ReturnType<typeof tableFiles>;
beforeAll(() => void (files = tableFiles()));
afterAll(() => {
  expect(files.leftBehind()).toEqual([]);
  files.remove();
});

const inline = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;

describe('IMP-2, F31: the cells of a workbook', () => {
  test('texts, numbers, dates, formulas and true or false as a person reads them', async () => {
    const formats = ['yyyy-mm-dd', '000000', '0%', 'yyyy/m/d h:mm'];
    const shared =
      '<si><t>北京&amp;上海</t></si><si><r><t>山</t></r><r><t xml:space="preserve">田 </t></r><rPh sb="0" eb="1"><t>ヤマダ</t></rPh></si><si><t>a_x000D__x000A_b_x005F_x000D_</t></si><si/>';
    const row = [
      '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>3</v></c>',
      '<c r="E2"><v>13800138000</v></c><c r="F2"><v>1.3800138E+10</v></c><c r="G2" s="1"><v>45658</v></c><c r="H2" s="2"><v>10020</v></c>',
      '<c r="I2" s="3"><v>0.15</v></c><c r="J2" t="b"><v>1</v></c><c r="K2"><f>1+1</f><v>2</v></c><c r="L2" t="str"><f>"x"</f><v>13800138000</v></c>',
      '<c r="M2" s="4"><v>45658.75</v></c><c r="N2" t="d"><v>2025-01-01T00:00:00</v></c><c r="O2" s="1"/>',
    ];
    expect(
      await files.rowsOf(sheetFile(`<row r="2">${row.join('')}</row><row r="3"><c r="A3" s="1"/></row>`, { shared, formats })),
    ).toEqual([
      {
        line: 2,
        cells: [
          '北京&上海',
          '山田 ',
          'a\nb_x000D_',
          '',
          '13800138000',
          '13800138000',
          '2025-01-01',
          '010020',
          '15%',
          'TRUE',
          '2',
          '13800138000',
          '2025-01-01 18:00:00',
          '2025-01-01',
        ],
      },
    ]);
  });

  test('days that count from 1904', async () => {
    const rows = await files.rowsOf(
      sheetFile('<row r="1"><c r="A1" s="1"><v>44196</v></c></row>', { formats: ['yyyy-mm-dd'], from1904: true }),
    );
    expect(rows[0]!.cells).toEqual(['2025-01-01']);
  });

  test('what a cell does not say is a named fault of its row', async () => {
    const rows = await files.rowsOf(
      sheetFile(
        '<row r="1"><c r="A1"><f>A2</f></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><v>913501000000000064</v></c><c r="D1" s="1"><v>60</v></c><c r="E1"><f>A2</f><v></v></c><c r="F1" t="str"><f>A2</f><v></v></c></row>',
        { formats: ['yyyy-mm-dd'] },
      ),
    );
    expect(rows[0]!.faults?.map(({ column, reason }) => [column, reason])).toEqual([
      [0, 'formula_without_value'],
      [1, 'formula_error'],
      [2, 'rounded_number'],
      [3, 'no_such_date'],
      [4, 'formula_without_value'],
    ]);
  });

  test('a merged block gives its value to the first cell only, and says so at the others', async () => {
    const rows = await files.rowsOf(
      sheetFile(
        `<row r="1">${inline('A1', '名称')}${inline('B1', '电话')}</row><row r="2">${inline('A2', '北京')}${inline('B2', '1')}</row><row r="3">${inline('B3', '2')}</row><row r="4">${inline('B4', '3')}</row>`,
        {},
        '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="D1:E1"/></mergeCells>',
      ),
    );
    expect(rows.map(({ line, faults }) => [line, faults?.map(({ column, values }) => [column, values?.['range']])])).toEqual([
      [1, [[4, 'D1:E1']]],
      [2, undefined],
      [3, [[0, 'A2:A3']]],
      [4, undefined],
    ]);
  });

  test('sheets are named, hidden ones too; the first visible one is read unless another is chosen', async () => {
    const file = workbookFile([
      { name: '旧数据', state: 'hidden', rows: `<row r="1">${inline('A1', 'old')}</row>` },
      { name: '客户', rows: `<row r="1" hidden="1">${inline('A1', 'new')}</row>` },
      { name: '隐', state: 'veryHidden', rows: '' },
    ]);
    expect(await files.open(file)).toMatchObject({
      kind: 'xlsx',
      sheet: '客户',
      sheets: [
        { name: '旧数据', hidden: true },
        { name: '客户', hidden: false },
        { name: '隐', hidden: true },
      ],
    });
    expect(await files.rowsOf(file)).toEqual([{ line: 1, cells: ['new'], hidden: true }]);
    expect(await files.rowsOf(file, { sheet: '旧数据' })).toEqual([{ line: 1, cells: ['old'] }]);
    expect(await fileFaultOf(files.open(file, { sheet: '无' }))).toEqual({ reason: 'unknown_sheet', values: { sheet: '无' } });
  });

  test('names of elements with a prefix, rows and cells without a number', async () => {
    const parts = workbookParts([{ name: 'x', rows: '' }]).map((part) =>
      part.name.endsWith('sheet1.xml')
        ? {
            ...part,
            data: '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
          }
        : part,
    );
    expect(await files.rowsOf(zipOf(parts))).toEqual([
      { line: 1, cells: ['a', '1'] },
      { line: 2, cells: ['2'] },
    ]);
  });

  test('more texts than fit into memory come back from the private file', async () => {
    const text = (at: number) => `客户${at}${'。'.repeat(at % 97 === 0 ? 20_000 : 300)}`;
    const shared = Array.from({ length: 4000 }, (_, at) => `<si><t>${text(at)}</t></si>`).join('');
    const order = Array.from({ length: 4000 }, (_, at) => (at * 7919) % 4000);
    const rows = await files.rowsOf(
      sheetFile(order.map((at, row) => `<row r="${row + 1}"><c t="s"><v>${at}</v></c></row>`).join(''), { shared }),
      {
        limits: { sharedTextInMemory: 1, ratio: 100_000 },
      },
    );
    expect(rows.length).toBe(4000);
    expect(rows.every(({ cells }, row) => cells[0] === text(order[row]!))).toBe(true);
  });
});
