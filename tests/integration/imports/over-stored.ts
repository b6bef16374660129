import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import { fromStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { Stage } from '../customers/stage.ts';
import { deskOf } from './desk.ts';
import { committed, ended, plantImport, type Line } from './planted.ts';

/** What a table writes over rows that stand is judged as their form judges it. */
export function importsOverStored(stage: () => Stage): void {
  describe('an import over stored leads and activities', () => {
    const world = () => stage().world;
    const database = () => world().host.database;
    const api = async (path: string, row: Row): Promise<string> => (await world().create('headA', path, row)).id;
    const plant = (kind: 'leads', lines: Line[], names: [string, string][]) =>
      plantImport(world(), { kind, who: 'adminA', segment: world().segment.a, names: new Map(names), lines });
    const undone = async (id: string): Promise<Row> => {
      const answer = await world().as.adminA.request<Row>('POST', `/crm/imports/${id}/undo`);
      expect(answer.status, answer.text).toBeLessThan(300);
      await ended(world(), id);
      return (await world().as.adminA.request<Row>('GET', `/crm/imports/${id}/undo`)).body;
    };
    const place = () => ({ segment: world().segment.a, owner: world().id.repA1 });

    test('SAL-1, SAL-9: a table gives a lead that nobody has to somebody when the form would: open, qualified and graded', async () => {
      const place = { segment: world().segment.a, owner: null };
      const known = { company_name: '待分配有限公司', phone: '13800136001' };
      const ungraded = await api('crm_leads', { title: '表给未评级', ...place, ...known });
      const unknown = await api('crm_leads', { title: '表给无联系', ...place });
      const lost = await api('crm_leads', { title: '表给已流失', ...place, ...known, grade: 'A' });
      await database()('crm_leads').where({ id: lost }).update({ status: 'lost', lost_reason: '价格', settled: 'lost:' });
      const graded = await api('crm_leads', { title: '表中评级', ...place, ...known });
      const given = { 负责人: 'rep' };
      const lines: Line[] = [
        { cells: { 线索主题: '表给未评级', ...given }, updates: ungraded },
        { cells: { 线索主题: '表给无联系', 线索等级: 'A', ...given }, updates: unknown },
        { cells: { 线索主题: '表给已流失', ...given }, updates: lost },
        { cells: { 线索主题: '表中评级', 线索等级: 'B', ...given }, updates: graded },
      ];
      const id = await plant('leads', lines, [['rep', world().id.repA2]]);
      expect(await committed(world(), id, 'adminA')).toMatchObject({ rows_done: 1, rows_faulty: 3 });
      const { rows } = await deskOf(world().as.adminA).rows(id);
      const told = rows.map(({ faults }) => faults.map(({ reason, target, message }) => [reason, target, message])[0] ?? []);
      expect(told).toEqual([
        ['lead_unready', 'owner', expect.stringContaining('线索等级')],
        ['lead_unready', 'owner', expect.stringContaining('公司名称或联系人')],
        ['lead_over', 'owner', expect.stringContaining('流失')],
        [],
      ]);
      const owners = await database()('crm_leads').whereIn('id', [ungraded, unknown, lost]).pluck('owner');
      expect(owners).toEqual([null, null, null]);
      expect(await world().row('crm_leads', graded)).toMatchObject({ owner: world().id.repA2, status: 'allocated', grade: 'B' });
      const allocations = () => database()('crm_allocations').whereIn('lead', [ungraded, unknown, lost, graded]);
      expect(await allocations()).toMatchObject([{ lead: graded, how: 'by_hand', from_owner: null, to_owner: world().id.repA2 }]);
      for (const lead of [ungraded, unknown, lost]) {
        const form = await world().as.adminA.request('PATCH', `/items/crm_leads/${lead}`, { owner: world().id.repA2 });
        expect([form.status >= 400, form.status < 500]).toEqual([true, true]);
      }
    });

    test('SAL-1, SAL-9: a lead that the company supplies is routed by the table that grades it; the undo takes that back', async () => {
      const place = { segment: world().segment.a, owner: null };
      const known = { company_name: '供给有限公司', phone: '13800136002', source: 'company' };
      const lead = await api('crm_leads', { title: '表中评级后路由', ...place, ...known });
      const route = { id: randomUUID(), user: world().id.repA1, region: null, active: true, segment: world().segment.a };
      await database()('crm_lead_routes').insert(route);
      try {
        const id = await plant('leads', [{ cells: { 线索主题: '表中评级后路由', 线索等级: 'A' }, updates: lead }], []);
        expect(await committed(world(), id, 'adminA')).toMatchObject({ rows_done: 1 });
        expect(await world().row('crm_leads', lead)).toMatchObject({ owner: world().id.repA1, status: 'allocated', grade: 'A' });
        expect(await database()('crm_allocations').where({ lead })).toMatchObject([{ how: 'routed', by: world().id.adminA }]);
        expect(await undone(id)).toMatchObject({ undone: 1, kept: 0 });
        expect(await world().row('crm_leads', lead)).toMatchObject({ owner: null, status: 'new', grade: null });
      } finally {
        await database()('crm_lead_routes').where({ id: route.id }).delete();
      }
    });

    test('SAL-6, SAL-8: no table moves open work to a day that is over, nor puts off what somebody else asked a rep for', async () => {
      const due_on = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
      const mine = await api('crm_activities', { type: 'call', subject: '表改过期', due_on, ...place() });
      const own = (await world().create('repA1', 'crm_activities', { type: 'call', subject: '表改自己', due_on })).id;
      const plan = (subject: string, day: string, updates: string): Line => ({
        cells: { 跟进方式: '电话', 主题: subject, 计划日期: day },
        updates,
      });
      const lines = [plan('表改过期', '2099-01-01', mine), plan('表改自己', '2026-01-05', own)];
      const faultsAfter = async (some: Line[]) => {
        const id = await plantImport(world(), { kind: 'activities', who: 'repA1', segment: world().segment.a, lines: some });
        await committed(world(), id, 'repA1');
        return (await deskOf(world().as.repA1).rows(id)).rows.map(({ faults }) => faults.map(({ reason, target }) => [reason, target]));
      };
      expect(await faultsAfter(lines)).toEqual([[['due_of_assigned', 'due_on']], [['due_moved_into_past', 'due_on']]]);
      // The day that stands may come again with the rest of a row.
      expect(await faultsAfter([plan('表改自己', due_on, own)])).toEqual([[]]);
      const standing = await database()('crm_activities').whereIn('id', [mine, own]).select('due_on');
      expect(standing.map((row) => fromStoredDay(row.due_on))).toEqual([due_on, due_on]);
    });
  });
}
