import { describe, expect, test } from 'vitest';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { codes, ASKED, type Board, type Refusals } from './board.ts';
import type { Answer } from '../../harness/client.ts';

const reasonsOf = (answer: Answer) =>
  ((answer.body as Refusals).errors ?? []).map(({ extensions }) => [extensions.field, extensions.reason]);

/** SAL-7, SAL-11, KPI-1: orders, contracts and lines, large discounts, targets, and stages as configuration. */
export function deals(board: () => Board): void {
  const post = (collection: string, row: object, who: 'repA1' | 'headA' | 'adminA' | 'sysadmin' = 'repA1') =>
    board().stage.post(collection, row, who);
  const patch = (collection: string, id: string, row: object, who: 'repA1' | 'sysadmin' = 'repA1') =>
    board().stage.patch(collection, id, row, who);
  const database = () => board().stage.world.host.database;

  describe('orders and contracts', () => {
    test('SAL-7: a draft or cancelled contract wins nothing; a signed one does, and then it stays signed', async () => {
      const id = await board().start();
      await board().walk(id, 'negotiation');
      const contract = (await post('crm_contracts', { opportunity: id, title: '合同' })).body.data.id;
      expect(reasonsOf(await patch('crm_contracts', contract, { status: 'signed' }))).toEqual([['signed_on', 'signed_without_day']]);
      expect(reasonsOf(await patch('crm_contracts', contract, { signed_on: '2099-01-01' }))).toEqual([['signed_on', 'future_signature']]);
      expect((await patch('crm_contracts', contract, { signed_on: '2026-11-01', status: 'draft' })).status).toBe(200);
      expect(codes(await board().move(id, { stage: 'won' }))).toEqual(['FIELDS_MISSING']);
      await patch('crm_contracts', contract, { status: 'cancelled' });
      expect(codes(await board().move(id, { stage: 'won' }))).toEqual(['FIELDS_MISSING']);
      await patch('crm_contracts', contract, { status: 'signed' });
      expect((await board().move(id, { stage: 'won' })).status).toBe(200);
      for (const row of [{ status: 'cancelled' }, { signed_on: null, status: 'draft' }]) {
        const refused = await patch('crm_contracts', contract, row);
        expect(reasonsOf(refused)).toEqual([['signed_on', 'last_signature']]);
        expect(refused.text).toContain('商机');
      }
      const elsewhere = await board().start();
      expect(reasonsOf(await patch('crm_contracts', contract, { opportunity: elsewhere }))).toEqual([['signed_on', 'last_signature']]);
      const { sysadmin } = board().stage.world.as;
      expect(codes(await sysadmin.request('DELETE', `/items/crm_contracts/${contract}`))).toEqual(['FAILED_VALIDATION']);
      expect(await board().stage.world.row('crm_contracts', contract)).toMatchObject({ status: 'signed', opportunity: id });
      await board().sign(id);
      expect((await patch('crm_contracts', contract, { status: 'cancelled' })).status).toBe(200);
    });

    test('SAL-7: won on a contract and no order after the days of the segment, it is listed; an order takes it off', async () => {
      const id = await board().start({ title: '等订单' });
      await board().walk(id, 'negotiation');
      await post('crm_contracts', { opportunity: id, title: '合同', status: 'signed', signed_on: '2026-11-01' });
      expect((await board().move(id, { stage: 'won' })).status).toBe(200);
      const listed = async (who: 'repA1' | 'repA2' | 'repB' | 'exec' = 'repA1') => {
        const answer = await board().stage.world.as[who].request('GET', '/crm/opportunities/won-without-order?limit=100');
        expect(answer.status, answer.text).toBe(200);
        return answer.body.opportunities.filter((row: { id: string }) => row.id === id);
      };
      expect(await listed()).toEqual([]);
      await database()('crm_segments').where({ id: board().stage.world.segment.a }).update({ order_days: -1 });
      expect(await listed()).toMatchObject([{ id, title: '等订单', customer: { id: board().customer }, days: 0, limit: -1 }]);
      expect(await listed('exec')).toHaveLength(1);
      expect([await listed('repA2'), await listed('repB')]).toEqual([[], []]);
      await board().sign(id);
      expect(await listed()).toEqual([]);
      await database()('crm_segments').where({ id: board().stage.world.segment.a }).update({ order_days: 7 });
      const bad = await board().stage.world.as.repA1.request('GET', '/crm/opportunities/won-without-order?limit=0');
      expect(codes(bad)).toEqual(['INVALID_QUERY']);
    });

    test('SAL-7: orders and contracts belong to the open opportunity, of several to the one that is named, and stay with one', async () => {
      const { world } = board().stage;
      const customer = (await world.create('repA1', 'crm_customers', { name: '订单归属有限公司' })).id;
      const deal = async () => (await world.create('repA1', 'crm_opportunities', { title: '归属', customer })).id;
      const lacking = [['opportunity', 'opportunity_required']];
      // No open business: a sale to the customer.
      const first = (await post('crm_orders', { customer, number: 'NUR KUNDE' })).body.data.id;
      expect(await world.row('crm_orders', first)).toMatchObject({ opportunity: null, customer });
      const id = await deal();
      for (const [collection, row] of [
        ['crm_orders', { number: 'EINS' }],
        ['crm_contracts', { title: '一' }],
      ] as const) {
        const made = (await post(collection, { customer, ...row })).body.data.id;
        expect(await world.row(collection, made)).toMatchObject({ opportunity: id, customer });
      }
      await deal();
      for (const who of ['repA1', 'headA', 'sysadmin'] as const) {
        expect(reasonsOf(await post('crm_orders', { customer, number: 'OHNE' }, who))).toEqual(lacking);
        expect(reasonsOf(await post('crm_contracts', { customer, title: '无商机' }, who))).toEqual(lacking);
      }
      const nested = await patch('crm_customers', customer, { orders: { create: [{ number: 'OHNE' }], update: [], delete: [] } });
      expect(reasonsOf(nested)).toEqual(lacking);
      expect(nested.text).toContain('请选择该客户的一个商机');
      const order = (await post('crm_orders', { opportunity: id, customer, number: 'MIT' })).body.data.id;
      expect(reasonsOf(await patch('crm_orders', order, { opportunity: null }))).toEqual(lacking);
      expect((await patch('crm_opportunities', id, { orders: [] })).status).toBeGreaterThanOrEqual(400);
      expect(await world.row('crm_orders', order)).toMatchObject({ opportunity: id, customer });
      await database()('crm_orders').where({ id: order }).update({ opportunity: null });
      expect((await patch('crm_orders', order, { number: 'VON FRÜHER', opportunity: null })).status).toBe(200);
      expect((await patch('crm_orders', order, { opportunity: id })).status).toBe(200);
    });

    test('SAL-2: open business is not newly expected on a day that is over; what stands there may stay', async () => {
      const past = '2020-02-02';
      const faulty = [['expected_close_on', 'close_in_past']];
      const created = await post('crm_opportunities', { title: '旧', customer: board().customer, expected_close_on: past });
      expect(reasonsOf(created)).toEqual(faulty);
      expect(created.text).toContain('预计成交日期不能早于今天');
      const id = await board().start();
      expect(reasonsOf(await patch('crm_opportunities', id, { expected_close_on: past }))).toEqual(faulty);
      const nested = { opportunities: { create: [], update: [{ id, expected_close_on: past }], delete: [] } };
      expect(reasonsOf(await patch('crm_customers', board().customer, nested))).toEqual(faulty);
      await board().walk(id, 'needs_analysis');
      const moved = await board().move(id, { stage: 'proposal', fields: { expected_close_on: past } });
      expect(moved.body.errors[0]!.extensions).toMatchObject({ field: 'expected_close_on', reason: 'close_in_past' });
      expect((await board().read(id))['expected_close_on']).toBeNull();
      await database()('crm_opportunities')
        .where({ id })
        .update({ expected_close_on: toStoredDay(database(), past) });
      expect((await patch('crm_opportunities', id, { title: '改名', expected_close_on: past })).status).toBe(200);
      expect((await board().move(id, { stage: 'proposal' })).status).toBe(200);
      expect(reasonsOf(await patch('crm_opportunities', id, { expected_close_on: '2020-03-03' }))).toEqual(faulty);
      const lost = { stage: 'lost', fields: { ...ASKED['lost'], expected_close_on: '2020-03-03' } };
      expect((await board().move(id, lost)).status).toBe(200);
      expect((await board().read(id))['expected_close_on']).toBe('2020-03-03');
      const theirs = await board().stage.world.as.repB.request('PATCH', `/items/crm_opportunities/${id}`, { expected_close_on: past });
      expect(codes(theirs)).toEqual(['FORBIDDEN']);
    });

    test('SAL-7: nothing is ordered on lost business; lines name what is sold and count themselves', async () => {
      const lost = await board().start();
      await board().walk(lost, 'lost');
      expect(reasonsOf(await post('crm_orders', { opportunity: lost, number: 'X' }))).toEqual([['opportunity', 'opportunity_lost']]);
      const id = await board().start();
      const nested = await patch('crm_opportunities', lost, { contracts: { create: [{ title: '旧' }], update: [], delete: [] } });
      expect(reasonsOf(nested)).toEqual([['opportunity', 'opportunity_lost']]);
      const order = await board().sign(id, { signed_on: null });
      expect(reasonsOf(await patch('crm_orders', order, { opportunity: lost }))).toContainEqual(['opportunity', 'opportunity_lost']);
      expect(reasonsOf(await post('crm_order_lines', { order, quantity: 2, price: 5 }))).toEqual([['product', 'line_without_product']]);
      expect(reasonsOf(await post('crm_order_lines', { order, name: '自由填写' }))).toEqual([['product', 'line_without_product']]);
      expect(reasonsOf(await post('crm_order_lines', { order, name: '线', quantity: -2 }))).toEqual([['quantity', 'negative']]);
      const product = (await post('crm_products', { name: '流程软件', price: 10 }, 'sysadmin')).body.data.id;
      const line = (await post('crm_order_lines', { order, product, quantity: 3, price: 19.99 })).body.data.id;
      const read = async () => {
        const row = await board().stage.world.row('crm_order_lines', line);
        return [row['name'], Number(row['amount'])];
      };
      expect(await read()).toEqual(['流程软件', 59.97]);
      await patch('crm_order_lines', line, { quantity: 4 });
      expect(await read()).toEqual(['流程软件', 79.96]);
      await patch('crm_order_lines', line, { amount: 70 });
      expect(await read()).toEqual(['流程软件', 70]);
      expect(reasonsOf(await patch('crm_order_lines', line, { product: null }))).toEqual([['product', 'line_without_product']]);
      const lines = { create: [{ name: '嵌套' }], update: [], delete: [] };
      expect(reasonsOf(await patch('crm_orders', order, { lines }))).toEqual([['product', 'line_without_product']]);
      const huge = await post('crm_order_lines', { order, product, name: '大', quantity: 9_000_000_000_000, price: 9_000_000_000_000 });
      expect(reasonsOf(huge)).toEqual([['amount', 'line_too_large']]);
    });

    test('SAL-7, SAL-2: negative amounts and those of fifteen digits are refused in words, everywhere', async () => {
      const id = await board().start();
      for (const amount of [-1, 999_999_999_999_999, '123456789012345']) {
        for (const [collection, row] of [
          ['crm_orders', { opportunity: id, amount }],
          ['crm_contracts', { opportunity: id, amount }],
          ['crm_opportunities', { title: '大', customer: board().customer, amount }],
        ] as const) {
          const answer = await post(collection, row);
          expect([answer.status, codes(answer)], `${collection} ${amount}`).toEqual([400, ['FAILED_VALIDATION']]);
        }
        const moved = await board().move(id, { stage: 'needs_analysis', fields: { ...ASKED['needs_analysis'], amount } });
        expect(codes(moved)).toEqual(['FAILED_VALIDATION']);
      }
      expect(await board().history(id)).toHaveLength(1);
    });
  });

  describe('discounts', () => {
    test('SAL-11: a discount above the threshold is approved before proposal and won, and not raised behind the gate', async () => {
      await database()('crm_segments').where({ id: board().stage.world.segment.a }).update({ discount_limit: 10 });
      const { as } = board().stage.world;
      const id = await board().start();
      await board().walk(id, 'needs_analysis');
      expect((await patch('crm_opportunities', id, { discount_percent: 15 })).status).toBe(200);
      const early = await board().move(id, { stage: 'proposal', fields: ASKED['proposal'] });
      expect(early.body.errors[0]!.extensions).toMatchObject({ code: 'APPROVAL_REQUIRED', discount: 15, limit: 10 });
      const ask = (body: object) => as.repA1.request('POST', '/crm/approvals', { kind: 'discount', reason: '大客户', item: id, ...body });
      expect(codes(await ask({ asked: { discount_percent: 8 } }))).toEqual(['FAILED_VALIDATION']);
      expect(codes(await ask({ asked: { discount_percent: 'x' } }))).toEqual(['FAILED_VALIDATION']);
      expect(codes(await as.repB.request('POST', '/crm/approvals', { kind: 'discount', item: id, reason: 'x' }))).toEqual(['FORBIDDEN']);
      const asked = await ask({});
      expect(asked.status, asked.text).toBeLessThan(300);
      await board().approve(asked.body.id);
      expect(Number((await board().read(id))['discount_approved'])).toBe(15);
      expect((await board().move(id, { stage: 'proposal', fields: ASKED['proposal'] })).status).toBe(200);
      const raised = await patch('crm_opportunities', id, { discount_percent: 20 });
      expect(reasonsOf(raised)).toEqual([['discount_percent', 'discount_needs_approval']]);
      expect(codes(await board().move(id, { stage: 'negotiation', fields: { discount_percent: 20 } }))).toEqual(['APPROVAL_REQUIRED']);
      expect((await patch('crm_opportunities', id, { discount_percent: 12 })).status).toBe(200);
      const more = await ask({ asked: { discount_percent: 20 } });
      expect(more.status, more.text).toBeLessThan(300);
      await board().approve(more.body.id);
      expect((await patch('crm_opportunities', id, { discount_percent: 20 })).status).toBe(200);
    });
  });

  describe('configuration', () => {
    test('SAL-2: conditions that are not understood are refused when the stage is saved', async () => {
      const stage = { key: 'odd', name: '奇', segment: board().stage.world.segment.c };
      const odd = await post('crm_stages', { ...stage, conditions: { customer: { name: { _eq: 'x' } } } }, 'sysadmin');
      expect(reasonsOf(odd)).toEqual([['conditions', 'condition_field']]);
      const regex = await patch('crm_stages', board().ids['proposal']!, { conditions: { title: { _regex: 'x' } } }, 'sysadmin');
      expect(reasonsOf(regex)).toEqual([['conditions', 'condition_operator']]);
      expect(regex.text).toContain('_between');
    });

    test('SAL-2: conditions hold at once, in their own words', async () => {
      const conditions = { amount: { _gte: 1_000_000 } };
      await patch('crm_stages', board().ids['proposal']!, { conditions, condition_text: '金额须达一百万' }, 'sysadmin');
      const id = await board().start();
      await board().walk(id, 'needs_analysis');
      const answer = await board().move(id, { stage: 'proposal', fields: ASKED['proposal'] });
      expect(codes(answer)).toEqual(['CONDITION_NOT_MET']);
      expect(answer.text).toContain('金额须达一百万');
      await patch('crm_stages', board().ids['proposal']!, { conditions: null, condition_text: null }, 'sysadmin');
      expect((await board().move(id, { stage: 'proposal', fields: ASKED['proposal'] })).status).toBe(200);
    });

    test('F36: a stage in which opportunities stand, or stood, is neither deleted nor given to another segment; switched off it lets go', async () => {
      const { sysadmin } = board().stage.world.as;
      const gone = (key: string) => sysadmin.request('DELETE', `/items/crm_stages/${board().ids[key]}`);
      const id = await board().start();
      await board().walk(id, 'needs_analysis');
      const kept = await gone('needs_analysis');
      expect([kept.status, kept.body.errors[0].extensions.code, kept.body.errors[0].extensions.reason]).toEqual([
        409,
        'RECORD_IN_USE',
        'stage_in_use',
      ]);
      const given = await patch('crm_stages', board().ids['needs_analysis']!, { segment: board().stage.world.segment.b }, 'sysadmin');
      expect(given.status, given.text).toBe(403);
      expect(reasonsOf(await post('crm_stages', { key: 'won', name: '再成交' }, 'sysadmin'))).toEqual([['key', 'stage_key_taken']]);
      await patch('crm_stages', board().ids['needs_analysis']!, { active: false }, 'sysadmin');
      const other = await board().start();
      const entering = await board().stage.patch('crm_opportunities', other, { stage: board().ids['needs_analysis'] });
      expect(codes(entering)).toEqual(['STAGE_NOT_IN_USE']);
      expect((await board().move(id, { stage: 'proposal', fields: ASKED['proposal'] })).status).toBe(200);
      await patch('crm_stages', board().ids['needs_analysis']!, { active: true }, 'sysadmin');
      const made = (await post('crm_stages', { key: 'spare', name: '备用', active: false }, 'sysadmin')).body.data.id;
      expect((await sysadmin.request('DELETE', `/items/crm_stages/${made}`)).status).toBe(204);
    });
  });

  describe('targets', () => {
    test('KPI-1: one target for a person, a segment and a period, of a form that is known', async () => {
      const { id, segment } = board().stage.world;
      const row = { user: id.repA2, period: '2027-01', amount: 100, segment: segment.a };
      expect((await post('crm_targets', row, 'sysadmin')).status).toBe(200);
      expect(reasonsOf(await post('crm_targets', row, 'sysadmin'))).toEqual([['period', 'target_twice']]);
      for (const period of ['2027-13', '2027-Q5', '27', '2027/01', ''])
        expect((await post('crm_targets', { ...row, period }, 'sysadmin')).status, period).toBe(400);
      const more = { ...row, period: '2027-q1' };
      expect((await post('crm_targets', more, 'sysadmin')).status).toBe(200);
      expect(reasonsOf(await post('crm_targets', { ...row, period: '2027', amount: -5 }, 'sysadmin'))).toEqual([['amount', 'negative']]);
      const both = await Promise.all([1, 2].map(() => post('crm_targets', { ...row, period: '2028' }, 'sysadmin')));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
      expect((await post('crm_targets', { ...row, period: '2029' })).status).toBe(403);
    });
  });
}
