import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { tableFiles } from '../../../../../tests/harness/table-files.ts';
import { fromSafeCell } from '../rules/safe-cell.ts';
import type { ExportColumn } from './columns.ts';
import { streamZip } from './stream-zip.ts';
import type { ExportFormat } from './export-row.ts';
import { csvHead, WRITERS } from './write-table.ts';

const files = tableFiles();
afterAll(() => files.remove());

const column = (field: string, kind: ExportColumn['kind'] = 'text'): ExportColumn => ({
  field,
  kind,
  to: null,
  paths: [field],
  label: field,
  heading: `=${field} (${field})`,
  choices: kind === 'choice' ? { a: '=甲' } : {},
});
const mark = { id: 'the-id', who: '=张三 · a@example.com', when: '2026-11-22 15:00:00', why: '@核对', rows: 2 };

async function written(format: ExportFormat, rows: object[], columns = [column('one'), column('two')]): Promise<Buffer> {
  async function* pages() {
    for (let at = 0; at < rows.length; at += 7) yield rows.slice(at, at + 7) as Record<string, unknown>[];
  }
  const table = { name: '客户', columns, language: 'zh-CN' as const, timeZone: 'Asia/Shanghai', pages: pages(), mark: () => mark };
  const pieces: Buffer[] = [];
  for await (const piece of WRITERS[format](table)) pieces.push(Buffer.from(piece));
  return Buffer.concat(format === 'csv' ? [Buffer.from(csvHead(mark, 'zh-CN')), ...pieces] : pieces);
}

const read = async (format: 'csv' | 'xlsx', content: Buffer) =>
  (await files.rowsOf(content, { name: `x.${format}` })).map(({ cells }) => cells);

const signs = ['=', '+', '-', '@', '＝', '|', '%', "'", '"', ' ', '\u00A0', '\uFEFF', '\u200B', '_x0041_', '_', '&', '<', ',', ';'];
const text = fc
  .tuple(fc.array(fc.constantFrom(...signs), { maxLength: 4 }), fc.string({ unit: 'grapheme' }))
  .map(([parts, rest]) => `${parts.join('')}${rest}客`.replaceAll(/[\r\n\u0085\u2028]/gu, ''));

describe('F21: what is exported comes back as it was, and runs nowhere', () => {
  test.each(['csv', 'xlsx'] as const)('%s: any texts, through the file and the reader of imports', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 20 }), async (pairs) => {
        const content = await written(
          format,
          pairs.map(([one, two]) => ({ one, two })),
        );
        const rows = await read(format, content);
        const below = rows.slice(format === 'csv' ? 2 : 1);
        expect(below.map((cells) => cells.map(fromSafeCell))).toEqual(pairs.map((pair) => [...pair]));
        if (format === 'csv')
          for (const cell of rows.flat()) expect(cell.replace(/^[\s\u00A0\uFEFF\u200B"]+/u, '')).not.toMatch(/^[=+\-@＝＋－＠]/u);
      }),
      { numRuns: 60 },
    );
  });

  test('headings, choices and the watermark are cells like any other; numbers stay numbers', async () => {
    const columns = [column('one', 'choice'), column('two', 'number')];
    const csv = await read('csv', await written('csv', [{ one: 'a', two: '-5.50' }], columns));
    expect(csv.slice(1)).toEqual([
      ["'=one (one)", "'=two (two)"],
      ["'=甲", '-5.5'],
    ]);
    expect(csv[0]![0]).toMatch(/^内部资料.*=张三.*@核对.*2/u);
    const content = await written('xlsx', [{ one: 'a', two: '-5.50' }], columns);
    expect(await read('xlsx', content)).toEqual([
      ['=one (one)', '=two (two)'],
      ['=甲', '-5.5'],
    ]);
    const about = (await files.rowsOf(content, { name: 'x.xlsx', sheet: '导出说明' })).map(({ cells }) => cells);
    expect(about.slice(1)).toEqual([
      ['导出人', '=张三 · a@example.com'],
      ['导出时间', '2026-11-22 15:00:00'],
      ['导出原因', '@核对'],
      ['行数', '2'],
      ['编号', 'the-id'],
    ]);
  });

  test('JSON: stored values with what they are called, and the watermark', async () => {
    const content = await written('json', [{ one: 'a', two: '=1' }, { one: null }], [column('one', 'choice'), column('two')]);
    expect(JSON.parse(content.toString())).toMatchObject({
      name: '客户',
      columns: [{ field: 'one', choices: { a: '=甲' } }, { field: 'two' }],
      rows: [
        { one: 'a', two: '=1' },
        { one: null, two: null },
      ],
      export: mark,
    });
  });

  test('a text that no cell of a workbook holds is refused, not cut; a text table takes it', async () => {
    const rows = [{ one: '长'.repeat(32_767), two: '' }];
    await expect(written('xlsx', rows)).rejects.toMatchObject({ extensions: { reason: 'cell_too_long' } });
    expect((await written('csv', rows)).length).toBeGreaterThan(90_000);
  });
});

test('an archive is packed while its parts come, and a part that fails ends it', async () => {
  const pieces: Buffer[] = [];
  for await (const piece of streamZip([{ name: 'a.txt', content: ['one', 'two'] }])) pieces.push(piece);
  const archive = Buffer.concat(pieces);
  const directory = archive.subarray(archive.indexOf(Buffer.from('504b0102', 'hex')));
  expect(directory.readUInt32LE(16)).toBe(crc32('onetwo'));
  expect(directory.readUInt32LE(24)).toBe(6);
  async function* failing() {
    yield 'one';
    throw new Error('gone');
  }
  const drained = async () => {
    for await (const _piece of streamZip([{ name: 'a.txt', content: failing() }]));
  };
  await expect(drained()).rejects.toThrow('gone');
});
