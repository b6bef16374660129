import { afterAll, describe, expect, test } from 'vitest';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { codes, type Board, type Refusals } from './board.ts';
import type { Answer } from '../../harness/client.ts';

const DAY = 86_400_000;
const reasonsOf = (answer: Answer) =>
  ((answer.body as Refusals).errors ?? []).map(({ extensions }) => [extensions.field, extensions.reason]);

/** SAL-7: what is signed, whose order it is, and what day it is where the deal is. */
export function salesOfDeals(board: () => Board): void {
  describe('signatures and their deals', () => {
    const world = () => board().stage.world;
    const database = () => world().host.database;
    const post = (collection: string, row: object) => board().stage.post(collection, row);
    const patch = (collection: string, id: string, row: object) => board().stage.patch(collection, id, row);
    const today = () => toBusinessDate(new Date());
    const negotiated = async (row: object = {}) => {
      const id = await board().start(row);
      await board().walk(id, 'negotiation');
      return id;
    };
    const listed = async (id: string) => {
      const answer = await world().as.repA1.request('GET', '/crm/opportunities/won-without-order?limit=100');
      return answer.body.opportunities.filter((row: { id: string }) => row.id === id);
    };

    test('SAL-7: a contract with its day of signing is signed, and wins the deal', async () => {
      const id = await negotiated();
      const made = (await post('crm_contracts', { opportunity: id, number: 'HT-1', signed_on: today() })).body.data.id;
      expect(await world().row('crm_contracts', made)).toMatchObject({ status: 'signed' });
      const won = await board().move(id, { stage: 'won' });
      expect(won.status, won.text).toBe(200);
    });

    test('SAL-7: a draft that is given its day is signed, in a batch each by itself; one that is said to be a draft stays one', async () => {
      const id = await negotiated();
      const contract = async (row: object = {}) => (await post('crm_contracts', { opportunity: id, number: 'HT-2', ...row })).body.data.id;
      const [draft, cancelled, kept] = [
        await contract(),
        await contract({ status: 'cancelled' }),
        await contract({ status: 'draft', signed_on: today() }),
      ];
      expect(await world().row('crm_contracts', kept)).toMatchObject({ status: 'draft' });
      const data = { signed_on: today() };
      const answer = await world().as.repA1.request('PATCH', '/items/crm_contracts', { keys: [draft, cancelled], data });
      expect(answer.status, answer.text).toBe(200);
      expect(await world().row('crm_contracts', draft)).toMatchObject({ status: 'signed' });
      expect(await world().row('crm_contracts', cancelled)).toMatchObject({ status: 'cancelled' });
      expect((await patch('crm_contracts', kept, { title: '改名', status: 'draft', signed_on: today() })).status).toBe(200);
      expect(await world().row('crm_contracts', kept)).toMatchObject({ status: 'draft' });
    });

    test('SAL-7: an order after the win goes to the won deal that waits for it; beside an open one somebody has to choose', async () => {
      const customer = await board().stage.enter({
        ...board().stage.complete(),
        name: '成交后下单有限公司',
        contacts: [{ name: '韩', phone: '13700137000', position: '采购' }],
      });
      const won = await negotiated({ customer });
      await post('crm_contracts', { opportunity: won, number: 'HT-3', signed_on: today() });
      expect((await board().move(won, { stage: 'won' })).status).toBe(200);
      const contract = (await post('crm_contracts', { customer, title: '框架' })).body.data.id;
      expect(await world().row('crm_contracts', contract)).toMatchObject({ opportunity: null });
      const order = (await post('crm_orders', { customer, number: 'NACH' })).body.data.id;
      expect(await world().row('crm_orders', order)).toMatchObject({ opportunity: won, customer });
      // It has its order now: the next one is a sale to the customer, or goes to what is open.
      const second = (await post('crm_orders', { customer, number: 'ZWEI' })).body.data.id;
      expect(await world().row('crm_orders', second)).toMatchObject({ opportunity: null });
      expect((await patch('crm_orders', order, { status: 'cancelled' })).status).toBe(200);
      await board().start({ customer });
      expect(reasonsOf(await post('crm_orders', { customer, number: 'DREI' }))).toEqual([['opportunity', 'opportunity_required']]);
      expect((await post('crm_contracts', { customer, title: '新' })).status).toBe(200);
    });

    test('SAL-7, IMP-4: an order of an import that nobody has accepted yet wins nothing', async () => {
      const id = await negotiated();
      const order = await board().sign(id);
      await database()('crm_orders').where({ id: order }).update({ pending_import: 'not-accepted' });
      expect(codes(await board().move(id, { stage: 'won' }))).toEqual(['FIELDS_MISSING']);
      await database()('crm_orders').where({ id: order }).update({ pending_import: null });
      expect((await board().move(id, { stage: 'won' })).status).toBe(200);
    });

    test('SAL-7: one write that wins a deal and takes its signature away wins nothing and takes nothing away', async () => {
      const id = await negotiated();
      const order = await board().sign(id);
      for (const row of [{ signed_on: null }, { status: 'cancelled' }]) {
        const orders = { create: [], update: [{ id: order, ...row }], delete: [] };
        const answer = await patch('crm_opportunities', id, { stage: board().ids['won'], orders });
        expect(answer.status, answer.text).toBe(400);
        expect(await board().read(id)).toMatchObject({ stage: board().ids['negotiation'], closed_on: null });
        expect((await world().row('crm_orders', order))['signed_on']).not.toBeNull();
      }
    });

    test('SAL-7: after exactly the days of the segment a deal is not listed yet, a day later it is', async () => {
      const id = await negotiated();
      await post('crm_contracts', { opportunity: id, number: 'HT-4', signed_on: today() });
      expect((await board().move(id, { stage: 'won' })).status).toBe(200);
      const wonDaysAgo = (days: number) =>
        database()('crm_opportunities')
          .where({ id })
          .update({ closed_on: toStoredDay(database(), toBusinessDate(new Date(Date.now() - days * DAY))) });
      await wonDaysAgo(7);
      expect(await listed(id)).toEqual([]);
      await wonDaysAgo(8);
      expect(await listed(id)).toMatchObject([{ days: 8, limit: 7 }]);
    });

    describe('in another time zone', () => {
      const segment = () => database()('crm_segments').where({ id: world().segment.a });
      afterAll(() => segment().update({ timezone: 'Asia/Shanghai', order_days: 7 }));

      test('SAL-7, F38: the day of signing, of closing and of waiting for the order is the segment’s', async () => {
        // One of both is on another day than Shanghai, whenever this runs.
        const zone = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].find((one) => toBusinessDate(new Date(), one) !== today())!;
        await segment().update({ timezone: zone });
        const there = toBusinessDate(new Date(), zone);
        const after = toBusinessDate(new Date(Date.now() + DAY), zone);
        const id = await negotiated();
        const asked = await board().move(id, { stage: 'won' });
        // Whoever asks for the day of signing can begin with one that is taken.
        expect((asked.body as Refusals).errors[0]!.extensions).toMatchObject({ code: 'FIELDS_MISSING', today: there });
        expect(reasonsOf(await post('crm_contracts', { opportunity: id, number: 'HT-5', signed_on: after }))).toEqual([
          ['signed_on', 'future_signature'],
        ]);
        const signed = await post('crm_contracts', { opportunity: id, number: 'HT-5', signed_on: there });
        expect(signed.status, signed.text).toBe(200);
        expect((await board().move(id, { stage: 'won' })).status).toBe(200);
        expect(await board().read(id)).toMatchObject({ closed_on: there });
        await segment().update({ order_days: -1 });
        expect(await listed(id)).toMatchObject([{ days: 0, closed_on: there }]);
        await segment().update({ order_days: 0 });
        expect(await listed(id)).toEqual([]);
      });
    });
  });
}
