import { describe, expect, test } from 'vitest';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import type { Stage } from '../customers/stage.ts';
import { csv, deskOf, type View } from './desk.ts';
import { ended } from './planted.ts';

const COUNT = 60;
const HEADINGS = ['客户名称', '联系人', '手机', '老板说的话', '电话'];

/** One table on its whole way, as the import page sends it: brought, read otherwise, committed, looked at, checked, undone. */
export function wholeImport(stage: () => Stage): void {
  describe('an import on its whole way', () => {
    test('IMP-1, IMP-3, N6: upload, mapping, commit, rows, rest, sample and undo, through the API alone', async () => {
      const { world } = stage();
      const { as, host } = world;
      const desk = deskOf(as.repA1);
      const twin = (await world.create('repA1', 'crm_customers', { name: '全程旧有限公司', phone: '010-65577777' })).id;
      const rows = Array.from({ length: COUNT }, (_, at) => [
        `全程${at}有限公司`,
        `全程人${at}`,
        `137${String(at).padStart(8, '0')}`,
        `要买${at}`,
        '',
      ]);
      const table = csv(
        HEADINGS,
        ...rows,
        ['全程新名有限公司', '某人', '', '不要', '010-65577777'],
        ['全程错有限公司', '某人', '12', '', ''],
      );

      const brought = await desk.bring(table, { name: '全程.csv' });
      expect(brought.counts).toMatchObject({ total: COUNT + 2, suspect: 1, error: 1 });
      expect(brought.columns.map(({ target }) => target)).toEqual(['name', 'contact.name', 'contact.phone', null, 'phone']);
      const { id } = brought;

      const mapped = await desk.change(id, { mapping: { 老板说的话: 'needs' } });
      expect(mapped.columns[3]).toMatchObject({ header: '老板说的话', target: 'needs' });
      expect(mapped.counts).toEqual({ total: COUNT + 2, new: COUNT, update: 0, known: 0, suspect: 1, error: 1, done: 0 });
      expect(mapped.can).toEqual({ change: true, commit: true, cancel: false, undo: false, sample: false, redraw: false });

      expect((await as.repA1.request('POST', `/crm/imports/${id}/commit`, {})).status).toBeLessThan(300);
      await ended(world, id);
      const done = await desk.view(id);
      expect(done.body).toMatchObject({
        status: 'imported',
        counts: { new: COUNT, suspect: 1, error: 1, done: COUNT },
        sample: { state: 'waiting', size: 6 },
        can: { change: false, commit: true, undo: true, sample: false },
      });
      expect(Date.parse(String(done.body.undo_until))).toBeGreaterThan(Date.now());

      const looked = await desk.rows(id, '&verdict=new');
      expect([looked.total, looked.clear]).toEqual([COUNT, false]);
      expect(looked.rows[0]).toMatchObject({ state: 'done', match: { name: '全程0有限公司' } });
      expect(looked.rows[0]!.cells[2]).toBe('137****0000');
      const item = looked.rows[0]!.match!.id;
      expect((await world.row('crm_customers', item))['needs']).toBe('要买0');

      const rest = await as.repA1.request('GET', `/crm/imports/${id}/rest`);
      expect(rest.text).toContain('全程新名有限公司');
      expect(rest.text).toContain('全程错有限公司');
      expect(rest.text).not.toContain('全程0有限公司');

      const changed = await as.repA1.request('PATCH', `/crm/imports/${id}`, { encoding: 'gb18030' });
      expect([changed.status, changed.body.errors[0].extensions.reason]).toEqual([409, 'not_open']);

      const sample = await as.adminA.request('GET', `/crm/imports/${id}/sample`);
      expect(sample.body.rows.map(({ result }: Row) => result)).toEqual(Array(6).fill(null));
      expect(sample.body.rows[0].fields.every(({ same }: Row) => same)).toBe(true);
      const found = sample.body.rows.map(({ line }: { line: number }, at: number) => ({ line, ok: at > 0, fields: at ? [] : ['needs'] }));
      const signed = await as.adminA.request('POST', `/crm/imports/${id}/sample`, { rows: found, sign: true });
      expect(signed.body).toMatchObject({ state: 'returned', errors: 1 });
      expect((await desk.view(id)).body).toMatchObject({ sample: { state: 'returned' }, can: { redraw: true } });

      // A suspect that somebody has looked at goes in afterwards, over the customer whose telephone it is.
      await as.repA1.request('POST', `/crm/imports/${id}/commit`, { lines: { [COUNT + 2]: twin } });
      await ended(world, id);
      expect((await world.row('crm_customers', twin))['name']).toBe('全程新名有限公司');

      await as.repA1.request('PATCH', `/items/crm_customers/${item}`, { needs: '自己改的' });
      await as.headA.request('PATCH', `/items/crm_customers/${item}`, { owner: world.id.repA2 });
      const undone = await as.headA.request('POST', `/crm/imports/${id}/undo`);
      expect(undone.status).toBeLessThan(300);
      await ended(world, id);
      const { body } = await as.headA.request('GET', `/crm/imports/${id}/undo`);
      expect([body.status, body.undone, body.kept]).toEqual(['undone', COUNT, 1]);
      const spared = body.spared.find(({ collection }: Row) => collection === 'crm_customers');
      expect(spared).toMatchObject({ item, name: '全程0有限公司' });
      expect(spared.fields).toContainEqual({ field: 'needs', imported: '要买0', now: '自己改的' });
      expect(spared.fields).toContainEqual({ field: 'owner', imported: world.id.repA1, now: world.id.repA2 });
      // Whoever brought the row in sees it no more.
      expect((await as.repA1.request('GET', `/crm/imports/${id}/undo`)).body).toMatchObject({ kept: 1, spared: [], names: {}, note: null });
      expect(body.names).toEqual({ [world.id.repA1]: 'repA1', [world.id.repA2]: 'repA2' });
      expect((await world.row('crm_customers', twin))['name']).toBe('全程旧有限公司');
      const left = await host.database('crm_customers').where('name', 'like', '全程%').pluck('name');
      expect(left.sort()).toEqual(['全程0有限公司', '全程旧有限公司']);

      const history = await as.exec.request<{ imports: View[] }>('GET', '/crm/imports?limit=100');
      const line = history.body.imports.find((one) => one.id === id)!;
      expect(line).toMatchObject({ status: 'undone', undo_until: null, can: { commit: false, undo: false, sample: false } });
      expect((await as.exec.request('GET', `/crm/imports/${id}/rows`)).status).toBe(403);

      const again = await desk.bring(table, { name: '全程.csv' });
      expect(again).toMatchObject({ repeats: { id, status: 'undone' }, counts: { total: COUNT + 2, suspect: 1, error: 1 } });
      expect(again.columns[3]).toMatchObject({ target: 'needs' });
    });
  });
}
