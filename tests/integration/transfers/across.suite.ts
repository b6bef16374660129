import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { expectTreeAt, plant } from '../access/tree.ts';
import type { PersonName, World } from '../access/world.ts';
import { approvalAbout, ask, decide, execute, expectSees, ofAnotherCompany, refusal, transferOf } from './desk.ts';

/** ORG-3: a customer goes to another segment, by group marketing alone. */
export function acrossSuite(world: () => World): void {
  beforeAll(() => ofAnotherCompany(world(), world().segment.b));
  const toB = (customer: string, more: object = {}) => ({ customer, to_segment: world().segment.b, ...more });
  const filed = async (who: PersonName, customer: string, more: object = {}) => {
    const answer = await ask(world(), who, toB(customer, more));
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data.id;
  };

  test.each(['repA1', 'headA', 'adminA', 'exec'] as const)(
    'ORG-3: %s asks, group marketing alone executes, the whole tree goes and the old segment sees nothing',
    async (who) => {
      const tree = await plant(world(), 'repA1', `跨版块 ${who}`);
      const id = await filed(who, tree.customer.id);
      expect(await transferOf(world(), id)).toMatchObject({
        state: 'requested',
        from_segment: world().segment.a,
        requested_by: world().id[who],
      });
      expect(await approvalAbout(world(), id)).toMatchObject({ kind: 'segment_transfer', state: 'pending' });
      const absent = await execute(world(), 'headA', randomUUID());
      for (const other of ['repA1', 'headA', 'adminA', 'headB', 'adminB', 'exec'] as const) {
        const answer = await execute(world(), other, id, { to_owner: world().id.repB });
        expect([answer.status, answer.text], other).toEqual([403, absent.text]);
      }
      expect((await world().root.request('POST', `/crm/transfers/${id}/execute`)).status, 'the technical administrator').toBe(403);
      await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA1 });

      const answer = await execute(world(), 'sysadmin', id, { to_owner: world().id.repB });
      expect([answer.status, answer.body.state], answer.text).toEqual([200, 'executed']);
      await expectTreeAt(world(), tree, { segment: world().segment.b, owner: world().id.repB });
      for (const old of ['repA1', 'headA', 'adminA', 'repA2'] as const) await expectSees(world(), old, tree, 403);
      for (const now of ['repB', 'headB', 'adminB', 'exec'] as const) await expectSees(world(), now, tree, 200);
      expect(await transferOf(world(), id)).toMatchObject({
        segment: world().segment.b,
        owner: world().id.repB,
        executed_by: world().id.sysadmin,
      });
      expect(await approvalAbout(world(), id)).toMatchObject({
        state: 'approved',
        decided_by: world().id.sysadmin,
        segment: world().segment.b,
      });
      expect((await world().as.repA1.request('GET', `/items/crm_transfers/${id}`)).status).toBe(403);
      expect((await world().as.repB.request('GET', `/items/crm_transfers/${id}`)).status).toBe(200);
      expect(refusal(await execute(world(), 'sysadmin', id))).toEqual([409, 'not_open', null]);
    },
  );

  test('ORG-3: what group marketing files itself needs no approval; without an owner the head of the segment gets it', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '市场营销部自行提出' });
    const id = await filed('sysadmin', customer);
    expect(await transferOf(world(), id)).toMatchObject({ state: 'approved' });
    expect(await approvalAbout(world(), id)).toBeUndefined();
    const answer = await execute(world(), 'sysadmin', id);
    expect(answer.status, answer.text).toBe(200);
    expect(await world().row('crm_customers', customer)).toMatchObject({ segment: world().segment.b, owner: world().id.headB });
  });

  test('ORG-3: group marketing names the owner on the request, of the target segment only; nobody else does', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '先指定负责人' });
    const id = await filed('repA1', customer);
    const name = (who: PersonName, owner: string) => world().as[who].request('PATCH', `/items/crm_transfers/${id}`, { to_owner: owner });
    expect((await name('headA', world().id.repA2)).status).toBe(403);
    expect(refusal(await name('sysadmin', world().id.repA2))).toEqual([400, 'owner_elsewhere', 'to_owner']);
    expect(refusal(await name('sysadmin', randomUUID())).slice(0, 1)).toEqual([400]);
    expect((await name('sysadmin', world().id.repB)).status).toBe(200);
    expect(await transferOf(world(), id)).toMatchObject({ named_owner: world().id.repB, to_owner: null });
    const change = (row: object) => world().as.sysadmin.request('PATCH', `/items/crm_transfers/${id}`, row);
    expect((await change({ basis: 'law' })).status).toBe(200);
    expect(await transferOf(world(), id), 'a change of something else').toMatchObject({ named_owner: world().id.repB });
    expect((await change({ to_owner: null })).status).toBe(200);
    expect(await transferOf(world(), id), 'taken back').toMatchObject({ named_owner: null, to_owner: null, basis: 'law' });
    expect((await name('sysadmin', world().id.repB)).status).toBe(200);
    for (const who of ['repA1', 'headA', 'adminA'] as const) {
      const early = await world().as[who].request('GET', `/items/crm_transfers/${id}?fields=*`);
      expect([early.status, early.text.includes(world().id.repB), early.text.includes('"law"')], who).toEqual([200, false, false]);
      for (const field of ['named_owner', 'basis', 'basis_note'])
        expect((await world().as[who].request('GET', `/items/crm_transfers?filter[${field}][_nnull]=true`)).status, who).toBe(403);
    }
    const log = await world().as.adminA.request('GET', `/items/crm_audit?filter[item][_eq]=${id}&limit=-1`);
    expect([log.status, log.text.includes(world().id.repB), log.text.includes('"law"')]).toEqual([200, false, false]);
    expect((await execute(world(), 'sysadmin', id)).status).toBe(200);
    expect(await world().row('crm_customers', customer)).toMatchObject({ owner: world().id.repB });
    const { id: other } = await world().create('headA', 'crm_customers', { name: '自己指定别的版块的人', owner: world().id.repA1 });
    expect(refusal(await ask(world(), 'headA', toB(other, { to_owner: world().id.repA2 })))).toEqual([
      400,
      'owner_by_marketing',
      'to_owner',
    ]);
  });

  test('ORG-3: approved first, executed later; rejected, never', async () => {
    const [one, two] = [
      await world().create('repA1', 'crm_customers', { name: '先批准' }),
      await world().create('repA1', 'crm_customers', { name: '先驳回' }),
    ];
    const [approved, rejected] = [await filed('repA1', one.id), await filed('repA1', two.id)];
    expect((await decide(world(), 'sysadmin', approved, 'approve')).status).toBe(200);
    expect(await transferOf(world(), approved)).toMatchObject({ state: 'approved' });
    expect(await world().row('crm_customers', one.id)).toMatchObject({ segment: world().segment.a });
    expect((await execute(world(), 'sysadmin', approved, { to_owner: world().id.repB })).status).toBe(200);
    expect((await decide(world(), 'sysadmin', rejected, 'reject', '暂不划转')).status).toBe(200);
    expect(refusal(await execute(world(), 'sysadmin', rejected))).toEqual([409, 'not_open', null]);
  });

  test('F8, ORG-3: an approval of a transfer that waits no more approves nothing, and says so', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '审批时已非待批' });
    const id = await filed('repA1', customer);
    // Every way of ours ends the approval with the transfer: this one is as after a repair by hand.
    for (const state of ['approved', 'withdrawn']) {
      await world().host.database('crm_transfers').where({ id }).update({ state });
      const answer = await decide(world(), 'sysadmin', id, 'approve');
      expect(refusal(answer), state).toEqual([409, 'not_open', null]);
      expect(answer.body.errors[0].extensions.code).toBe('TRANSFER_CLOSED');
      expect(await transferOf(world(), id)).toMatchObject({ state });
      expect(await approvalAbout(world(), id)).toMatchObject({ state: 'pending' });
    }
  });

  test('CUS-9, ORG-3: no key of a row of the old segment goes along, none of the moved ones stays', async () => {
    const [group, customer, daughter] = [
      await world().create('repA1', 'crm_customers', { name: '上级' }),
      await world().create('repA1', 'crm_customers', { name: '中间' }),
      await world().create('repA1', 'crm_customers', { name: '下级' }),
    ];
    await world().as.repA1.request('PATCH', `/items/crm_customers/${customer.id}`, { parent: group.id });
    await world().as.repA1.request('PATCH', `/items/crm_customers/${daughter.id}`, { parent: customer.id });
    const { database } = world().host;
    const shared = await database('crm_stages').where({ id: world().stage }).first();
    const opportunity = await world().create('repA1', 'crm_opportunities', { customer: customer.id, title: '商机', stage: world().stage });
    const own = randomUUID();
    await database('crm_stages').insert({ ...shared, id: own, segment: world().segment.a, name: '版块自己的阶段' });
    await database('crm_opportunities').where({ id: opportunity.id }).update({ stage: own });
    const id = await filed('repA1', customer.id);
    const answer = await execute(world(), 'sysadmin', id, { to_owner: world().id.repB });
    expect(answer.status, answer.text).toBe(200);
    expect(await world().row('crm_customers', customer.id)).toMatchObject({ parent: null, segment: world().segment.b });
    expect(await world().row('crm_customers', daughter.id)).toMatchObject({ parent: null, segment: world().segment.a });
    expect(await world().row('crm_opportunities', opportunity.id)).toMatchObject({ stage: world().stage });
    const history = await database('crm_stage_changes').where({ opportunity: opportunity.id }).orderBy('changed_at');
    expect(history.at(-1)).toMatchObject({
      ...{ kind: 'created', from_stage: null, to_stage: world().stage, changed_by: world().id.sysadmin },
      ...{ segment: world().segment.b, owner: world().id.repB },
    });
    expect(await database('crm_stage_changes').where({ from_stage: own }).orWhere({ to_stage: own })).toHaveLength(0);
    await database('crm_stages').where({ id: own }).delete();
  });

  test('F5, F15: inboxes, shares, comments, what was opened last and what else waits let go of the customer', async () => {
    const { database } = world().host;
    const tree = await plant(world(), 'repA1', '旁支');
    const item = tree.customer.id;
    const comment = await world().as.repA1.request('POST', '/comments', { collection: 'crm_customers', item, comment: '客户秘密' });
    expect(comment.status, comment.text).toBe(200);
    for (const recipient of [world().id.repA1, world().id.headA, world().id.repB])
      await database('directus_notifications').insert({ recipient, subject: '旧提醒', collection: 'crm_customers', item, status: 'inbox' });
    await database('crm_recent_records').insert({
      id: randomUUID(),
      user: world().id.repA1,
      collection: 'crm_customers',
      item,
      at: new Date(),
    });
    const id = await filed('repA1', item);
    expect((await execute(world(), 'sysadmin', id, { to_owner: world().id.repB })).status).toBe(200);
    const told = await database('directus_notifications').where({ collection: 'crm_customers', item }).pluck('recipient');
    expect(new Set(told)).toEqual(new Set([world().id.repB]));
    expect(await database('crm_recent_records').where({ item })).toHaveLength(0);
    const comments = await world().as.repA1.request('GET', `/comments?filter[item][_eq]=${item}`);
    expect(comments.text).not.toContain('客户秘密');
    for (const who of ['repA1', 'headA'] as const) {
      const notes = await world().as[who].request('GET', '/notifications?limit=-1&fields=*');
      expect(notes.text, who).not.toContain(item);
      expect(notes.text, who).not.toContain('旁支');
    }
  });

  test('SEC-3: the old segment keeps its own earlier entries and gets no later ones; the new one sees those from then on', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '审计分界' });
    await world().as.repA1.request('PATCH', `/items/crm_customers/${customer}`, { short_name: '移交前' });
    const id = await filed('repA1', customer);
    expect((await execute(world(), 'sysadmin', id, { to_owner: world().id.repB })).status).toBe(200);
    await world().as.repB.request('PATCH', `/items/crm_customers/${customer}`, { needs: '移交后' });
    const read = async (who: PersonName) =>
      (await world().as[who].request('GET', `/items/crm_audit?filter[item][_eq]=${customer}&limit=-1&sort=at`)).text;
    const [old, now] = [await read('adminA'), await read('adminB')];
    expect(old).toContain('移交前');
    expect(old).not.toContain('移交后');
    expect(old).not.toContain(world().id.repB);
    expect(now).toContain('移交后');
    expect(now).not.toContain('移交前');
  });

  test('ORG-3: it is followed through until the new owner’s first activity is done, and undone by another transfer', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '跟进到底' });
    const opportunity = await world().create('repA1', 'crm_opportunities', { customer, title: '商机', stage: world().stage });
    const id = await filed('repA1', customer);
    await execute(world(), 'sysadmin', id, { to_owner: world().id.repB });
    const waiting = async () =>
      (await world().as.sysadmin.request('GET', '/items/crm_transfers?filter[state][_eq]=executed&limit=-1&fields=id')).text.includes(id);
    expect(await waiting()).toBe(true);
    const followedBy = async (who: PersonName) => {
      const { status, text } = await world().as[who].request('GET', '/crm/transfers/waiting?state=executed&limit=100');
      return [status, text.includes(id)];
    };
    for (const who of ['sysadmin', 'repB', 'headB', 'adminB'] as const) expect([who, ...(await followedBy(who))]).toEqual([who, 200, true]);
    for (const who of ['repA1', 'headA', 'adminA', 'repC'] as const) expect([who, ...(await followedBy(who))]).toEqual([who, 200, false]);
    expect((await world().as.sysadmin.request('GET', '/crm/transfers/waiting?limit=100')).text).not.toContain(id);
    expect((await world().as.sysadmin.request('GET', '/crm/transfers/waiting?state=followed')).status).toBe(400);
    await world().create('repB', 'crm_activities', { type: 'call', subject: '尚未完成', customer });
    await world().create('headB', 'crm_activities', { type: 'call', subject: '负责人以外', customer, done_at: new Date().toISOString() });
    expect(await waiting()).toBe(true);
    await world().create('repB', 'crm_activities', {
      type: 'visit',
      subject: '首次拜访',
      opportunity: opportunity.id,
      done_at: new Date().toISOString(),
    });
    expect(await waiting()).toBe(false);
    expect(await followedBy('sysadmin')).toEqual([200, false]);
    const row = await transferOf(world(), id);
    expect(row.state).toBe('followed');
    expect(row.first_activity_at).not.toBeNull();
    const back = await ask(world(), 'repB', { customer, to_segment: world().segment.a });
    expect((await execute(world(), 'sysadmin', back.body.data.id, { to_owner: world().id.repA1 })).status).toBe(200);
    await expect(world().row('crm_opportunities', opportunity.id)).resolves.toMatchObject({
      segment: world().segment.a,
      owner: world().id.repA1,
    });
  });

  test('ORG-3: what cannot be executed says why, whatever is sent', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '不能执行' });
    const id = await filed('repA1', customer);
    expect(refusal(await execute(world(), 'sysadmin', id, { to_owner: world().id.repA2 }))).toEqual([400, 'owner_elsewhere', 'to_owner']);
    expect(refusal(await execute(world(), 'sysadmin', id, { to_owner: randomUUID() }))).toEqual([400, 'owner_elsewhere', 'to_owner']);
    for (const body of [[], { to_owner: 'x' }, { to_owner: 7 }, { basis: 'because' }, { with_contacts: 'no' }, { state: 'executed' }])
      expect((await execute(world(), 'sysadmin', id, body)).status, JSON.stringify(body)).toBe(400);
    for (const bad of ['x', '1', randomUUID()]) expect((await execute(world(), 'sysadmin', bad)).status).toBe(403);
    const { database } = world().host;
    const inactive = randomUUID();
    await database('crm_segments').insert({
      ...(await database('crm_segments').where({ id: world().segment.c }).first()),
      id: inactive,
      code: 'off',
      name: '停用',
      active: false,
    });
    const { id: other } = await world().create('repA1', 'crm_customers', { name: '停用版块' });
    expect(refusal(await ask(world(), 'repA1', { customer: other, to_segment: inactive }))).toEqual([
      400,
      'segment_inactive',
      'to_segment',
    ]);
    expect(refusal(await ask(world(), 'repA1', { customer: other, to_segment: world().segment.pool }))).toEqual([
      400,
      'pool_not_here',
      'to_segment',
    ]);
    const { id: within } = (await ask(world(), 'repA1', { customer: other, to_segment: world().segment.a, to_owner: world().id.repA2 }))
      .body.data;
    expect(refusal(await execute(world(), 'sysadmin', within))).toEqual([409, 'within_segment', null]);
  });

  test('ORG-3: a file that another customer carries too stops the transfer, and says what to do', async () => {
    const tree = await plant(world(), 'repA1', '共用附件');
    const { id: other } = await world().create('repA1', 'crm_customers', { name: '共用附件的另一方' });
    await world().create('repA1', 'crm_attachments', { customer: other, file: tree.file });
    const id = await filed('repA1', tree.customer.id);
    expect(refusal(await execute(world(), 'sysadmin', id, { to_owner: world().id.repB }))).toEqual([409, 'file_shared', null]);
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA1 });
  });
}
