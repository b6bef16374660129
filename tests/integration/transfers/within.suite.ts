import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { expectTreeAt, plant } from '../access/tree.ts';
import type { PersonName, World } from '../access/world.ts';
import { approvalAbout, ask, decide, expectSees, refusal, transferOf } from './desk.ts';

/** Q2: within the segment, with and without approval. */
export function withinSuite(world: () => World): void {
  const switchTo = (on: boolean) =>
    world().host.database('crm_segments').where({ id: world().segment.a }).update({ allocation_needs_approval: on });
  afterEach(() => switchTo(false));
  const exported = async (who: PersonName, collection: string) => {
    const id = randomUUID();
    const [now, later] = [new Date(), new Date(Date.now() + 86_400_000)];
    const made = { id, collection, file_name: 'x.csv', format: 'csv', status: 'done', rows_total: 1, rows_done: 1, date_created: now };
    await world()
      .host.database('crm_exports')
      .insert({ ...made, asked: '{}', expires_at: later, owner: world().id[who], segment: world().segment.a });
    return id;
  };
  const isKept = async (id: string) => new Date((await world().row('crm_exports', id))['expires_at'] as string).getTime() > Date.now();
  const toColleague = (customer: string, more: object = {}) => ({
    customer,
    to_segment: world().segment.a,
    to_owner: world().id.repA2,
    ...more,
  });

  test.each(['headA', 'adminA', 'sysadmin'] as const)('Q2: %s transfers within the segment at once, with the whole tree', async (who) => {
    const tree = await plant(world(), 'repA1', `版块内划转 ${who}`);
    const answer = await ask(world(), who, toColleague(tree.customer.id));
    expect(answer.status, answer.text).toBe(200);
    expect(await transferOf(world(), answer.body.data.id)).toMatchObject({
      state: 'executed',
      requested_by: world().id[who],
      executed_by: world().id[who],
      from_owner: world().id.repA1,
      owner: world().id.repA2,
    });
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA2 });
    await expectSees(world(), 'repA1', tree, 403);
    await expectSees(world(), 'repA2', tree, 200);
    expect(await approvalAbout(world(), answer.body.data.id)).toBeUndefined();
  });

  test('Q2: what a rep asks for waits for approval, and happens with it', async () => {
    const tree = await plant(world(), 'repA1', '业务人员申请');
    const answer = await ask(world(), 'repA1', toColleague(tree.customer.id));
    expect(answer.status, answer.text).toBe(200);
    const id = answer.body.data.id;
    expect(await transferOf(world(), id)).toMatchObject({ state: 'requested', requested_by: world().id.repA1 });
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA1 });
    expect(await approvalAbout(world(), id)).toMatchObject({ kind: 'owner_transfer', state: 'pending', owner: world().id.repA1 });
    const early = await world().as.repA2.request('GET', `/items/crm_transfers/${id}`);
    expect(early.status, 'the new owner sees it when it is theirs').toBe(403);

    const decided = await decide(world(), 'headA', id, 'approve');
    expect(decided.status, decided.text).toBe(200);
    expect(await transferOf(world(), id)).toMatchObject({ state: 'executed', executed_by: world().id.headA, owner: world().id.repA2 });
    expect(await approvalAbout(world(), id)).toMatchObject({ state: 'approved', owner: world().id.repA2 });
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA2 });
    await expectSees(world(), 'repA1', tree, 403);
  });

  test('Q2: what is rejected or taken back moves nothing, and can be asked for again', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '驳回后再申请' });
    const first = (await ask(world(), 'repA1', toColleague(customer))).body.data.id;
    expect(refusal(await ask(world(), 'repA1', toColleague(customer)))).toEqual([409, 'already_open', null]);
    expect((await decide(world(), 'adminA', first, 'reject', '客户需要原负责人')).status).toBe(200);
    expect(await transferOf(world(), first)).toMatchObject({ state: 'rejected' });
    const second = (await ask(world(), 'repA1', toColleague(customer))).body.data.id;
    const others: PersonName[] = ['repA2', 'repB', 'headA', 'exec'];
    for (const who of others) expect((await world().as[who].request('POST', `/crm/transfers/${second}/withdraw`)).status, who).toBe(403);
    const back = await world().as.repA1.request('POST', `/crm/transfers/${second}/withdraw`);
    expect([back.status, back.body.state], back.text).toEqual([200, 'withdrawn']);
    expect(await approvalAbout(world(), second)).toMatchObject({ state: 'void' });
    expect(refusal(await world().as.repA1.request('POST', `/crm/transfers/${second}/withdraw`))).toEqual([409, 'not_withdrawable', null]);
    expect(await world().row('crm_customers', customer)).toMatchObject({ owner: world().id.repA1 });
  });

  test('Q2: with the segment’s switch on the owner of a customer is changed by batch, keys, GraphQL and nested writes no more than by the form', async () => {
    const { customer, rows } = await plant(world(), 'repA1', '开关各路');
    const owner = world().id.repA2;
    const items = '/items/crm_customers';
    const nested = { customer: { id: customer.id, owner } };
    await switchTo(true);
    for (const who of ['headA', 'adminA', 'sysadmin'] as const) {
      const as = world().as[who];
      for (const [way, answer] of [
        ['keys', await as.request('PATCH', items, { keys: [customer.id], data: { owner } })],
        ['batch', await as.request('PATCH', items, [{ id: customer.id, owner }])],
        ['contact', await as.request('PATCH', `/items/crm_contacts/${rows.crm_contacts.id}`, nested)],
        ['opportunity', await as.request('PATCH', `/items/crm_opportunities/${rows.crm_opportunities.id}`, nested)],
      ] as const)
        expect([400, 403], `${who} ${way} ${answer.text}`).toContain(answer.status);
      const query = `mutation { update_crm_customers_item(id: "${customer.id}", data: { owner: { id: "${owner}" } }) { id } }`;
      expect((await as.graphql(query)).body.errors, who).toHaveLength(1);
      const many = `mutation { update_crm_customers_items(ids: ["${customer.id}"], data: { owner: { id: "${owner}" } }) { id } }`;
      expect((await as.graphql(many)).body.errors, who).toHaveLength(1);
      expect(await world().row('crm_customers', customer.id)).toMatchObject({ owner: world().id.repA1 });
    }
  });

  test('Q2: with the segment’s switch on a head needs approval too, by somebody else, and the owner field says so', async () => {
    const tree = await plant(world(), 'repA1', '开关打开');
    await switchTo(true);
    for (const who of ['headA', 'adminA', 'sysadmin'] as const) {
      const direct = await world().as[who].request('PATCH', `/items/crm_customers/${tree.customer.id}`, { owner: world().id.repA2 });
      expect(refusal(direct), who).toEqual([400, 'ask_for_transfer', 'owner']);
    }
    const [foreign, absent] = [
      await world().as.headB.request('PATCH', `/items/crm_customers/${tree.customer.id}`, { owner: world().id.repB }),
      await world().as.headB.request('PATCH', `/items/crm_customers/${randomUUID()}`, { owner: world().id.repB }),
    ];
    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text]);
    const same = await world().as.headA.request('PATCH', `/items/crm_customers/${tree.customer.id}`, { owner: world().id.repA1 });
    expect(same.status, 'the owner as it is').toBe(200);

    const { id } = (await ask(world(), 'headA', toColleague(tree.customer.id))).body.data;
    expect(await transferOf(world(), id)).toMatchObject({ state: 'requested' });
    expect((await decide(world(), 'headA', id, 'approve')).status, 'F8: never one’s own').toBe(403);
    expect((await decide(world(), 'adminA', id, 'approve')).status).toBe(200);
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA2 });
  });

  test('Q2: with the switch off the owner field is enough for a head', async () => {
    const { id } = await world().create('repA1', 'crm_customers', { name: '直接改负责人' });
    const answer = await world().as.headA.request('PATCH', `/items/crm_customers/${id}`, { owner: world().id.repA2 });
    expect(answer.status, answer.text).toBe(200);
  });

  test.each(['crm_customers', 'crm_leads'] as const)(
    'Q1, F5, F15: whose %s goes to a colleague keeps no comment, notice or trace of it',
    async (collection) => {
      const { database } = world().host;
      const names =
        collection === 'crm_customers' ? { name: '换人的客户' } : { title: '换人的线索', contact_name: '周九', phone: '13500135000' };
      const { id: item } = await world().create('repA1', collection, names);
      const note = { collection, item };
      expect((await world().as.repA1.request('POST', '/comments', { ...note, comment: '原负责人的话' })).status).toBe(200);
      for (const name of ['repA1', 'headA', 'repA2'] as const) {
        await database('directus_notifications').insert({ ...note, recipient: world().id[name], subject: '旧提醒', status: 'inbox' });
        await database('crm_recent_records').insert({ ...note, id: randomUUID(), user: world().id[name], at: new Date() });
      }
      const [theirs, colleagues] = [await exported('repA1', collection), await exported('repA2', collection)];
      const answer = await world().as.headA.request('PATCH', `/items/${collection}/${item}`, { owner: world().id.repA2 });
      expect(answer.status, answer.text).toBe(200);
      expect([await isKept(theirs), await isKept(colleagues)], 'files of exports').toEqual([false, true]);
      const again = await exported('repA1', collection);
      expect((await world().as.headA.request('PATCH', `/items/${collection}/${item}`, { region: null })).status).toBe(200);
      expect(await isKept(again), 'a later write that names no owner').toBe(true);
      const readers = new Set([world().id.headA, world().id.repA2]);
      expect(new Set(await database('directus_notifications').where(note).pluck('recipient'))).toEqual(readers);
      expect(new Set(await database('crm_recent_records').where(note).pluck('user'))).toEqual(readers);
      const kept = await world().as.repA1.request('GET', `/comments?filter[item][_eq]=${item}`);
      expect(kept.text).not.toContain('原负责人的话');
      expect(await database('directus_comments').where(note).first('comment', 'user_created')).toEqual({
        comment: '原负责人的话',
        user_created: null,
      });
    },
  );

  test('Q1, Q2: nobody is no new owner of a transfer within the segment', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '版块内撤下负责人' });
    const { id } = (await ask(world(), 'repA1', toColleague(customer))).body.data;
    const answer = await world().as.sysadmin.request('PATCH', `/items/crm_transfers/${id}`, { to_owner: null });
    expect(refusal(answer)).toEqual([400, 'owner_needed', 'to_owner']);
    expect(await transferOf(world(), id)).toMatchObject({ to_owner: world().id.repA2 });
  });

  test('Q1, SAL-9: a lead that is allocated to a colleague leaves the files of its former owner, with approval too', async () => {
    const allocate = (who: PersonName, lead: string) =>
      world().as[who].request('POST', `/crm/leads/${lead}/allocate`, { owner: world().id.repA2 });
    for (const asker of ['headA', 'repA1'] as const) {
      const lead = await world().create('repA1', 'crm_leads', {
        title: `转给同事的线索 ${asker}`,
        status: 'qualified',
        grade: 'A',
        company_name: '启明',
        phone: '13700137001',
      });
      const [theirs, colleagues] = [await exported('repA1', 'crm_leads'), await exported('repA2', 'crm_leads')];
      expect((await allocate(asker, lead.id)).status).toBe(asker === 'repA1' ? 202 : 200);
      if (asker === 'repA1') {
        expect(await isKept(theirs), 'while it waits').toBe(true);
        expect((await decide(world(), 'headA', lead.id, 'approve')).status).toBe(200);
      }
      expect(await world().row('crm_leads', lead.id)).toMatchObject({ owner: world().id.repA2 });
      expect([await isKept(theirs), await isKept(colleagues)], asker).toEqual([false, true]);
    }
  });

  test('F8: an approval for a customer that has changed hands since moves nothing', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '审批前已变动' });
    const { id } = (await ask(world(), 'repA1', toColleague(customer))).body.data;
    expect((await world().as.headA.request('PATCH', `/items/crm_customers/${customer}`, { owner: world().id.adminA })).status).toBe(200);
    expect((await decide(world(), 'headA', id, 'approve')).status).toBe(409);
    expect(await world().row('crm_customers', customer)).toMatchObject({ owner: world().id.adminA });
    expect(await transferOf(world(), id)).toMatchObject({ state: 'withdrawn' });
  });

  test('F7: what the server decides cannot be sent, and a closed transfer cannot be changed', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '伪造字段' });
    for (const field of ['state', 'requested_by', 'from_owner', 'executed_by', 'executed_at', 'owner', 'segment']) {
      const value = { state: 'executed', segment: world().segment.b, executed_at: '2026-01-01T00:00:00Z' }[field] ?? world().id.repA2;
      expect([400, 403], field).toContain((await ask(world(), 'repA1', toColleague(customer, { [field]: value }))).status);
    }
    const { id } = (await ask(world(), 'headA', toColleague(customer))).body.data;
    const patch = (who: PersonName, row: object) => world().as[who].request('PATCH', `/items/crm_transfers/${id}`, row);
    expect(refusal(await patch('sysadmin', { to_owner: world().id.repA1 }))).toEqual([409, 'not_changeable', null]);
    expect((await patch('sysadmin', { state: 'requested' })).status).toBe(403);
    expect((await patch('sysadmin', { reason: '别的原因' })).status).toBe(403);
    expect((await patch('headA', { to_owner: world().id.repA1 })).status).toBe(403);
    // What only the server computes is dropped from what the technical administrator sends: a closed transfer is left.
    const byRoot = await world().root.request('PATCH', `/items/crm_transfers/${id}`, { state: 'requested' });
    expect(byRoot.status, byRoot.text).toBe(409);
    expect(await transferOf(world(), id)).toMatchObject({ state: 'executed' });
  });

  test('Q2: what cannot be is refused with what to do, foreign customers and people like absent ones', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '申请有误' });
    const { segment, id } = world();
    const gone = (
      await world().user({ role: (await world().row('directus_users', id.repA1))['role'], crm_segment: segment.a, status: 'suspended' })
    ).body.data.id;
    expect(refusal(await ask(world(), 'headA', toColleague(customer, { to_owner: null })))).toEqual([400, 'owner_needed', 'to_owner']);
    expect(refusal(await ask(world(), 'headA', toColleague(customer, { to_owner: id.repA1 })))).toEqual([400, 'same_owner', 'to_owner']);
    expect(refusal(await ask(world(), 'headA', toColleague(customer, { to_owner: gone })))).toEqual([400, 'owner_elsewhere', 'to_owner']);
    expect(refusal(await ask(world(), 'sysadmin', toColleague(customer, { to_owner: id.repB })))).toEqual([
      400,
      'owner_elsewhere',
      'to_owner',
    ]);
    expect(refusal(await ask(world(), 'headA', toColleague(customer, { reason: ' 。' })))).toEqual([400, 'reason_needed', 'reason']);
    expect((await ask(world(), 'headA', toColleague(customer, { reason: undefined }))).status).toBe(400);
    const theirs = await world().create('repB', 'crm_customers', { name: '别的版块的' });
    for (const bad of [{ customer: theirs.id }, { to_owner: id.repB }]) {
      const absent = Object.fromEntries(Object.keys(bad).map((key) => [key, randomUUID()]));
      const [there, nowhere] = [
        await ask(world(), 'repA1', toColleague(customer, bad)),
        await ask(world(), 'repA1', toColleague(customer, absent)),
      ];
      expect([there.status, there.text]).toEqual([403, nowhere.text]);
    }
    for (const bad of ['x', 7, [customer], { id: customer }])
      expect((await ask(world(), 'repA1', toColleague(customer, { to_segment: bad }))).status, JSON.stringify(bad)).toBeLessThan(500);
    expect(await world().host.database('crm_transfers').where({ customer, state: 'requested' })).toHaveLength(0);
  });
}
