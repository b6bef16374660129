import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clearEnded } from '../../../extensions/crm/src/imports/clear/clear-ended.ts';
import { UNCHECKED_DAYS, UNDO_DAYS } from '../../../extensions/crm/src/imports/rules/standing.ts';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import { uploadFolder } from '../../../extensions/crm/src/imports/store/upload-folder.ts';
import type { Stage } from '../customers/stage.ts';
import { committed, ended, plantImport, type Line } from './planted.ts';

const DAY_MS = 86_400_000;

/** What is left of an import once nobody can take it back any more (PIPL art. 19, SEC-1). */
export function clearedImports(stage: () => Stage): void {
  describe('an import whose thirty days are over', () => {
    const lines = (word: string, count: number): Line[] =>
      Array.from({ length: count }, (_, at) => ({
        cells: { 客户名称: `${word}${at}有限公司`, 联系人: `${word}人${at}`, 手机: '13800138000' },
      }));
    const plant = (word: string, count: number, suspects = 0) => {
      const { world } = stage();
      const suspected: Line[] = lines(`${word}疑`, suspects).map((line) => ({
        ...line,
        suspects: [{ id: world.id.headA, by: 'phone', name: 'x' }],
      }));
      return plantImport(world, {
        kind: 'customers',
        who: 'headA',
        segment: world.segment.a,
        lines: [...lines(word, count), ...suspected],
      });
    };
    const folder = () => join(stage().world.host.dataDir, 'imports');
    /** The sweep as it runs `days` from now. */
    const sweep = (days: number) =>
      clearEnded({
        context: { database: stage().world.host.database },
        clock: { now: () => new Date(Date.now() + days * DAY_MS) },
        uploads: uploadFolder(folder()),
      });
    const sealed = async (id: string): Promise<number> =>
      (await stage().world.host.database(IMPORT_ROWS).where({ import: id })).filter(
        (row) => row.content ?? row.image_before ?? row.image_after,
      ).length;
    const keys = (id: string): Promise<string[]> =>
      stage().world.host.database('crm_subject_keys').where({ collection: IMPORTS, item: id }).pluck('item');
    const call = (method: string, id: string, path: string, body?: object) =>
      stage().world.as.headA.request(method, `/crm/imports/${id}${path}`, body);

    test('SEC-1, N6: lines, key and file go on the thirtieth day and not before; counts, name and signature stay', async () => {
      const { world } = stage();
      const id = await plant('清除', 60, 1);
      await committed(world, id, 'headA');
      const sample = await world.as.adminA.request('GET', `/crm/imports/${id}/sample`);
      const rows = sample.body.rows.map(({ line }: { line: number }) => ({ line, ok: true }));
      expect((await world.as.adminA.request('POST', `/crm/imports/${id}/sample`, { rows, sign: true })).status).toBe(200);
      const open = await plant('未导', 1);
      mkdirSync(join(folder(), id), { recursive: true });
      writeFileSync(join(folder(), id, 'upload'), 'x');

      await sweep(UNDO_DAYS - 1);
      expect([await sealed(id), await keys(id)]).toEqual([61, [id]]);
      const before = (await call('GET', id, '')).body;
      await sweep(UNDO_DAYS + 1);
      expect([await sealed(id), await keys(id), existsSync(join(folder(), id))]).toEqual([0, [], false]);
      // What has not begun goes by the rules for what was never imported.
      expect([await sealed(open), await keys(open)]).toEqual([1, [open]]);

      await world.host
        .database(IMPORTS)
        .where({ id })
        .update({ finished_at: new Date(Date.now() - 31 * DAY_MS) });
      const { body } = await call('GET', id, '');
      expect(body).toMatchObject({ cleared: true, file_name: before.file_name, counts: before.counts, sample: before.sample });
      expect(body.can).toEqual({ change: false, commit: false, cancel: false, undo: false, sample: false, redraw: false });
      expect((await call('GET', id, '/rows')).body).toMatchObject({ total: 61, rows: expect.arrayContaining([]) });
      const told = await world.as.adminA.request('GET', `/crm/imports/${id}/sample`);
      expect(told.body).toMatchObject({ state: 'accepted', checked_by: world.id.adminA, errors: 0, size: 6, cleared: true });
      expect(told.body.rows.map(({ fields, result }: { fields: object[]; result: object }) => [fields, result])).toEqual(
        Array(6).fill([[], { ok: true, fields: [] }]),
      );
      const undo = await call('POST', id, '/undo');
      expect([undo.status, undo.body.errors[0].extensions.reason]).toEqual([409, 'undo_over']);
      expect(undo.body.errors[0].message).toMatch(/30 天|30 days/u);
      for (const [method, path] of [
        ['POST', '/commit'],
        ['GET', '/rest'],
      ] as const) {
        const refused = await call(method, id, path, method === 'POST' ? { suspects: 'new' } : undefined);
        expect([path, refused.status, refused.body.errors[0].extensions.reason]).toEqual([path, 409, 'contents_gone']);
      }
      const log = await world.host.database('crm_audit').where({ collection: IMPORTS, item: id }).orderBy('nth', 'desc').first('action');
      expect(log.action).toBe('update');
    });

    test('IMP-3: what a sample is checked by waits for its signature three times as long', async () => {
      const { world } = stage();
      const id = await plant('清待', 51);
      await committed(world, id, 'headA');
      await sweep(UNCHECKED_DAYS - 1);
      expect([await sealed(id), await keys(id)]).toEqual([51, [id]]);
      await sweep(UNCHECKED_DAYS + 1);
      expect([await sealed(id), await keys(id)]).toEqual([0, []]);
    });

    test('N6: of one that was undone the values that were spared go thirty days later, and that is said plainly', async () => {
      const { world } = stage();
      const id = await plant('清撤', 2);
      await committed(world, id, 'headA');
      const { id: kept } = await world.host.database('crm_customers').where({ name: '清撤0有限公司' }).first('id');
      await world.as.headA.request('PATCH', `/items/crm_customers/${kept}`, { address: '改了' });
      await call('POST', id, '/undo');
      await ended(world, id);
      // The import itself may have ended long before.
      await world.host
        .database(IMPORTS)
        .where({ id })
        .update({ finished_at: new Date(Date.now() - 29 * DAY_MS) });
      await sweep(UNDO_DAYS - 1);
      const before = (await call('GET', id, '/undo')).body;
      expect(before).toMatchObject({ undone: 1, kept: 1, note: null });
      expect(before.spared.length).toBeGreaterThan(0);
      await sweep(UNDO_DAYS + 1);
      const { status, body } = await call('GET', id, '/undo');
      expect([status, body]).toEqual([
        200,
        { status: 'undone', undone: 1, kept: 1, spared: [], names: {}, note: expect.stringMatching(/30 天|30 days/u) },
      ]);
      expect(await sealed(id)).toBe(0);
    });

    test('F33: whoever is killed in between is gone on with; a key goes last, what is being written stays', async () => {
      const { world } = stage();
      const { database } = world.host;
      const id = await plant('清断', 5);
      await committed(world, id, 'headA');
      await database(IMPORT_ROWS)
        .where({ import: id })
        .andWhere('line', '<', 4)
        .update({ content: null, image_before: null, image_after: null });
      const busy = await plant('清忙', 3);
      await committed(world, busy, 'headA');
      // Nobody works on it, but it says so: the sweep leaves it to whoever takes it up.
      await database(IMPORTS).where({ id: busy }).update({ status: 'undoing', undone_by: world.id.headA });
      await sweep(UNDO_DAYS + 1);
      expect([await sealed(id), await keys(id)]).toEqual([0, []]);
      expect([await sealed(busy), await keys(busy)]).toEqual([3, [busy]]);
      await ended(world, busy);
    });
  });
}
