import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import type { PathStep } from '../../../extensions/crm/src/pipeline/contract.ts';
import { ASKED, codes, type Board } from './board.ts';

/** SAL-2, SAL-3, F36: the gate of the stages by every path, and the history behind it. */
export function stageGate(board: () => Board): void {
  describe('the gate', () => {
    const TODAY = toBusinessDate(new Date());
    const rep = () => board().stage.world.as.repA1;
    const patch = (id: string, row: object) => board().stage.patch('crm_opportunities', id, row);
    const idOf = (key: string) => board().ids[key]!;

    /** Every way in which a client may try to write the stage of an opportunity. */
    const BY: Record<string, (id: string, row: Record<string, unknown>) => Promise<{ status: number; text: string }>> = {
      'the form': (id, row) => patch(id, row),
      'a batch of keys': (id, row) => rep().request('PATCH', '/items/crm_opportunities', { keys: [id], data: row }),
      'a batch of rows': (id, row) => rep().request('PATCH', '/items/crm_opportunities', [{ id, ...row }]),
      'the customer’s form': (id, row) =>
        board().stage.patch('crm_customers', board().customer, { opportunities: { create: [], update: [{ id, ...row }], delete: [] } }),
      GraphQL: (id, row) =>
        rep().graphql(
          'mutation ($id: ID!, $row: update_crm_opportunities_input!) { update_crm_opportunities_item(id: $id, data: $row) { id } }',
          {
            id,
            row,
          },
        ),
      'the route': (id, { stage, stage_reason, ...fields }) => board().move(id, { stage, reason: stage_reason, fields }),
    };

    test.each(Object.keys(BY))(
      'SAL-2, SAL-3, F36: by %s nothing is skipped, nothing missing, nothing goes back without a reason',
      async (way) => {
        const id = await board().start();
        const by = BY[way]!;
        const refused = async (row: Record<string, unknown>, code: string) => {
          const answer = await by(id, row);
          expect(answer.text, `${JSON.stringify(row)} → ${answer.text}`).toContain(`"code":"${code}"`);
          return answer;
        };
        const standsAt = async (key: string, entries: number) => {
          expect((await board().read(id))['stage']).toBe(idOf(key));
          expect(await board().history(id)).toHaveLength(entries);
        };
        await refused({ stage: idOf('proposal'), ...ASKED['needs_analysis'], ...ASKED['proposal'] }, 'STAGE_SKIPPED');
        await refused({ stage: idOf('won') }, 'STAGE_SKIPPED');
        await refused({ stage: idOf('needs_analysis'), amount: 5, needs: '\u3164' }, 'FIELDS_MISSING');
        const missing = await refused({ stage: idOf('needs_analysis'), amount: 5 }, 'FIELDS_MISSING');
        expect(missing.text).toContain('"fields":["needs"]');
        expect(missing.text).toContain('客户需求');
        await standsAt('initial_contact', 1);
        const went = await by(id, { stage: idOf('needs_analysis'), ...ASKED['needs_analysis'] });
        expect(went.text).not.toContain('"errors"');
        await standsAt('needs_analysis', 2);
        await refused({ stage: idOf('initial_contact') }, 'REASON_REQUIRED');
        await refused({ stage: idOf('initial_contact'), stage_reason: '\u200b\u3164' }, 'REASON_REQUIRED');
        await by(id, { stage: idOf('initial_contact'), stage_reason: '客户换人' });
        await standsAt('initial_contact', 3);
        expect((await board().read(id))['stage_reason']).toBeNull();
        expect((await board().history(id)).map(({ kind, reason }) => [kind, reason])).toEqual([
          ['created', null],
          ['forward', null],
          ['back', '客户换人'],
        ]);
      },
    );

    test('SAL-2: won needs a signed order and the last open stage; it is closed on that day', async () => {
      const id = await board().start();
      await board().walk(id, 'negotiation');
      const unsigned = await board().move(id, { stage: 'won' });
      expect(unsigned.body.errors[0]!.extensions).toMatchObject({ code: 'FIELDS_MISSING', fields: ['order_or_contract'] });
      await board().walk(id, 'won');
      expect(await board().read(id)).toMatchObject({ stage: idOf('won'), closed_on: TODAY });
      expect(codes(await board().move(id, { stage: 'negotiation' }))).toEqual(['REASON_REQUIRED']);
      expect(codes(await board().move(id, { stage: 'lost', fields: ASKED['lost'] }))).toEqual(['CLOSED']);
      expect((await board().move(id, { stage: 'negotiation', reason: '合同作废' })).status).toBe(200);
      expect(await board().read(id)).toMatchObject({ closed_on: null });
      expect((await board().history(id)).map(({ kind }) => kind)).toEqual([
        'created',
        'forward',
        'forward',
        'forward',
        'closed',
        'reopened',
      ]);
    });

    test('SAL-2, F7: nothing is created in a later stage, and nobody writes the closing day', async () => {
      const count = await board().stage.count('crm_opportunities');
      const later = await board().stage.post('crm_opportunities', { title: '成', customer: board().customer, stage: idOf('won') });
      expect(codes(later)).toEqual(['STAGE_SKIPPED']);
      const nested = await board().stage.patch('crm_customers', board().customer, {
        opportunities: { create: [{ title: '成', stage: idOf('negotiation') }], update: [], delete: [] },
      });
      expect(codes(nested)).toEqual(['STAGE_SKIPPED']);
      expect(
        codes(await board().stage.post('crm_opportunities', { title: '成', customer: board().customer, closed_on: '2026-03-05' })),
      ).toEqual(['FORBIDDEN']);
      expect(await board().stage.count('crm_opportunities')).toBe(count);
      const id = await board().start();
      for (const row of [{ closed_on: '2026-03-05' }, { stage_entered_at: '2026-03-05T00:00:00Z' }, { discount_approved: 90 }])
        expect(codes(await patch(id, row))).toEqual(['FORBIDDEN']);
      const { root } = board().stage.world;
      expect((await root.request('PATCH', `/items/crm_opportunities/${id}`, { closed_on: '2026-03-05', title: '改' })).status).toBe(200);
      expect(await board().read(id)).toMatchObject({ closed_on: null, title: '改' });
    });

    test('SAL-3, F7: nobody writes the history', async () => {
      const id = await board().start();
      const [entry] = await board().history(id);
      for (const who of ['repA1', 'headA', 'adminA', 'sysadmin'] as const) {
        const client = board().stage.world.as[who];
        const row = { opportunity: id, to_stage: idOf('won') };
        expect((await client.request('POST', '/items/crm_stage_changes', row)).status).toBe(403);
        expect((await client.request('PATCH', `/items/crm_stage_changes/${entry!['id'] as string}`, { reason: '改' })).status).toBe(403);
        expect((await client.request('DELETE', `/items/crm_stage_changes/${entry!['id'] as string}`)).status).toBe(403);
      }
      const nested = await patch(id, { stage_changes: { create: [{ to_stage: idOf('won') }], update: [], delete: [] } });
      expect(nested.status).toBe(403);
      expect(await board().history(id)).toHaveLength(1);
    });

    test('SAL-3, SAL-9, APR-1: nor does the technical administrator write or delete any of the histories, on any path', async () => {
      const { host, root, segment, as } = board().stage.world;
      const id = await board().start();
      await board().walk(id, 'needs_analysis');
      const [entry] = await board().history(id);
      await host.database('crm_segments').where({ id: segment.a }).update({ discount_limit: 1 });
      const asked = await as.repA1.request('POST', '/crm/approvals', {
        ...{ kind: 'discount', item: id, reason: '大客户', asked: { discount_percent: 30 } },
      });
      await host.database('crm_segments').where({ id: segment.a }).update({ discount_limit: null });
      expect(asked.status, asked.text).toBeLessThan(300);
      const lead = (await board().stage.post('crm_leads', { title: '有分配记录' })).body.data.id;
      const at = new Date();
      const place = { segment: segment.a, owner: board().stage.world.id.repA1 };
      const allocation = { id: randomUUID(), lead, at, to_owner: place.owner, how: 'by_hand', open_leads: 0, ...place };
      await host.database('crm_allocations').insert(allocation);
      const decision = await host.database('crm_approval_decisions').where({ approval: asked.body.id }).first('id');
      for (const [collection, key] of [
        ['crm_stage_changes', entry!['id'] as string],
        ['crm_allocations', allocation.id],
        ['crm_approvals', asked.body.id as string],
        ['crm_approval_decisions', decision.id as string],
      ] as const) {
        const before = await host.database(collection).where({ id: key }).first();
        const path = `/items/${collection}`;
        for (const [method, url, body] of [
          ['DELETE', `${path}/${key}`, undefined],
          ['DELETE', path, [key]],
          ['PATCH', `${path}/${key}`, { owner: null }],
          ['PATCH', path, { keys: [key], data: { owner: null } }],
          ['POST', path, { ...before, id: randomUUID() }],
        ] as const)
          expect((await root.request(method, url, body)).status, `${method} ${url}`).toBe(403);
        const gone = await root.graphql(`mutation { delete_${collection}_item(id: "${key}") { id } }`);
        expect(gone.body.errors, collection).toHaveLength(1);
        expect(await host.database(collection).where({ id: key }).first()).toEqual(before);
      }
      const nested = await root.request('PATCH', `/items/crm_opportunities/${id}`, {
        stage_changes: { create: [], update: [], delete: [entry!['id']] },
      });
      expect(nested.status).toBe(403);
      expect(await board().history(id)).toHaveLength(2);
    });

    test('F36: of two tabs the later one is told, and nothing is written', async () => {
      const id = await board().start();
      const body = { stage: 'needs_analysis', fields: ASKED['needs_analysis'], from: 'initial_contact' };
      const answers = await Promise.all([board().move(id, body), board().move(id, { ...body, fields: { ...body.fields, amount: 7 } })]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(codes(answers.find(({ status }) => status === 409)!)).toEqual(['STAGE_CONFLICT']);
      expect(await board().history(id)).toHaveLength(2);
      const lost = await board().move(id, { stage: 'lost', from: 'initial_contact', fields: ASKED['lost'] });
      expect(codes(lost)).toEqual(['STAGE_CONFLICT']);
    });

    test('SAL-3: a move is taken back within ten seconds by whoever made it, and both stay in the history', async () => {
      const id = await board().start();
      const { change } = (await board().move(id, { stage: 'needs_analysis', fields: ASKED['needs_analysis'] })).body;
      const undo = (who: 'repA1' | 'headB', body: object) =>
        board().stage.world.as[who].request('POST', `/crm/opportunities/${id}/stage/undo`, body);
      expect(codes(await undo('headB', { change: change!.id }))).toEqual(['FORBIDDEN']);
      expect(
        codes(await board().stage.world.as.adminA.request('POST', `/crm/opportunities/${id}/stage/undo`, { change: change!.id })),
      ).toEqual(['UNDO_TOO_LATE']);
      const taken = await undo('repA1', { change: change!.id });
      expect(taken.status, taken.text).toBe(200);
      expect((await board().history(id)).map(({ kind }) => kind)).toEqual(['created', 'forward', 'reversal']);
      expect(codes(await undo('repA1', { change: change!.id }))).toEqual(['UNDO_TOO_LATE']);
      const again = (await board().move(id, { stage: 'needs_analysis' })).body.change!;
      await board()
        .stage.world.host.database('crm_stage_changes')
        .where({ id: again.id })
        .update({ changed_at: new Date(Date.now() - 11_000) });
      expect(codes(await undo('repA1', { change: again.id }))).toEqual(['UNDO_TOO_LATE']);
    });

    test('Q19: beyond the first stage the customer is complete, and the refusal names what it lacks', async () => {
      const draft = await board().stage.enter({ name: '草稿有限公司' });
      const id = await board().start({ customer: draft });
      const answer = await board().move(id, { stage: 'needs_analysis', fields: ASKED['needs_analysis'] });
      expect(codes(answer)).toEqual(['CUSTOMER_NOT_ACTIVE']);
      expect(answer.body.errors[0]!.extensions.missing).toContain('industry');
      expect(answer.text).toContain('行业');
      expect((await board().move(id, { stage: 'lost', fields: ASKED['lost'] })).status).toBe(200);
      const other = await board().start();
      await board().walk(other, 'needs_analysis');
      expect(codes(await patch(other, { customer: draft }))).toEqual(['CUSTOMER_NOT_ACTIVE']);
    });

    test('ORG-2, F36: foreign and absent opportunities answer alike, and what is no request is told so', async () => {
      const id = await board().start();
      const { as } = board().stage.world;
      for (const [method, path, body] of [
        ['GET', 'path', undefined],
        ['POST', 'stage', { stage: 'needs_analysis' }],
        ['POST', 'stage', { nonsense: true }],
        ['POST', 'stage/undo', { change: randomUUID() }],
      ] as const) {
        const [foreign, absent, odd] = await Promise.all(
          [id, randomUUID(), 'keine'].map((one) => as.repB.request(method, `/crm/opportunities/${one}/${path}`, body)),
        );
        expect(foreign!.status).toBe(403);
        expect([absent!.text, odd!.text]).toEqual([foreign!.text, foreign!.text]);
      }
      expect((await as.exec.request('GET', `/crm/opportunities/${id}/path`)).status).toBe(200);
      expect((await as.exec.request('POST', `/crm/opportunities/${id}/stage`, { stage: 'needs_analysis' })).status).toBe(403);
      for (const body of [
        undefined,
        {},
        [],
        { stage: 5 },
        { stage: '' },
        { stage: 'proposal', extra: 1 },
        { stage: 'nirgends' },
        { stage: 'won', fields: [] },
      ]) {
        const answer = await board().move(id, body);
        expect([answer.status, codes(answer)], JSON.stringify(body)).toEqual([400, ['INVALID_PAYLOAD']]);
      }
      const forged = await board().move(id, { stage: 'needs_analysis', fields: { ...ASKED['needs_analysis'], closed_on: '2020-01-01' } });
      expect(codes(forged)).toEqual(['FORBIDDEN']);
      expect(await board().history(id)).toHaveLength(1);
    });

    test('SAL-2: the path names every stage, what it lacks and whether it may be entered', async () => {
      const id = await board().start();
      await board().walk(id, 'needs_analysis');
      const answer = await rep().request('GET', `/crm/opportunities/${id}/path`);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body.stages.map(({ key, state, allowed, missing }: PathStep) => [key, state, allowed, missing])).toEqual([
        ['initial_contact', 'passed', true, []],
        ['needs_analysis', 'current', false, []],
        ['proposal', 'next', false, ['expected_close_on']],
        ['negotiation', 'later', false, []],
        ['won', 'later', false, ['order_or_contract']],
        ['lost', 'later', false, ['lost_reason']],
      ]);
      const history = await board().history(id);
      expect(answer.body.version).toBe(history.at(-1)!['id']);
    });
  });
}
