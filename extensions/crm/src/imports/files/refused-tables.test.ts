import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileFaultOf, sheetFile, tableFiles, type TableOptions } from '../../../../../tests/harness/table-files.ts';
import { columnName } from '../rules/cell-text.ts';
import { workbookParts, zipOf, type ZipPart } from '../../../../../tests/harness/workbook-file.ts';

let files: ReturnType<typeof tableFiles>;
beforeAll(() => void (files = tableFiles()));
afterAll(() => {
  expect(files.leftBehind()).toEqual([]);
  files.remove();
});

const big = (size: number) => Buffer.alloc(size, 0x20);
const plain = (rows = '<row r="1"><c><v>1</v></c></row>') => workbookParts([{ name: 'x', rows }]);
const withPart = (name: string, change: (part: ZipPart) => ZipPart) =>
  zipOf(plain().map((part) => (part.name === name ? change(part) : part)));
const withSheet = (data: string) => withPart('xl/worksheets/sheet1.xml', (part) => ({ ...part, data }));

const blocks = (count: number) =>
  Array.from({ length: count }, (_, at) => `<mergeCell ref="${columnName(at * 2)}1:${columnName(at * 2 + 1)}900000"/>`).join('');
const withStyles = (formats: string) =>
  zipOf(
    workbookParts([{ name: 'x', rows: '' }], { formats: ['0'] }).map((part) =>
      part.name === 'xl/styles.xml' ? { ...part, data: `<styleSheet><cellXfs>${formats}</cellXfs></styleSheet>` } : part,
    ),
  );
const withSheets = (count: number) =>
  withPart('xl/workbook.xml', (part) => ({
    ...part,
    data: `<workbook xmlns:r="r"><sheets>${'<sheet name="x" r:id="rId1"/>'.repeat(count)}</sheets></workbook>`,
  }));
const withRelations = (count: number) =>
  withPart('xl/_rels/workbook.xml.rels', (part) => ({
    ...part,
    data: `<Relationships>${'<Relationship Id="a" Type="x/worksheet" Target="x.xml"/>'.repeat(count)}</Relationships>`,
  }));

/** The container that Office puts around an encrypted workbook; its streams are listed at the end. */
function encryptedContainer(): Buffer {
  const head = Buffer.alloc(21 * 512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  head.writeUInt16LE(9, 30);
  head.writeUInt32LE(20, 48);
  return Buffer.concat([head, Buffer.from('EncryptionInfo\0EncryptedPackage', 'utf16le')]);
}

describe('F30: files that would do harm, or are something else, are refused in plain words and at once', () => {
  test.each<[string, () => Buffer | string, TableOptions, string]>([
    ['nothing', () => '', {}, 'empty'],
    ['too many bytes', () => 'a,b\n1,2\n', { name: 'a.csv', limits: { fileBytes: 4 } }, 'too_large'],
    ['a text that calls itself a workbook', () => 'a,b\n', {}, 'text_named_xlsx'],
    ['a workbook that calls itself a text', () => sheetFile(''), { name: '客户.csv' }, 'workbook_named_text'],
    ['bytes that are nothing', () => Buffer.from('\u0001\u0002\0\0\u0003\0ab\0', 'latin1'), { name: 'a.csv' }, 'no_table'],
    ['an encrypted workbook of Office', () => encryptedContainer(), {}, 'encrypted'],
    ['a zip of workbooks', () => zipOf([{ name: '客户.xlsx', data: sheetFile('') }]), {}, 'archive'],
    ['a cut file', () => sheetFile('<row r="1"/>').subarray(0, 900), {}, 'damaged'],
    ['a file cut in the middle of a part', () => withSheet('<worksheet><sheetData><row r="1"><c><v>1'), {}, 'damaged'],
    ['an encrypted part', () => withPart('xl/workbook.xml', (part) => ({ ...part, claims: { encrypted: true } })), {}, 'encrypted'],
    ['20,000 parts', () => zipOf(Array.from({ length: 20_000 }, (_, at) => ({ name: `x${at}`, data: '' }))), {}, 'too_many_parts'],
    ['two parts of one name', () => zipOf([...plain(), { name: 'XL/Workbook.xml', data: '' }]), {}, 'damaged'],
    [
      'a part that unpacks a thousandfold',
      () => withPart('xl/worksheets/sheet1.xml', (part) => ({ ...part, data: big(40 * 1024 * 1024) })),
      {},
      'unpacks_too_large',
    ],
    [
      'a part that nobody reads and that unpacks a thousandfold',
      () => zipOf([...plain(), { name: 'xl/media/image1.png', data: big(40 * 1024 * 1024) }]),
      {},
      'unpacks_too_large',
    ],
    [
      'many parts, each of them small enough',
      () => zipOf([...plain(), ...Array.from({ length: 5 }, (_, at) => ({ name: `xl/x${at}.xml`, data: big(9 * 1024 * 1024) }))]),
      { limits: { unpackedBytes: 40 * 1024 * 1024 } },
      'unpacks_too_large',
    ],
    [
      'a part that claims to be small',
      () => withPart('xl/worksheets/sheet1.xml', (part) => ({ ...part, data: big(40 * 1024 * 1024), claims: { unpacked: 1000 } })),
      {},
      'damaged',
    ],
    [
      'a part that claims to be enormous',
      () => withPart('xl/worksheets/sheet1.xml', (part) => ({ ...part, claims: { unpacked: 4_000_000_000 } })),
      {},
      'unpacks_too_large',
    ],
    [
      'a bomb of shared texts',
      () => sheetFile('<row r="1"/>', { shared: '<si><t>xxxxxxxxxx</t></si>'.repeat(2000) }),
      { limits: { sharedTextBytes: 1000 } },
      'unpacks_too_large',
    ],
    [
      'entities',
      () =>
        withSheet(
          '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>',
        ),
      {},
      'forbidden_xml',
    ],
    [
      'an external entity',
      () => withPart('xl/workbook.xml', (part) => ({ ...part, data: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><workbook/>' })),
      {},
      'forbidden_xml',
    ],
    [
      'an unknown entity',
      () => withSheet('<worksheet><sheetData><row><c t="str"><v>&nbsp;</v></c></row></sheetData></worksheet>'),
      {},
      'damaged',
    ],
    ['endless nesting', () => withSheet('<a>'.repeat(100_000)), {}, 'forbidden_xml'],
    ['endless mark-up', () => withSheet(`<worksheet a="${'x'.repeat(3_000_000)}`), {}, 'unpacks_too_large'],
    [
      'an endless cell',
      () =>
        withSheet(
          `<worksheet><sheetData><row><c t="str"><v>${'<![CDATA[xxxxxxxxxxxxxxxx]]>'.repeat(200_000)}</v></c></row></sheetData></worksheet>`,
        ),
      {},
      'unpacks_too_large',
    ],
    [
      'bytes outside UTF-8',
      () => withPart('xl/workbook.xml', (part) => ({ ...part, data: Buffer.from('<workbook>\xff</workbook>', 'latin1') })),
      {},
      'damaged',
    ],
    ['no sheet', () => zipOf(workbookParts([])), {}, 'no_sheet'],
    ['rows that run backwards', () => sheetFile('<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'), {}, 'damaged'],
    ['cells that run backwards', () => sheetFile('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'), {}, 'damaged'],
    ['a cell beyond the grid', () => sheetFile('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), {}, 'damaged'],
    ['a text that is not there', () => sheetFile('<row r="1"><c t="s"><v>7</v></c></row>'), {}, 'damaged'],
    ['a cell far to the right', () => sheetFile('<row r="1"><c r="XFD1"><v>1</v></c></row>'), {}, 'too_many_columns'],
    ['too many rows', () => sheetFile('<row><c><v>1</v></c></row>'.repeat(12)), { limits: { rows: 10, rowsAround: 1 } }, 'too_many_rows'],
    [
      'too many merged blocks',
      () => sheetFile('<row r="1"/>', {}, `<mergeCells>${'<mergeCell ref="A1:B9"/>'.repeat(12)}</mergeCells>`),
      { limits: { mergedRanges: 10 } },
      'too_many_merged',
    ],
    [
      'a thousand blocks over each row',
      () => sheetFile('<row r="1"/><row r="2"/>', {}, `<mergeCells>${blocks(2000)}</mergeCells>`),
      {},
      'too_many_merged',
    ],
    [
      'blocks that lie over each other',
      () =>
        sheetFile(
          '<row><c><v>1</v></c></row>'.repeat(5000),
          {},
          `<mergeCells>${'<mergeCell ref="A1:GR500000"/>'.repeat(1000)}</mergeCells>`,
        ),
      {},
      'damaged',
    ],
    ['a row beyond the grid', () => sheetFile('<row r="3000000000"><c><v>1</v></c></row>'), {}, 'damaged'],
    ['relations without end', () => withRelations(100_000), {}, 'too_many_parts'],
    ['sheets without end', () => withSheets(100_000), {}, 'too_many_parts'],
    ['styles without end', () => withStyles('<xf numFmtId="1"/>'.repeat(70_000)), {}, 'too_many_parts'],
    [
      'a part of styles longer than any is',
      () => withStyles(' '.repeat(5_000_000)),
      { limits: { describingBytes: 4_000_000 } },
      'unpacks_too_large',
    ],
    [
      'a mix of encodings',
      () => Buffer.concat([Buffer.from('客户名称\n'), Buffer.from('b1b1bea9', 'hex')]),
      { name: 'a.csv' },
      'mixed_encodings',
    ],
  ])('%s', async (_name, content, options, reason) => {
    const bytes = content();
    const started = performance.now();
    expect((await fileFaultOf(files.rowsOf(bytes, options)))?.reason).toBe(reason);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('a text table is shown with what was found, and read as the user chooses', async () => {
    expect(await files.open('a;b\n客户;1\n', { name: 'a.csv' })).toMatchObject({
      kind: 'csv',
      encoding: 'utf-8',
      certain: true,
      delimiter: ';',
    });
    const mixed = Buffer.concat([Buffer.from('客户名,1\n'), Buffer.from('b1b1bea9', 'hex')]);
    expect(await fileFaultOf(files.rowsOf(mixed, { name: 'a.csv', encoding: 'utf-8' }))).toEqual({
      reason: 'undecodable',
      values: { encoding: 'UTF-8', line: 2 },
    });
    expect(await files.rowsOf('a;b\n1;2\n', { name: 'a.txt', delimiter: ',' })).toEqual([
      { line: 1, cells: ['a;b'] },
      { line: 2, cells: ['1;2'] },
    ]);
  });
});
