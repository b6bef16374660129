import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { LI } from '../customers/stage.ts';
import { codes, type Board, type Refusals } from './board.ts';
import type { Answer } from '../../harness/client.ts';

const reasonsOf = (answer: Answer) => ((answer.body as Refusals).errors ?? []).map(({ extensions }) => extensions.reason);
const REFUSED = ['discount_needs_approval'];

/** SAL-11, F7, F8: what an approved discount is good for, and that no other write of the row lets one past. */
export function discountsBehindTheGate(board: () => Board): void {
  describe('discounts behind the gate', () => {
    const world = () => board().stage.world;
    const database = () => world().host.database;
    const patch = (id: string, row: object) => board().stage.patch('crm_opportunities', id, row);
    const ask = (item: string, asked: object = {}) =>
      world().as.repA1.request('POST', '/crm/approvals', { kind: 'discount', reason: '大客户', item, asked });
    const another = (name: string) =>
      board().stage.enter({ ...board().stage.complete(), name, contacts: [{ ...LI, phone: '13800138077' }] });
    /** At the proposal, with fifteen percent of 100,000 approved. */
    async function approved(): Promise<string> {
      const id = await board().start({ discount_percent: 15 });
      await board().walk(id, 'needs_analysis');
      await board().approve((await ask(id)).body.id);
      await board().walk(id, 'proposal');
      return id;
    }

    beforeAll(async () => {
      await database()('crm_segments').where({ id: world().segment.a }).update({ discount_limit: 10 });
    });

    test('SAL-11, F8: an approved discount is good for no larger amount, until that is approved too', async () => {
      const id = await approved();
      const raised = await patch(id, { amount: 5_000_000 });
      expect(reasonsOf(raised)).toEqual(REFUSED);
      expect(codes(await board().move(id, { stage: 'negotiation', fields: { amount: 5_000_000 } }))).toEqual(['APPROVAL_REQUIRED']);
      expect((await patch(id, { amount: 90_000 })).status).toBe(200);
      const { asked } = raised.body.errors[0]!.extensions['approval' as 'code'] as unknown as { asked: object };
      expect(asked).toMatchObject({ discount_percent: 15, amount: 5_000_000 });
      for (const odd of [{ amount: -1 }, { amount: 'viel' }, { amount: 1e20 }])
        expect(codes(await ask(id, odd))).toEqual(['FAILED_VALIDATION']);
      const more = await ask(id, asked);
      expect(more.status, more.text).toBe(201);
      await board().approve(more.body.id);
      expect((await patch(id, { amount: 5_000_000 })).status).toBe(200);
      expect((await board().move(id, { stage: 'negotiation' })).status).toBe(200);
    });

    test('SAL-11, F8: nor for another customer', async () => {
      const id = await approved();
      const customer = await another('另一家有限公司');
      expect(reasonsOf(await patch(id, { customer }))).toEqual(REFUSED);
      for (const absent of [randomUUID(), 'keiner']) expect(codes(await ask(id, { customer: absent }))).toEqual(['FORBIDDEN']);
      await board().approve((await ask(id, { customer })).body.id);
      expect((await patch(id, { customer })).status).toBe(200);
    });

    test('SAL-11, F8: a request is void once the customer is another one', async () => {
      const id = await board().start({ discount_percent: 15 });
      await board().walk(id, 'needs_analysis');
      const asked = (await ask(id)).body.id;
      expect((await patch(id, { customer: await another('换过的有限公司') })).status).toBe(200);
      await expect(board().approve(asked)).rejects.toThrow('409');
    });

    test('SAL-11, F7: a write of the same row within the write does not switch the check off', async () => {
      const id = await approved();
      const customer = { id: board().customer, opportunities: { create: [], update: [{ id, title: '里面' }], delete: [] } };
      const nested = await patch(id, { stage: board().ids['proposal'], discount_percent: 40, customer });
      expect(reasonsOf(nested)).toEqual(REFUSED);
      const beside = await Promise.all(
        Array.from({ length: 6 }, (_, at) =>
          patch(id, at % 2 ? { title: `旁边${at}` } : { stage: board().ids['proposal'], discount_percent: 40 + at }),
        ),
      );
      expect(beside.map(({ status }) => status)).toEqual([400, 200, 400, 200, 400, 200]);
      expect(Number((await board().read(id))['discount_percent'])).toBe(15);
    });

    test('ORG-2: naming another segment in a write tells nothing of its stages and thresholds', async () => {
      const { c } = world().segment;
      const stage = { id: randomUUID(), key: 'geheim', name: '机密阶段', segment: c, outcome: 'open', active: true, sort: 1 };
      await database()('crm_stages').insert(stage);
      await database()('crm_segments').where({ id: c }).update({ discount_limit: 77 });
      try {
        const id = await approved();
        const moved = await patch(id, { segment: c, stage: board().ids['won'] });
        expect(moved.status).toBeGreaterThanOrEqual(400);
        expect(moved.text).not.toMatch(/机密阶段|geheim/u);
        const raised = await patch(id, { segment: c, discount_percent: 90 });
        expect(raised.status).toBeGreaterThanOrEqual(400);
        expect(raised.text).not.toContain('77%');
      } finally {
        await database()('crm_stages').where({ id: stage.id }).delete();
        await database()('crm_segments').where({ id: c }).update({ discount_limit: null });
      }
    });

    test('ORG-4: an executive, who may only look, is not told to ask for an approval or to choose another day', async () => {
      const id = await board().start();
      await board().walk(id, 'proposal');
      const { exec } = world().as;
      for (const row of [{ discount_percent: 40 }, { expected_close_on: '2020-01-01' }, { stage: board().ids['won'] }])
        expect(codes(await exec.request('PATCH', `/items/crm_opportunities/${id}`, row)), JSON.stringify(row)).toEqual(['FORBIDDEN']);
      for (const owner of [world().id.repA2, world().id.repB]) {
        await database()('crm_segments').where({ id: world().segment.a }).update({ allocation_needs_approval: true });
        const given = await exec.request('PATCH', `/items/crm_customers/${board().customer}`, { owner });
        await database()('crm_segments').where({ id: world().segment.a }).update({ allocation_needs_approval: false });
        expect(codes(given)).toEqual(['FORBIDDEN']);
      }
    });

    test('SAL-11: what stands above a threshold that was lowered since can still be edited', async () => {
      const id = await board().start();
      await board().walk(id, 'proposal');
      await database()('crm_opportunities').where({ id }).update({ discount_percent: 30 });
      expect((await patch(id, { title: '改名', amount: 90_000 })).status).toBe(200);
    });
  });
}
