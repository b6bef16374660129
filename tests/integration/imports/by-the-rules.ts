import { describe, expect, test } from 'vitest';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import type { PersonName } from '../access/world.ts';
import type { Stage } from '../customers/stage.ts';
import { committed, ended, plantImport, type Line } from './planted.ts';

/** A table is no way round what a form refuses: approvals of allocations, and signatures that won a deal. */
export function importsByTheRules(stage: () => Stage): void {
  describe('an import by the rules of leads and deals', () => {
    const world = () => stage().world;
    const database = () => world().host.database;
    const api = async (path: string, row: Row): Promise<string> => (await world().create('headA', path, row)).id;
    const plant = (kind: 'leads' | 'orders', lines: Line[], names: [string, string][], who: PersonName = 'adminA') =>
      plantImport(world(), { kind, who, segment: world().segment.a, names: new Map(names), lines });
    const undone = async (id: string) => {
      const answer = await world().as.adminA.request<Row>('POST', `/crm/imports/${id}/undo`);
      expect(answer.status, answer.text).toBeLessThan(300);
      await ended(world(), id);
      return (await world().as.adminA.request<Row>('GET', `/crm/imports/${id}/undo`)).body;
    };
    async function withApprovals(work: () => Promise<void>): Promise<void> {
      const segment = () => database()('crm_segments').where({ id: world().segment.a });
      await segment().update({ allocation_needs_approval: true });
      try {
        await work();
      } finally {
        await segment().update({ allocation_needs_approval: false });
      }
    }

    test('SAL-10, Q2: with the switch on no table gives a lead to somebody; the line says what to do instead', () =>
      withApprovals(async () => {
        const place = { segment: world().segment.a, owner: null };
        const standing = await api('crm_leads', { title: '表给旧线索', ...place });
        const lines: Line[] = [
          { cells: { 线索主题: '表给新线索', 负责人: 'rep' } },
          { cells: { 线索主题: '表给旧线索', 负责人: 'rep' }, updates: standing },
          { cells: { 线索主题: '没人的线索', 负责人: '' } },
        ];
        const id = await plant('leads', lines, [['rep', world().id.repA2]]);
        expect(await committed(world(), id, 'adminA')).toMatchObject({ rows_done: 1 });
        const rows = await world().as.adminA.request('GET', `/crm/imports/${id}/rows?limit=100`);
        expect(rows.text.match(/须先审批/gu)).toHaveLength(2);
        expect(await database()('crm_leads').where({ title: '表给新线索' })).toEqual([]);
        expect((await world().row('crm_leads', standing)).owner).toBeNull();
        expect(await database()('crm_allocations').where({ lead: standing })).toEqual([]);
      }));

    test('SAL-10: a rep’s own leads need no approval', () =>
      withApprovals(async () => {
        const id = await plant('leads', [{ cells: { 线索主题: '自己的线索', 负责人: 'ich' } }], [['ich', world().id.repA1]], 'repA1');
        expect(await committed(world(), id, 'repA1')).toMatchObject({ rows_done: 1 });
      }));

    test('N6, SAL-9: leads that the import gave to somebody go again; what it wrote down of them lets go', async () => {
      const id = await plant('leads', [{ cells: { 线索主题: '给了又撤', 负责人: 'rep' } }], [['rep', world().id.repA2]]);
      await committed(world(), id, 'adminA');
      const lead = (await database()('crm_leads').where({ title: '给了又撤' }).first('id')).id;
      const [entry] = await database()('crm_allocations').where({ lead });
      expect(await undone(id)).toMatchObject({ undone: 1, kept: 0 });
      expect(await database()('crm_leads').where({ id: lead })).toEqual([]);
      expect(await database()('crm_allocations').where({ id: entry.id }).first()).toMatchObject({ lead: null, to_owner: world().id.repA2 });
    });

    test('SAL-7: neither a table nor its undo takes the last signature off a deal that was won', async () => {
      const name = '签了有限公司';
      const place = { segment: world().segment.a, owner: world().id.repA1 };
      const customer = await api('crm_customers', { name, ...place });
      const won = (await database()('crm_stages').where({ key: 'won' }).whereNull('segment').first('id')).id;
      const deal = async (number: string, signed_on: string | null) => {
        const opportunity = await api('crm_opportunities', { title: number, customer });
        return { opportunity, order: await api('crm_orders', { number, customer, opportunity, signed_on }) };
      };
      const win = (id: string) => database()('crm_opportunities').where({ id }).update({ stage: won });
      const [one, other, unsigned] = [await deal('W-1', '2026-11-01'), await deal('W-2', null), await deal('W-3', null)];
      await win(one.opportunity);
      await win(unsigned.opportunity);
      const lines: Line[] = [
        { cells: { 订单号: 'W-1', 客户: name, 状态: 'cancelled' }, updates: one.order },
        { cells: { 订单号: 'W-2', 客户: name, 签订日期: '2026-11-02' }, updates: other.order },
        { cells: { 订单号: 'W-3', 客户: name, 金额: '7' }, updates: unsigned.order },
      ];
      const id = await plant('orders', lines, [[name, customer]]);
      expect(await committed(world(), id, 'adminA')).toMatchObject({ rows_done: 2 });
      expect((await world().row('crm_orders', one.order))['status']).not.toBe('cancelled');
      await win(other.opportunity);
      expect(await undone(id)).toMatchObject({ undone: 1, kept: 1 });
      expect((await world().row('crm_orders', other.order))['signed_on']).not.toBeNull();
    });
  });
}
