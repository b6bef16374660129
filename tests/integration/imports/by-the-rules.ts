import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { PersonName } from '../access/world.ts';
import type { Stage } from '../customers/stage.ts';
import { csv, deskOf, type Rows } from './desk.ts';
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

    test('N6, SAL-10: leads for which the import asked go with what it asked; what a person asked for since keeps its lead', () =>
      withApprovals(async () => {
        const route = { id: randomUUID(), user: world().id.repA1, region: null, active: true, segment: world().segment.a };
        await database()('crm_lead_routes').insert(route);
        const supplied = (title: string, region: string): Line => ({
          cells: { 线索主题: title, 公司名称: `${title}公司`, 电话: '13800136677', 地区: region, 线索等级: 'A', 来源: 'company' },
        });
        const id = await plant('leads', [supplied('路由又撤', '杭州'), supplied('后来有人申请', '杭州')], [['杭州', stage().region]]);
        await committed(world(), id, 'adminA');
        await database()('crm_lead_routes').where({ id: route.id }).delete();
        const leads = await database()('crm_leads')
          .whereIn('title', ['路由又撤', '后来有人申请'])
          .orderBy('title', 'desc')
          .select('id', 'title');
        const [kept, gone] = ['后来有人申请', '路由又撤'].map((title) => leads.find((lead) => lead.title === title).id);
        const asked = () => database()('crm_approvals').whereIn('item', [kept, gone]);
        expect((await asked()).map(({ state }) => state)).toEqual(['pending', 'pending']);
        await asked().where({ item: kept }).update({ requested_by: world().id.headA });
        expect(await undone(id)).toMatchObject({ undone: 1, kept: 1 });
        expect(await database()('crm_leads').whereIn('id', [kept, gone]).pluck('id')).toEqual([kept]);
        expect(await asked().where({ item: gone }).first()).toMatchObject({ state: 'void', lead: null });
        expect(await asked().where({ item: kept }).first()).toMatchObject({ state: 'pending', lead: kept });
        await asked().update({ state: 'void' });
      }));

    /** Checks a table and imports it; what was said of each line before, and the lines with errors afterwards. */
    async function brought(kind: string, ...table: string[][]) {
      const desk = deskOf(world().as.adminA);
      const { id } = await desk.bring(csv(...table), { kind });
      const told = async () =>
        (await desk.rows(id)).rows.map(({ verdict, faults }) => faults.map(({ reason, header }) => `${reason} ${header}`)[0] ?? verdict);
      const before = await told();
      if (before.includes('new')) await committed(world(), id, 'adminA');
      expect(await told()).toEqual(before);
      return before;
    }
    const place = () => ({ segment: world().segment.a, owner: world().id.repA1 });

    test('SAL-7, ADR 0028: orders go to the one open opportunity, ask where there are several, and are not signed in the future', async () => {
      const [one, two] = [
        await api('crm_customers', { name: '一单有限公司', ...place() }),
        await api('crm_customers', { name: '两单有限公司', ...place() }),
      ];
      const deal = await api('crm_opportunities', { title: '唯一', customer: one });
      for (const title of ['甲', '乙']) await api('crm_opportunities', { title, customer: two });
      const head = ['订单号', '客户', '金额', '签订日期'];
      const table = [
        ['D-1', '一单有限公司', '1', '2026-11-01'],
        ['D-2', '两单有限公司', '2', ''],
        ['D-3', '一单有限公司', '3', '2099-01-01'],
      ];
      expect(await brought('orders', head, ...table)).toEqual(['new', 'opportunity_required 客户', 'future_signature 签订日期']);
      const order = await database()('crm_orders').where({ number: 'D-1' }).first();
      expect(order.opportunity).toBe(deal);
      expect(await database()('crm_orders').whereIn('number', ['D-2', 'D-3'])).toEqual([]);
      expect(await brought('orders', head, ['D-1', '一单有限公司', '9', '2099-01-01'])).toEqual(['future_signature 签订日期']);

      // What has changed since the check is refused while it is written, in the same words and at the same place.
      const lines: Line[] = [
        { cells: { 订单号: 'D-4', 客户: '两单有限公司' } },
        { cells: { 订单号: 'D-1', 客户: '一单有限公司', 签订日期: '2099-01-01' }, updates: order.id },
      ];
      const id = await plant('orders', lines, [
        ['一单有限公司', one],
        ['两单有限公司', two],
      ]);
      expect(await committed(world(), id, 'adminA')).toMatchObject({ rows_done: 0, rows_faulty: 2 });
      const late = (await world().as.adminA.request<Rows>('GET', `/crm/imports/${id}/rows?limit=100`)).body.rows;
      expect(late.map(({ faults }) => faults.map(({ reason, target }) => [reason, target]))).toEqual([
        [['opportunity_required', 'customer']],
        [['future_signature', 'signed_on']],
      ]);
      // This import was planted without its plan: the label of the field stands for the column.
      expect(late[0]!.faults[0]).toMatchObject({ column: null, header: '客户', message: expect.stringContaining('多个') });
      const rest = await world().as.adminA.request('GET', `/crm/imports/${id}/rest`);
      expect(rest.text).toMatch(/客户：该客户有多个/u);
      expect((await database()('crm_orders').where({ id: order.id }).first()).signed_on).toEqual(order.signed_on);
    });

    test('SAL-7, ADR 0028: of several orders of one customer the first that stands takes the deal that was won and waits', async () => {
      const won = (await database()('crm_stages').where({ key: 'won' }).whereNull('segment').first('id')).id;
      const deals = new Map<string, string>();
      for (const name of ['等单有限公司', '也等单有限公司', '谈着的有限公司']) {
        const customer = await api('crm_customers', { name, ...place() });
        deals.set(name, await api('crm_opportunities', { title: name, customer }));
      }
      for (const name of ['等单有限公司', '也等单有限公司'])
        await database()('crm_opportunities')
          .where({ id: deals.get(name) })
          .update({ stage: won, closed_on: toStoredDay(database(), '2026-11-01') });
      const table = [
        ['V-1', '等单有限公司', '已作废'],
        ['V-2', '等单有限公司', ''],
        ['V-3', '也等单有限公司', ''],
        ['V-4', '等单有限公司', ''],
        ['V-5', '谈着的有限公司', ''],
        ['V-6', '谈着的有限公司', ''],
      ];
      expect(await brought('orders', ['订单号', '客户', '状态'], ...table)).toEqual(table.map(() => 'new'));
      const orders = await database()('crm_orders').where('number', 'like', 'V-%').orderBy('number').select('number', 'opportunity');
      expect(orders.map(({ opportunity }) => opportunity)).toEqual([
        ...[deals.get('等单有限公司'), deals.get('等单有限公司'), deals.get('也等单有限公司'), null],
        ...[deals.get('谈着的有限公司'), deals.get('谈着的有限公司')],
      ]);
      // Another table finds none of them waiting any more.
      expect(await brought('orders', ['订单号', '客户'], ['V-7', '也等单有限公司'])).toEqual(['new']);
      expect((await database()('crm_orders').where({ number: 'V-7' }).first('opportunity')).opportunity).toBeNull();
    });

    test('SAL-8, USE-3, IMP-4: activities by the form’s rules of days, and called as the form calls them', async () => {
      const customer = await api('crm_customers', { name: '行动规则有限公司', ...place() });
      const soon = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
      const row = (...cells: string[]) => ['行动规则有限公司', ...cells];
      const told = await brought(
        'activities',
        ['客户', '类型', '主题', '计划日期', '完成时间'],
        row('电话', '过期的计划', '2026-01-05', ''),
        row('电话', '还没发生', '', soon),
        row('拜访', '停机期间补录', '2026-01-05', '2026-01-05 10:00'),
        row('', '', '', '2026-01-06 10:00'),
        row('无变化', '', '', ''),
      );
      expect(told).toEqual(['due_in_past 计划日期', 'done_in_future 完成时间', 'new', 'new', 'new']);
      const rows = await database()('crm_activities').where({ customer }).select('type', 'subject', 'done_at');
      expect(rows.map(({ type, subject }) => [type, subject]).sort()).toEqual([
        ['call', '电话'],
        ['no_change', '无变化'],
        ['visit', '停机期间补录'],
      ]);
      expect(rows.every(({ done_at }) => done_at !== null)).toBe(true);
    });

    test('ORG-3, IMP-4: what a table says was done with a customer follows its transfer through', async () => {
      const customer = await api('crm_customers', { name: '划转跟进有限公司', ...place() });
      const transfer = await api('crm_transfers', {
        customer,
        to_segment: world().segment.a,
        to_owner: world().id.repA2,
        reason: '客户在乙处',
      });
      const state = async () => (await database()('crm_transfers').where({ id: transfer }).first('state')).state;
      expect(await state()).toBe('executed');
      const desk = deskOf(world().as.repA2);
      const at = (ms: number) => new Date(Date.now() + 8 * 3_600_000 + ms).toISOString().slice(0, 16).replace('T', ' ');
      const visits = async (time: string) => {
        const { id } = await desk.bring(csv(['客户', '类型', '主题', '完成时间'], ['划转跟进有限公司', '拜访', time, time]), {
          kind: 'activities',
        });
        expect(await committed(world(), id, 'repA2')).toMatchObject({ rows_done: 1 });
      };
      // What was done before it does not.
      await visits(at(-86_400_000));
      expect(await state()).toBe('executed');
      await visits(at(0));
      expect(await state()).toBe('followed');
    });

    test('SAL-7: neither a table nor its undo takes the last signature off a deal that was won', async () => {
      const name = '签了有限公司';
      const customer = await api('crm_customers', { name, ...place() });
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
