import { describe, expect, test } from 'vitest';
import { ASKED, codes, type Board, type Refusals } from './board.ts';
import type { Answer } from '../../harness/client.ts';

const emptied = (answer: Answer) => (answer.body as Refusals).errors?.[0]?.extensions;

/** SAL-2, SAL-3: what a stage asked for stays, and a reason is given anew each time. */
export function keptDemands(board: () => Board): void {
  describe('what stages asked for', () => {
    const items = '/items/crm_opportunities';
    const rep = () => board().stage.world.as.repA1;
    const patch = (id: string, row: object) => board().stage.patch('crm_opportunities', id, row);

    /** Every way to write a row of the host. */
    const ways = (id: string, row: object): [string, () => Promise<Answer>][] => [
      ['form', () => rep().request('PATCH', `${items}/${id}`, row)],
      ['keys', () => rep().request('PATCH', items, { keys: [id], data: row })],
      ['batch', () => rep().request('PATCH', items, [{ id, ...row }])],
      [
        'nested',
        () =>
          board().stage.patch('crm_customers', board().customer, { opportunities: { create: [], update: [{ id, ...row }], delete: [] } }),
      ],
      [
        'GraphQL',
        () =>
          rep().graphql(
            'mutation ($id: ID!, $row: update_crm_opportunities_input!) { update_crm_opportunities_item(id: $id, data: $row) { id } }',
            { id, row },
          ),
      ],
    ];

    test('SAL-2: needs and amount are not emptied behind their stage, on no path; without a history of them nothing is asked', async () => {
      const id = await board().start();
      await board().walk(id, 'needs_analysis');
      for (const [way, write] of ways(id, { needs: null, amount: null })) {
        const answer = await write();
        expect(emptied(answer), `${way} ${answer.text}`).toMatchObject({ code: 'FIELDS_MISSING', fields: ['needs', 'amount'] });
      }
      expect((await patch(id, { needs: '' })).text).toContain('不能清空');
      expect(codes(await patch(id, { stage: board().ids['proposal'], ...ASKED['proposal'], needs: null }))).toEqual(['FIELDS_MISSING']);
      expect((await patch(id, { needs: '改了', amount: 7 })).status).toBe(200);
      expect(await board().read(id)).toMatchObject({ needs: '改了', stage: board().ids['needs_analysis'] });
      // Older than the demand.
      const { database } = board().stage.world.host;
      await database('crm_opportunities').where({ id }).update({ needs: null });
      expect((await patch(id, { title: '改名', needs: null })).status).toBe(200);
    });

    test('SAL-2: going back and emptying at once keeps what the stage before asked for, and gives up what lies beyond', async () => {
      const id = await board().start();
      await board().walk(id, 'proposal');
      const back = { stage: 'needs_analysis', reason: '重新了解' };
      expect(codes(await board().move(id, { ...back, fields: { amount: null } }))).toEqual(['FIELDS_MISSING']);
      expect((await board().move(id, { ...back, fields: { expected_close_on: null } })).status).toBe(200);
      expect((await board().move(id, { stage: 'initial_contact', reason: '重来' })).status).toBe(200);
      expect((await patch(id, { needs: null, amount: null })).status).toBe(200);
    });

    test('SAL-2: a won deal keeps all of it, a lost one its reason and what it had', async () => {
      const won = await board().start();
      await board().walk(won, 'won');
      expect(codes(await patch(won, { expected_close_on: null }))).toEqual(['FIELDS_MISSING']);
      const lost = await board().start();
      await board().walk(lost, 'needs_analysis');
      await board().walk(lost, 'lost');
      for (const [way, write] of ways(lost, { lost_reason: null }))
        expect(emptied(await write()), way).toMatchObject({ code: 'FIELDS_MISSING', fields: ['lost_reason'] });
      expect(codes(await patch(lost, { needs: null }))).toEqual(['FIELDS_MISSING']);
      expect((await patch(lost, { lost_reason: '预算' })).status).toBe(200);
    });

    test('SAL-2, SAL-3: who loses a deal again says why again; who returns a reopening by mistake returns the reason', async () => {
      const id = await board().start();
      await board().walk(id, 'lost');
      const { change } = (await board().move(id, { stage: 'initial_contact', reason: '误开' })).body;
      expect(await board().read(id)).toMatchObject({ lost_reason: null });
      const undone = await rep().request('POST', `/crm/opportunities/${id}/stage/undo`, { change: change!.id });
      expect(undone.status, undone.text).toBe(200);
      expect(await board().read(id)).toMatchObject({ lost_reason: '价格', stage: board().ids['lost'] });
      expect((await board().move(id, { stage: 'initial_contact', reason: '客户回头' })).status).toBe(200);
      expect(codes(await board().move(id, { stage: 'lost' }))).toEqual(['FIELDS_MISSING']);
      expect((await board().move(id, { stage: 'lost', fields: { lost_reason: '又丢了' } })).status).toBe(200);
      const reasons = (await board().history(id)).filter(({ kind }) => kind === 'closed').map(({ reason }) => reason);
      expect(reasons).toEqual(['价格', '又丢了']);
    });
  });
}
