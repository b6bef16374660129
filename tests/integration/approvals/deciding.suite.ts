import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { codeOf, reasonOf, type Office } from './office.ts';

/** APR-1, SAL-11, F8: asking, deciding once, taking back, talking. */
export function decidingSuite(office: () => Office): void {
  it('APR-1: who decides finds it in the inbox, is told without a name, and approves it', async () => {
    const { world, asked, look, approve, inbox, told, said } = office();
    const count = async () => (await world.as.headA.request<{ count: number }>('GET', '/crm/approvals/count')).body.count;
    const before = await count();
    const { id, deal } = await asked();
    expect([await count(), await inbox('headA')]).toEqual([before + 1, expect.arrayContaining([id])]);
    expect(JSON.stringify(await told('headA'))).not.toContain('折扣商机');
    const view = (await look(id)).body;
    expect(view).toMatchObject({
      state: 'pending',
      version: 1,
      mayDecide: true,
      mayWithdraw: false,
      decisions: [{ decision: 'requested', comment: '老客户' }],
    });
    expect(view.lines.map(({ value }) => value)).toEqual(expect.arrayContaining(['25']));
    expect((await look(id, 'repA1')).body).toMatchObject({ mayDecide: false, mayWithdraw: true });
    expect(await inbox('repA1', 'asked')).toContain(id);

    expect(await approve(id)).toMatchObject({ status: 200, body: { id, state: 'approved', version: 2 } });
    expect(Number((await world.row('crm_opportunities', deal))['discount_approved'])).toBe(25);
    expect(await said(id)).toEqual(['requested', 'approved']);
    expect([await count(), await inbox('headA')]).toEqual([before, expect.not.arrayContaining([id])]);
    expect((await told('repA1')).at(-1)?.subject).toContain('已批准');
    const log = await world.host
      .database('crm_audit')
      .where({ collection: 'crm_approvals', item: id })
      .orderBy('at')
      .select('action', 'user');
    expect(log.map(({ action, user }) => [action, user])).toEqual([
      ['create', world.id.repA1],
      ['update', world.id.headA],
    ]);
  });

  it('F8: two clicks at once have one effect, the other one is a conflict', async () => {
    const { asked, act, approve, said } = office();
    const { id } = await asked();
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => approve(id)),
      act('decide', id, { decision: 'reject', comment: '不同意', version: 1 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(await said(id)).toHaveLength(2);
  });

  it('F8: what is sent again, or was decided as it no longer stands, is a conflict', async () => {
    const { asked, approve, world, look, said } = office();
    const { id } = await asked();
    expect(reasonOf(await approve(id, 7))).toBe('stale');
    expect((await approve(id)).status).toBe(200);
    for (const version of [1, 2])
      expect(await approve(id, version)).toMatchObject({ status: 409, body: { errors: [{ extensions: { reason: 'not_pending' } }] } });

    const changed = await asked();
    const edit = await world.as.repA1.request('PATCH', `/items/crm_opportunities/${changed.deal}`, { amount: 10 });
    expect(edit.status).toBe(200);
    const answer = await approve(changed.id);
    expect([answer.status, reasonOf(answer)]).toEqual([409, 'subject_changed']);
    expect((await look(changed.id)).body.state).toBe('void');
    expect(await said(changed.id)).toEqual(['requested', 'voided']);
    expect((await world.row('crm_opportunities', changed.deal))['discount_approved']).toBeNull();
  });

  it('F8, APR-1: a head who asks does not decide; group marketing does', async () => {
    const { asked, approve, inbox, said } = office();
    const { id } = await asked('headA');
    expect(await inbox('headA')).not.toContain(id);
    const answer = await approve(id);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'FOUR_EYES']);
    expect(await said(id)).toEqual(['requested', 'rerouted']);
    expect(await inbox('sysadmin')).toContain(id);
    expect((await approve(id, 1, 'sysadmin')).status).toBe(200);
  });

  it('APR-1: one request of a kind waits for a record; it is withdrawn by whoever asked, and asked for again', async () => {
    const { ask, asked, act, look, told } = office();
    const { id, deal } = await asked();
    expect(await ask(deal)).toMatchObject({ status: 409, body: { errors: [{ extensions: { code: 'ALREADY_PENDING' } }] } });
    expect(reasonOf(await act('withdraw', id, {}))).toBe('not_requester');
    expect(await act('withdraw', id, { comment: '不需要了' }, 'repA1')).toMatchObject({
      status: 200,
      body: { id, state: 'withdrawn' },
    });
    expect((await look(id, 'repA1')).body).toMatchObject({ state: 'withdrawn', mayWithdraw: false });
    expect((await act('withdraw', id, {}, 'repA1')).status).toBe(409);
    const again = await ask(deal);
    expect(again.status).toBe(201);
    for (const comment of [null, '  ', '\u200b\u3164'])
      expect(reasonOf(await act('decide', again.body.id, { decision: 'reject', comment, version: 1 }))).toBe('comment_required');
    expect(codeOf(await act('comment', again.body.id, { comment: '\u200b' }))).toBe('INVALID_PAYLOAD');
    const unsaid = { kind: 'discount', item: deal, asked: {}, reason: '\u2060\u00ad' };
    expect(codeOf(await office().world.as.repA1.request('POST', '/crm/approvals', unsaid))).toBe('INVALID_PAYLOAD');
    expect((await act('comment', again.body.id, { comment: '为什么是 25%？' })).status).toBe(201);
    expect((await told('repA1')).at(-1)?.subject).toContain('评论');
    expect(await act('decide', again.body.id, { decision: 'reject', comment: '太高', version: 1 })).toMatchObject({
      status: 200,
      body: { state: 'rejected' },
    });
    expect((await told('repA1')).at(-1)?.subject).toContain('驳回');
  });

  it('ORG-2: to everybody else it is absent, on every route and in every list', async () => {
    const { asked, look, act, inbox, world } = office();
    const { id } = await asked();
    for (const who of ['repA2', 'headB', 'adminB', 'repB', 'lostRep', 'lostHead'] as const) {
      const nothing = await look(randomUUID(), who);
      expect(nothing.status).toBe(403);
      const answers = [
        await look(id, who),
        await act('decide', id, { decision: 'approve', version: 1 }, who),
        await act('withdraw', id, {}, who),
        await act('comment', id, { comment: 'x' }, who),
      ];
      for (const answer of answers) expect(answer.body).toEqual(nothing.body);
      expect([await inbox(who), await inbox(who, 'asked')]).toEqual([[], []]);
      const list = await world.as[who].request<{ data: { id: string }[] }>('GET', '/items/crm_approvals?limit=-1&fields=id');
      expect(list.body.data?.map((row) => row.id) ?? []).not.toContain(id);
    }
  });

  it('Q1: whoever asked sees it no more once the record is a colleague’s', async () => {
    const { asked, look, act, inbox, world } = office();
    const { id } = await asked();
    await world.host.database('crm_approvals').where({ id }).update({ owner: world.id.repA2 });
    const nothing = await look(randomUUID(), 'repA1');
    for (const answer of [
      await look(id, 'repA1'),
      await act('withdraw', id, {}, 'repA1'),
      await act('comment', id, { comment: 'x' }, 'repA1'),
    ])
      expect([answer.status, answer.body]).toEqual([403, nothing.body]);
    expect(await inbox('repA1', 'asked')).not.toContain(id);
    expect((await look(id, 'repA2')).status).toBe(200);
  });

  it('APR-1: nobody writes an approval or its history but the engine', async () => {
    const { asked, world } = office();
    const { id } = await asked();
    for (const who of ['repA1', 'headA', 'sysadmin'] as const) {
      const send = (method: string, path: string, body?: object) => world.as[who].request(method, `/items/${path}`, body);
      expect((await send('PATCH', `crm_approvals/${id}`, { state: 'approved' })).status).toBe(403);
      // A row that others point at is kept whoever asks; the host says so first.
      expect([403, 409]).toContain((await send('DELETE', `crm_approvals/${id}`)).status);
      expect((await send('POST', 'crm_approval_decisions', { approval: id, decision: 'approved' })).status).toBe(403);
    }
    expect((await world.row('crm_approvals', id))['state']).toBe('pending');
  });

  it.each([
    ['decide', undefined],
    ['decide', {}],
    ['decide', { decision: 'approve' }],
    ['decide', { decision: 'approve', version: '1' }],
    ['decide', { decision: 'perhaps', version: 1 }],
    ['decide', { decision: 'approve', version: 1.5 }],
    ['decide', { decision: 'approve', version: 1, comment: 'x'.repeat(5000) }],
    ['decide', [{ decision: 'approve', version: 1 }]],
    ['comment', {}],
    ['comment', { comment: '  ' }],
    ['comment', { comment: ['x'] }],
    ['withdraw', { comment: 7 }],
  ] as const)('APR-1: a bad request to %s is refused with a sentence: %j', async (what, body) => {
    const { asked, act, look } = office();
    const { id } = await asked();
    const answer = await act(what, id, body);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'INVALID_PAYLOAD']);
    expect((await look(id)).body.state).toBe('pending');
  });

  it('APR-1: bad questions are refused, and a bad id is as absent', async () => {
    const { world, look, deal } = office();
    const ask = (body: unknown) => world.as.repA1.request<never>('POST', '/crm/approvals', body);
    const item = await deal();
    for (const body of [
      undefined,
      [],
      {},
      { kind: 'discount' },
      { kind: 'party', item, reason: 'x' },
      { kind: 'discount', item: 7, reason: 'x' },
      { kind: 'discount', item, reason: '' },
    ])
      expect((await ask(body)).status).toBe(400);
    for (const bad of ['x', randomUUID(), '']) expect((await ask({ kind: 'discount', item: bad, reason: 'x' })).status).toBe(403);
    for (const bad of ['x', '0', '%27', `${item}%00`]) expect([403, 404]).toContain((await look(bad)).status);
    for (const query of ['limit=x', 'limit=0', 'limit=9999', 'offset=-1', 'box=other', 'limit[]=1'])
      expect((await world.as.repA1.request('GET', `/crm/approvals/inbox?${query}`)).status).toBe(400);
    for (const path of ['inbox', 'count', item])
      expect((await world.host.anonymous.request('GET', `/crm/approvals/${path}`)).status).toBe(403);
  });
}
