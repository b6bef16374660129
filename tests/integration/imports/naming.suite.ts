import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { policyIdOf } from '../../../seed/access/identities.ts';
import type { World } from '../access/world.ts';
import { csv, deskOf } from './desk.ts';
import { committed } from './planted.ts';

/** What the dry run says of the people and rows that a line names, and of whose a row may be. */
export function namingSuite(world: () => World): void {
  const desk = (who: keyof World['as']) => deskOf(world().as[who]);

  describe('IMP-1: whom and what a row names', () => {
    const owners = async (who: keyof World['as'], ...names: string[]) => {
      const view = await desk(who).bring(csv(['客户名称', '负责人'], ...names.map((one, at) => [`归属${at}有限公司`, one])));
      return (await desk(who).rows(view.id)).rows.map(({ verdict, faults }) =>
        verdict === 'error' ? faults.map(({ reason }) => reason).join() : verdict,
      );
    };

    test('owners by name, mail or employee number, among the people of the segment', async () => {
      await world()
        .host.database('directus_users')
        .where({ id: world().id.repA2 })
        .update({ last_name: '欧阳', first_name: '二', crm_employee_no: 'E-77' });
      try {
        expect(await owners('adminA', '欧阳二', 'REPA2@example.com', 'e-77', 'repB', 'repb@example.com', '查无此人', 'sysadmin')).toEqual([
          ...['new', 'new', 'new'],
          ...['owner_elsewhere', 'owner_elsewhere', 'owner_elsewhere', 'owner_elsewhere'],
        ]);
        expect(await owners('repA1', 'repA1', '', '欧阳二')).toEqual(['new', 'new', 'owner_elsewhere']);
      } finally {
        await world()
          .host.database('directus_users')
          .where({ id: world().id.repA2 })
          .update({ last_name: null, first_name: 'repA2', crm_employee_no: null });
      }
    });

    test('whoever works in no segment names an owner in every row; the check says so, and the commit writes what it has let pass', async () => {
      const sys = desk('sysadmin');
      const bring = async (kind: string, ...table: string[][]) => {
        const view = await sys.bring(csv(...table), { kind, segment: 't-a' });
        const { rows } = await sys.rows(view.id);
        return { view, rows, verdicts: rows.map(({ verdict, faults }) => faults[0]?.reason ?? verdict) };
      };
      const without = await bring('customers', ['客户名称'], ['无主一有限公司'], ['无主二有限公司']);
      expect(without.verdicts).toEqual(['owner_needed', 'owner_needed']);
      expect(without.view.can.commit).toBe(false);
      expect(without.rows[0]!.faults).toMatchObject([{ column: null, name: null, header: '负责人', target: 'owner' }]);
      expect(without.rows[0]!.faults[0]!.message).toMatch(/增加“负责人”列/u);
      const rest = await world().as.sysadmin.request('GET', `/crm/imports/${without.view.id}/rest`);
      expect(rest.text).toMatch(/负责人：此行没有负责人/u);
      const blank = await bring('customers', ['客户名称', '业务员'], ['有主有限公司', 'repA1'], ['无主三有限公司', '']);
      expect(blank.verdicts).toEqual(['new', 'owner_needed']);
      expect(blank.rows[1]!.faults).toMatchObject([{ column: 1, name: 'B', header: '业务员' }]);
      expect((await bring('activities', ['主题', '类型'], ['没有客户的事', '任务'])).verdicts).toEqual(['owner_needed']);
      expect((await bring('leads', ['线索主题'], ['没有主的线索'])).verdicts).toEqual(['new']);
      expect(await committed(world(), blank.view.id, 'sysadmin')).toMatchObject({ status: 'imported', rows_done: 1, rows_faulty: 1 });
    });

    test('ORG-5, SAL-10: what the rules of places and approvals refuse the check says, with its column', async () => {
      const { database } = world().host;
      const customer = `归属${randomUUID().slice(0, 4)}有限公司`;
      await world().create('repA1', 'crm_customers', { name: customer });
      const faults = async (who: keyof World['as'], kind: string, ...table: string[][]) => {
        const view = await desk(who).bring(csv(...table), { kind });
        return (await desk(who).rows(view.id)).rows.map(
          ({ verdict, faults: found }) => found.map(({ reason, name }) => [reason, name])[0] ?? verdict,
        );
      };
      const activities = [
        ['客户', '类型', '主题', '负责人'],
        [customer, '电话', '别人的', 'repA2'],
        [customer, '电话', '自己的', 'repA1'],
        [customer, '电话', '不写', ''],
      ];
      expect(await faults('adminA', 'activities', ...activities)).toEqual([['owner_of_customer', 'D'], 'new', 'new']);
      await database('crm_segments').where({ id: world().segment.a }).update({ allocation_needs_approval: true });
      try {
        expect(await faults('adminA', 'leads', ['线索主题', '负责人'], ['要审批', 'repA2'], ['不分配', ''])).toEqual([
          ['needs_approval', 'B'],
          'new',
        ]);
      } finally {
        await database('crm_segments').where({ id: world().segment.a }).update({ allocation_needs_approval: false });
      }
      const right = { collection: 'crm_customers', action: 'create', policy: policyIdOf('sales_rep') };
      const { fields } = await database('directus_permissions').where(right).first('fields');
      const narrowed = String(fields)
        .split(',')
        .filter((field) => field !== 'grade');
      await database('directus_permissions')
        .where(right)
        .update({ fields: narrowed.join(',') });
      try {
        const table = [
          ['客户名称', '客户等级'],
          ['有级有限公司', 'A'],
          ['无级有限公司', ''],
        ];
        expect(await faults('repA1', 'customers', ...table)).toEqual([['not_permitted', 'B'], 'new']);
      } finally {
        await database('directus_permissions').where(right).update({ fields });
      }
    });

    test('regions, industries and tags by code or name, and only those in force', async () => {
      await world()
        .host.database('crm_tags')
        .insert([
          { id: randomUUID(), name: '测试甲', active: true },
          { id: randomUUID(), name: '测试乙', active: false },
        ]);
      const view = await desk('repA1').bring(
        csv(
          ['客户名称', '地区', '行业', '标签'],
          ['一有限公司', '浙江杭州', 'A01', '测试甲'],
          ['二有限公司', '杭州市', '', '测试甲、测试乙'],
          ['三有限公司', '吉林', '不是行业', ''],
        ),
      );
      expect((await desk('repA1').rows(view.id)).rows.map(({ faults }) => faults.map(({ reason }) => reason))).toEqual([
        [],
        ['unknown_reference'],
        ['ambiguous_reference', 'unknown_reference'],
      ]);
    });
  });
}
