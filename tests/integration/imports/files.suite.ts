import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import { sheetFile } from '../../harness/table-files.ts';
import { workbookParts, zipOf, type ZipPart } from '../../harness/workbook-file.ts';
import type { World } from '../access/world.ts';
import { csv, deskOf } from './desk.ts';

const withSheet = (change: (part: ZipPart) => ZipPart): Buffer =>
  zipOf(
    workbookParts([{ name: 'x', rows: '<row r="1"><c><v>1</v></c></row>' }]).map((part) =>
      part.name === 'xl/worksheets/sheet1.xml' ? change(part) : part,
    ),
  );
const encrypted = (): Buffer => {
  const head = Buffer.alloc(21 * 512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  head.writeUInt16LE(9, 30);
  head.writeUInt32LE(20, 48);
  return Buffer.concat([head, Buffer.from('EncryptionInfo\0EncryptedPackage', 'utf16le')]);
};
const old = (): Buffer => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]);

/** Files that are no tables, or would do harm; and requests that are no uploads (F29, F30, F43). */
export function filesSuite(world: () => World): void {
  const desk = () => deskOf(world().as.adminA);
  const folder = () => join(world().host.dataDir, 'imports');
  const standing = async () => ({
    imports: await world().host.database(IMPORTS).pluck('id'),
    rows: Number((await world().host.database(IMPORT_ROWS).count({ rows: '*' }).first())?.['rows']),
    keys: await world().host.database('crm_subject_keys').where({ collection: IMPORTS }).pluck('item'),
    folders: existsSync(folder()) ? readdirSync(folder()).sort() : [],
  });
  let before: Awaited<ReturnType<typeof standing>>;
  beforeEach(async () => {
    before = await standing();
  });

  test.each<[string, string, () => Buffer | string, string]>([
    ['nothing', '客户.csv', () => '', 'empty'],
    ['an old workbook', '客户.xls', old, 'old_excel'],
    ['an encrypted workbook', '客户.xlsx', encrypted, 'encrypted'],
    [
      'a web page that calls itself a workbook',
      '客户.xls',
      () => '<html><body><table><tr><td>客户</td></tr></table></body></html>',
      'html',
    ],
    [
      'a web page in one file with its pictures',
      '客户.xls',
      () => 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n\r\n<html><table><tr><td>客户名称</td></tr>',
      'html',
    ],
    ['an export for programs', '客户.csv', () => '[{"客户名称":"甲有限公司"}]', 'json'],
    ['a PDF', '客户.csv', () => '%PDF-1.7\n', 'pdf'],
    ['a text that calls itself a workbook', '客户.xlsx', () => csv(['客户名称'], ['甲']), 'text_named_xlsx'],
    ['a workbook that calls itself a text', '客户.csv', () => sheetFile('<row r="1"/>'), 'workbook_named_text'],
    ['a zip of workbooks', '客户.zip', () => zipOf([{ name: '客户.xlsx', data: sheetFile('') }]), 'archive'],
    ['a cut workbook', '客户.xlsx', () => sheetFile('<row r="1"/>').subarray(0, 900), 'damaged'],
    ['a zip bomb', '客户.xlsx', () => withSheet((part) => ({ ...part, data: Buffer.alloc(40 * 1024 * 1024, 0x20) })), 'unpacks_too_large'],
    [
      'a zip bomb in a part that nobody reads',
      '客户.xlsx',
      () => zipOf([...workbookParts([{ name: 'x', rows: '' }]), { name: 'xl/media/x.png', data: Buffer.alloc(40 * 1024 * 1024) }]),
      'unpacks_too_large',
    ],
    [
      'a zip of 20,000 parts',
      '客户.xlsx',
      () => zipOf(Array.from({ length: 20_000 }, (_, at) => ({ name: `x${at}`, data: '' }))),
      'too_many_parts',
    ],
    [
      'an XML with entities',
      '客户.xlsx',
      () => withSheet((part) => ({ ...part, data: '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>' })),
      'forbidden_xml',
    ],
    ['a quote without end', '客户.csv', () => `客户名称,地址\n甲有限公司,"一\n${'乙有限公司,二\n'.repeat(5)}`, 'quote_open'],
    [
      'a row of 300 cells',
      '客户.csv',
      () =>
        csv(
          ['客户名称'],
          Array.from({ length: 300 }, () => 'x'),
        ),
      'too_many_columns',
    ],
    ['bytes of nothing', '客户.csv', () => Buffer.from('\u0001\u0002\0\0\u0003\0ab\0', 'latin1'), 'no_table'],
  ])('F30: %s is refused within two seconds in plain words, and nothing of it stays', async (_name, name, content, reason) => {
    const bytes = content();
    const started = performance.now();
    const { status, body, text } = await desk().send(bytes, { name });
    const took = performance.now() - started;
    expect([status, body.errors![0]!.extensions.code, body.errors![0]!.extensions.reason]).toEqual([400, 'IMPORT_FILE_REFUSED', reason]);
    expect(body.errors![0]!.message).toMatch(/\p{Script=Han}/u);
    expect(text).not.toMatch(/ at |node_modules|Error:/u);
    expect(took).toBeLessThan(2000);
    expect(await standing()).toEqual(before);
  });

  describe('F29: too large', () => {
    const send = (headers: Record<string, string>, body: Buffer[]) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const { url } = world().host;
        const outgoing = request(
          `${url}/crm/imports`,
          { method: 'POST', headers: { authorization: `Bearer ${world().as.adminA.token}`, ...headers } },
          (answer) => {
            let text = '';
            answer.on('data', (piece: Buffer) => (text += piece.toString()));
            answer.on('end', () => resolve({ status: answer.statusCode!, text }));
          },
        );
        outgoing.on('error', reject);
        for (const piece of body) outgoing.write(piece);
        outgoing.end();
      });
    const head = Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n');
    const multipart = { 'content-type': 'multipart/form-data; boundary=x' };

    test('a request that says so is refused before a byte of it is read', async () => {
      const { status, text } = await send(
        { ...multipart, 'content-length': String(101 * 1024 * 1024 + head.length), connection: 'close' },
        [head, ...Array.from({ length: 101 }, () => Buffer.alloc(1024 * 1024, 0x61))],
      );
      expect([status, JSON.parse(text).errors[0].extensions.reason]).toEqual([413, 'too_large']);
      expect(await standing()).toEqual(before);
    });

    test('one that does not is refused at the first byte too many', async () => {
      const { status, text } = await send(multipart, [head, ...Array.from({ length: 102 }, () => Buffer.alloc(1024 * 1024, 0x61))]);
      expect([status, JSON.parse(text).errors[0].extensions.reason]).toEqual([413, 'too_large']);
      expect(await standing()).toEqual(before);
    });

    test.each<[string, Record<string, string>, string]>([
      ['JSON', { 'content-type': 'application/json' }, '{"kind":"customers"}'],
      ['a form without an end', multipart, `${head.toString()}客户名称`],
      ['a form without a file', multipart, '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\ncustomers\r\n--x--\r\n'],
      ['a form without a boundary', { 'content-type': 'multipart/form-data' }, 'x'],
      ['nothing', {}, ''],
    ])('%s is no upload', async (_name, headers, body) => {
      const { status, text } = await send(headers, [Buffer.from(body)]);
      expect([status, JSON.parse(text).errors[0].extensions.reason]).toEqual([400, 'bad_upload']);
      expect(await standing()).toEqual(before);
    });

    test('an upload that breaks off leaves nothing', async () => {
      const controller = new AbortController();
      const stream = new ReadableStream({
        start(target) {
          target.enqueue(new Uint8Array(head));
          target.enqueue(new Uint8Array(1024 * 1024));
          setTimeout(() => controller.abort(), 200);
        },
      });
      await expect(
        fetch(`${world().host.url}/crm/imports`, {
          method: 'POST',
          headers: { authorization: `Bearer ${world().as.adminA.token}`, ...multipart },
          body: stream,
          signal: controller.signal,
          duplex: 'half',
        } as RequestInit),
      ).rejects.toThrow();
      for (let tried = 0; tried < 50 && JSON.stringify(await standing()) !== JSON.stringify(before); tried += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await standing()).toEqual(before);
    });
  });

  test('a kind that is none, and a choice that is none, are refused, and nothing stays', async () => {
    const table = csv(['客户名称'], ['甲有限公司']);
    for (const [order, reason] of [
      [{ kind: 'users' }, 'unknown_kind'],
      [{ kind: '__proto__' }, 'unknown_kind'],
      [{ encoding: 'ebcdic' }, 'bad_choice'],
    ] as const) {
      const { status, body } = await desk().send(table, order);
      expect([status, body.errors![0]!.extensions.reason]).toEqual([400, reason]);
    }
    expect(await standing()).toEqual(before);
  });
}
