import { describe, expect, test } from 'vitest';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { PathStep } from '../../../extensions/crm/src/pipeline/contract.ts';
import { ASKED, codes, type Board } from './board.ts';

/** SAL-2, SAL-11, Q19: what was won or lost comes back where it stood, by the same gate, and on the day on which it ended. */
export function endsOfDeals(board: () => Board): void {
  describe('ends', () => {
    const undo = (id: string, change: string) =>
      board().stage.world.as.repA1.request('POST', `/crm/opportunities/${id}/stage/undo`, { change });
    const patch = (id: string, row: object) => board().stage.patch('crm_opportunities', id, row);

    test('SAL-2: lost at the beginning, it is opened again there and at no stage beyond', async () => {
      const id = await board().start();
      await board().walk(id, 'lost');
      const beyond = await board().move(id, { stage: 'negotiation', reason: '客户回头' });
      expect([codes(beyond), beyond.body.errors[0]!.extensions.next]).toEqual([['STAGE_SKIPPED'], 'initial_contact']);
      expect(codes(await patch(id, { stage: board().ids['negotiation'], stage_reason: '客户回头' }))).toEqual(['STAGE_SKIPPED']);
      const { body } = await board().stage.world.as.repA1.request('GET', `/crm/opportunities/${id}/path`);
      expect(body.stages.filter(({ allowed }: PathStep) => allowed).map(({ key }: PathStep) => key)).toEqual(['initial_contact']);
      expect((await board().move(id, { stage: 'initial_contact', reason: '客户回头' })).status).toBe(200);
    });

    test('SAL-2: lost late, it is opened again where it was lost, also after a reopening that was taken back', async () => {
      const id = await board().start();
      await board().walk(id, 'proposal');
      await board().walk(id, 'lost');
      const { change } = (await board().move(id, { stage: 'initial_contact', reason: '误开' })).body;
      expect((await undo(id, change!.id)).status).toBe(200);
      expect(codes(await board().move(id, { stage: 'negotiation', reason: '客户回头' }))).toEqual(['STAGE_SKIPPED']);
      expect((await board().move(id, { stage: 'proposal', reason: '客户回头' })).status).toBe(200);
    });

    test('Q19, SAL-11: taking a loss back brings no draft customer and no large discount past the gate', async () => {
      const { database } = board().stage.world.host;
      const draft = await board().stage.enter({ name: '败而复返有限公司' });
      await database('crm_segments').where({ id: board().stage.world.segment.a }).update({ discount_limit: 10 });
      for (const [row, code] of [
        [{ customer: draft }, 'CUSTOMER_NOT_ACTIVE'],
        [{ discount_percent: 40 }, 'APPROVAL_REQUIRED'],
      ] as const) {
        const id = await board().start();
        await board().walk(id, 'negotiation');
        const { change } = (await board().move(id, { stage: 'lost', fields: ASKED['lost'] })).body;
        expect((await patch(id, row)).status).toBe(200);
        expect(codes(await undo(id, change!.id))).toEqual([code]);
        expect((await board().read(id))['stage']).toBe(board().ids['lost']);
      }
    });

    test('SAL-2: opened again by mistake and returned, a deal is closed on its old day', async () => {
      const { database } = board().stage.world.host;
      const id = await board().start();
      await board().walk(id, 'lost');
      const days = 40;
      const then = new Date(Date.now() - days * 86_400_000);
      await database('crm_stage_changes')
        .where({ opportunity: id, to_stage: board().ids['initial_contact'] })
        .update({ changed_at: new Date(then.getTime() - 1000) });
      await database('crm_stage_changes').where({ opportunity: id, kind: 'closed' }).update({ changed_at: then });
      await database('crm_opportunities')
        .where({ id })
        .update({ closed_on: toStoredDay(database, toBusinessDate(then)) });
      const { change } = (await board().move(id, { stage: 'initial_contact', reason: '误开' })).body;
      expect((await undo(id, change!.id)).status).toBe(200);
      expect(await board().read(id)).toMatchObject({ stage: board().ids['lost'], closed_on: toBusinessDate(then) });
    });
  });
}
