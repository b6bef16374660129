import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sheetFile, workbookFile } from '../../harness/table-files.ts';
import type { World } from '../access/world.ts';
import { deskOf } from './desk.ts';

const cell = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
/** More than a rep imports at once. */
const TOO_MANY = 501;

/** What a person is shown of a file whose reading comes to nothing after the upload was answered. */
export function oddFilesSuite(world: () => World): void {
  const desk = () => deskOf(world().as.repA1);
  // Every upload is answered before it is read.
  beforeAll(() => world().host.restart({ CRM_IMPORT_ANSWER_MS: '0' }));

  test('F30, IMP-1: a file that no other reading mends says why and asks for another one; nothing about it can be chosen', async () => {
    const { status, body } = await desk().send(sheetFile('<row r="1"/>').subarray(0, 900), { name: '坏的.xlsx' });
    expect(status).toBe(201);
    const view = await desk().settled(body.id);
    expect(view).toMatchObject({
      status: 'uploaded',
      unread: true,
      refusal: { reason: 'damaged', final: true, message: expect.stringContaining('重新下载') },
      can: { change: false, commit: false },
      counts: { total: 0 },
    });
    const history = await world().as.repA1.request('GET', '/crm/imports?limit=1');
    expect(history.body.imports[0]).toMatchObject({ id: body.id, unread: true });
    await expect.poll(() => existsSync(join(world().host.dataDir, 'imports', body.id))).toBe(false);
    const changed = await world().as.repA1.request('PATCH', `/crm/imports/${body.id}`, { sheet: '二' });
    expect([changed.status, changed.body.errors[0].extensions.reason]).toEqual([409, 'file_gone']);
    expect((await desk().view(body.id)).body).toMatchObject({ unread: true, refusal: { reason: 'damaged' } });
    expect((await world().as.repA1.request('DELETE', `/crm/imports/${body.id}`)).status).toBe(204);
  });

  test.each(['0', '2500'])(
    'F29, IMP-2: of a workbook with too many rows on one sheet another one is chosen (answered after %s ms)',
    async (patience) => {
      await world().host.restart({ CRM_IMPORT_ANSWER_MS: patience });
      const rows = (word: string, count: number) =>
        [
          `<row r="1">${cell('A1', '客户名称')}</row>`,
          ...Array.from({ length: count }, (_, at) => `<row r="${at + 2}">${cell(`A${at + 2}`, `${word}${at}有限公司`)}</row>`),
        ].join('');
      const sheets = [
        { name: '多', rows: rows('多', TOO_MANY) },
        { name: '少', rows: rows('少', 2) },
      ];
      const { status, body } = await desk().send(workbookFile(sheets), { name: '两张.xlsx' });
      expect(status).toBe(201);
      const view = await desk().settled(body.id);
      expect(view).toMatchObject({
        refusal: { reason: 'too_many_rows', final: false },
        reading: { type: 'xlsx', sheet: '多', sheets: [{ name: '多' }, { name: '少' }] },
        can: { change: true, commit: false },
      });
      expect(await desk().change(body.id, { sheet: '少' })).toMatchObject({ unread: false, refusal: null, counts: { total: 2, new: 2 } });
      const { status: alone, body: refused } = await desk().send(workbookFile(sheets.slice(0, 1)), { name: '一张.xlsx' });
      if (patience === '0') expect((await desk().settled(refused.id)).refusal).toMatchObject({ reason: 'too_many_rows', final: true });
      else expect([alone, refused.errors![0]!.extensions.reason]).toEqual([400, 'too_many_rows']);
    },
  );
}
