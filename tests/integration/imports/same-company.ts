import { describe, expect, test } from 'vitest';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import type { Stage } from '../customers/stage.ts';
import { csv, deskOf } from './desk.ts';
import { committed, ended, plantImport, type Line } from './planted.ts';
import { portrait } from './portrait.ts';

const HEADINGS = ['客户名称', '地址', '联系人', '手机'];

/** A list in which a company stands once for each of its people, from the file to the rows and back. */
export function sameCompanyOnSeveralLines(stage: () => Stage): void {
  describe('a company on several lines', () => {
    const plant = (lines: Line[], names = new Map<string, string>()) =>
      plantImport(stage().world, { kind: 'customers', who: 'headA', segment: stage().world.segment.a, names, lines });
    const statesOf = async (id: string) => {
      const rows = await stage().world.host.database(IMPORT_ROWS).where({ import: id }).orderBy('line').select('verdict', 'state');
      return rows.map(({ verdict, state }) => `${verdict} ${state}`);
    };
    const companies = (name: string) => stage().world.host.database('crm_customers').where({ name });
    const contactsOf = async (name: string): Promise<string[]> => {
      const [company, ...more] = await companies(name).pluck('id');
      expect(more).toEqual([]);
      const rows = await stage().world.host.database('crm_contacts').where({ customer: company }).orderBy('name');
      return rows.map((row) => (row.is_primary ? `${row.name} *` : row.name));
    };
    const three = (name: string, first: Partial<Line> = {}): Line[] => [
      { cells: { 客户名称: name, 地址: '一号', 联系人: 'a' }, ...first },
      { cells: { 客户名称: name, 联系人: 'b' }, joins: 2 },
      { cells: { 客户名称: name, 联系人: 'c' }, joins: 2 },
    ];

    test('IMP-1, N6: brought, committed, told and undone through the API alone, exactly', async () => {
      const { world } = stage();
      const { database } = world.host;
      const seen = async () =>
        (await portrait(database, world.segment.a, new Map())).rows.map(({ date_updated: _at, user_updated: _by, ...row }) => row);
      await world.create('repA1', 'crm_customers', { name: '多行旧有限公司' });
      const before = await seen();
      const keys = await database('crm_subject_keys').whereNot({ collection: IMPORTS }).orderBy('id').pluck('id');
      const filler = Array.from({ length: 210 }, (_, at) => [`多行间隔${at}有限公司`, '', '', '']);
      const desk = deskOf(world.as.repA1);
      const { id, counts } = await desk.bring(
        csv(
          HEADINGS,
          ['多行新有限公司', '一号', '甲', '13800138301'],
          ['多行新有限公司', '', '乙', '13800138302'],
          ['多行旧有限公司', '', '丙', ''],
          ...filler,
          ['多行新有限公司', '一号', '丁', ''],
          ['多行旧有限公司', '', '戊', '13800138303'],
        ),
      );
      expect(counts).toMatchObject({ new: 213, update: 2, error: 0 });
      expect(await committed(world, id, 'repA1')).toMatchObject({ status: 'imported', rows_done: 215, rows_new: 213, rows_updated: 2 });
      expect(await contactsOf('多行新有限公司')).toEqual(['丁', '乙', '甲 *']);
      expect(await contactsOf('多行旧有限公司')).toEqual(['丙 *', '戊']);
      // The same list once more: nothing is written twice.
      const again = await desk.bring(csv(HEADINGS, ['多行新有限公司', '', '乙', '13800138302'], ['多行新有限公司', '', '己', '']));
      expect((await desk.rows(again.id)).rows.map(({ verdict, company_line }) => [verdict, company_line])).toEqual([
        ['known', null],
        ['update', 2],
      ]);

      const sample = await world.as.adminA.request('GET', `/crm/imports/${id}/sample`);
      for (const row of sample.body.rows)
        for (const field of row.fields) expect([row.line, field]).toEqual([row.line, { ...field, same: true }]);
      expect((await world.as.repA1.request('POST', `/crm/imports/${id}/undo`)).status).toBeLessThan(300);
      await ended(world, id);
      expect((await world.as.repA1.request('GET', `/crm/imports/${id}/undo`)).body).toMatchObject({ undone: 215, kept: 0 });
      expect(await seen()).toEqual(before);
      expect(await database('crm_subject_keys').whereNot({ collection: IMPORTS }).orderBy('id').pluck('id')).toEqual(keys);
    });

    test('N6: a contact that was edited since stays, and its company with it; the others go', async () => {
      const { world } = stage();
      const id = await plant(three('留一人有限公司'));
      await committed(world, id, 'headA');
      const edited = await world.host.database('crm_contacts').where({ name: 'b' }).orderBy('date_created', 'desc').first('id');
      expect((await world.as.headA.request('PATCH', `/items/crm_contacts/${edited.id}`, { position: '经理' })).status).toBe(200);
      await world.as.headA.request('POST', `/crm/imports/${id}/undo`);
      await ended(world, id);
      expect(await contactsOf('留一人有限公司')).toEqual(['b']);
      expect(await statesOf(id)).toEqual(['new kept', 'new kept', 'new undone']);
    });

    test('DQ-5: where the first line is suspected the others wait for it and go where it goes', async () => {
      const { world, enter } = stage();
      const known = await enter({ name: '多行疑似旧有限公司' });
      const suspects = [{ id: known, by: 'phone' as const, name: 'x' }];
      const id = await plant([...three('多行疑似有限公司', { suspects }), { cells: { 客户名称: '多行无关有限公司' } }]);
      await committed(world, id, 'headA');
      expect(await statesOf(id)).toEqual(['suspect staged', 'new staged', 'new staged', 'new done']);
      const rest = await world.as.headA.request('GET', `/crm/imports/${id}/rest`);
      expect(rest.text).toMatch(/2.*not imported|第 2 行.*没有导入/u);
      const nothing = await world.as.headA.request('POST', `/crm/imports/${id}/commit`, {});
      expect(nothing.body.errors[0].extensions.reason).toBe('nothing_to_import');
      await committed(world, id, 'headA', { lines: { 2: known } });
      expect(await statesOf(id)).toEqual(['update done', 'update done', 'update done', 'new done']);
      // It goes by the name that the file has.
      expect(await contactsOf('多行疑似有限公司')).toEqual(['a *', 'b', 'c']);
      const other = await plant(three('多行疑似新有限公司', { suspects }));
      await committed(world, other, 'headA', { suspects: 'new' });
      expect(await contactsOf('多行疑似新有限公司')).toEqual(['a *', 'b', 'c']);
    });

    test('F32: where the first line is left out, nothing of the company is written, until a later line is chosen to bring it', async () => {
      const { world } = stage();
      const id = await plant([...three('多行跳过有限公司'), { cells: { 客户名称: '多行跳过旁有限公司' } }]);
      await committed(world, id, 'headA', { lines: { 2: 'skip' } });
      expect(await statesOf(id)).toEqual(['new skipped', 'new staged', 'new staged', 'new done']);
      expect(await companies('多行跳过有限公司')).toEqual([]);
      await committed(world, id, 'headA', { lines: { 3: 'new' } });
      expect(await statesOf(id)).toEqual(['new skipped', 'new done', 'new done', 'new done']);
      expect(await contactsOf('多行跳过有限公司')).toEqual(['b *', 'c']);
    });

    test('F33: where the database refuses the first line, the others stay, and nobody else does', async () => {
      const lines = three('多行毒有限公司', { spoilt: { region: stage().world.id.repA1 } });
      const id = await plant([...lines, { cells: { 客户名称: '多行毒旁有限公司', 联系人: 'd' } }]);
      expect(await committed(stage().world, id, 'headA')).toMatchObject({ status: 'imported', rows_done: 1, rows_faulty: 1 });
      expect(await statesOf(id)).toEqual(['error staged', 'new staged', 'new staged', 'new done']);
      expect(await companies('多行毒有限公司')).toEqual([]);
    });

    test('F32: brought by somebody else meanwhile, the first line is suspected and the others wait', async () => {
      const { world, enter } = stage();
      const id = await plant([...three('多行抢先有限公司'), { cells: { 客户名称: '多行抢先旁有限公司' } }]);
      const meanwhile = await enter({ name: '多行抢先有限公司' });
      await committed(world, id, 'headA');
      expect(await statesOf(id)).toEqual(['suspect staged', 'new staged', 'new staged', 'new done']);
      await committed(world, id, 'headA', { lines: { 2: meanwhile, 4: 'skip' } });
      expect(await contactsOf('多行抢先有限公司')).toEqual(['a *', 'b']);
    });
  });
}
