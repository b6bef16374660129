import { crc32, inflateRawSync } from 'node:zlib';
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

async function written(format: ExportFormat, rows: object[], columns = [column('one'), column('two')], said = mark): Promise<Buffer> {
  async function* pages() {
    for (let at = 0; at < rows.length; at += 7) yield rows.slice(at, at + 7) as Record<string, unknown>[];
  }
  const table = { name: '客户', columns, language: 'zh-CN' as const, timeZone: 'Asia/Shanghai', pages: pages(), mark: () => said };
  const pieces: Buffer[] = [];
  for await (const piece of WRITERS[format](table)) pieces.push(Buffer.from(piece));
  return Buffer.concat(format === 'csv' ? [Buffer.from(csvHead(said, 'zh-CN')), ...pieces] : pieces);
}

/** The first sheet of a workbook, and the line above a text table. */
async function withMark(said: Partial<typeof mark>): Promise<{ content: string; line: string }> {
  const workbook = await written('xlsx', [{ one: 'a' }], [column('one')], { ...mark, ...said });
  return { content: partOf(workbook, 'xl/worksheets/sheet1.xml'), line: csvHead({ ...mark, ...said }, 'zh-CN').slice(1) };
}

/** A part of a packed workbook, as text. */
function partOf(workbook: Buffer, name: string): string {
  const head = workbook.indexOf(Buffer.from('504b0304', 'hex'), workbook.indexOf(name) - 30 - 4);
  const from = head + 30 + workbook.readUInt16LE(head + 26) + workbook.readUInt16LE(head + 28);
  return inflateRawSync(workbook.subarray(from)).toString();
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
    expect(csv[0]![0]).toMatch(/^内部资料.*编号：the-id；共 2 行；.*=张三.*@核对$/u);
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

  test('SEC-5: what somebody typed as a reason pushes neither the number nor the count off a printed page, nor stands before them', async () => {
    const why = `；共 1 行；编号：0${'长'.repeat(400)}😀`;
    const { content, line } = await withMark({ why, who: `${'名'.repeat(110)} · a@example.com` });
    const foot = /<oddFooter>&amp;L([^<]*)<\/oddFooter>/u.exec(content)![1]!;
    for (const text of [foot, line]) expect(text).toMatch(/^内部资料；[^共]*编号：the-id；共 2 行；时间：2026-11-22 15:00:00；导出人：名/u);
    expect(foot.length).toBeLessThanOrEqual(250);
    for (const cut of [0, 1]) {
      const told = await withMark({ why: `${'a'.repeat(cut)}${'😀'.repeat(200)}` });
      expect(told.content.isWellFormed()).toBe(true);
      expect(told.content).toMatch(/😀<\/oddFooter>/u);
    }
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
