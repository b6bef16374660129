import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { treeRecount } from '../../../extensions/crm/src/segments/index.ts';
import type { World } from './world.ts';

/** Where new rows stand. */
export function placementSuite(world: () => World): void {
  test('ORG-2: a row of a rep is in the rep’s segment and the rep’s own; the server names it', async () => {
    const mine = randomUUID();
    const row = await world().create('repA1', 'crm_customers', { id: mine, name: '甲' });
    expect(row).toMatchObject({ segment: world().segment.a, owner: world().id.repA1 });
    expect(row.id).not.toBe(mine);
  });

  test('F7: a rep who sends segment or owner is refused and nothing is written, in every form', async () => {
    const { repA1 } = world().as;
    const customer = await world().create('repA1', 'crm_customers', { name: '原样' });
    const name = `走私${randomUUID()}`;
    const foreign = { segment: world().segment.b, owner: world().id.repB };
    const attempts: [string, string, unknown][] = [
      ['POST', '/items/crm_customers', { name, segment: foreign.segment }],
      ['POST', '/items/crm_customers', { name, owner: foreign.owner }],
      ['POST', '/items/crm_customers', { name, segment: world().segment.a }],
      ['POST', '/items/crm_customers', [{ name }, { name, ...foreign }]],
      ['POST', '/items/crm_customers', { name, contacts: [{ name, owner: foreign.owner }] }],
      ['POST', '/items/crm_customers', { name, contacts: { create: [{ name, ...foreign }], update: [], delete: [] } }],
      ['POST', '/items/crm_contacts', { name, customer: { name, ...foreign } }],
      ['PATCH', `/items/crm_customers/${customer.id}`, { segment: foreign.segment }],
      ['PATCH', `/items/crm_customers/${customer.id}`, { owner: foreign.owner }],
      ['PATCH', '/items/crm_customers', [{ id: customer.id, owner: foreign.owner }]],
      ['PATCH', '/items/crm_customers', { keys: [customer.id], data: { segment: foreign.segment } }],
      ['PATCH', `/items/crm_customers/${customer.id}`, { contacts: [{ name, ...foreign }] }],
    ];
    for (const [method, path, body] of attempts) {
      const answer = await repA1.request(method, path, body);
      expect([400, 403], `${method} ${JSON.stringify(body)} → ${answer.text}`).toContain(answer.status);
    }
    const graphql = await repA1.graphql(
      'mutation($o: ID!, $n: String!) { create_crm_customers_item(data: { name: $n, owner: { id: $o } }) { id } }',
      {
        o: foreign.owner,
        n: name,
      },
    );
    expect(graphql.text).toContain('errors');
    for (const collection of ['crm_customers', 'crm_contacts']) {
      expect(await world().host.database(collection).where({ name })).toEqual([]);
    }
    expect(await world().row('crm_customers', customer.id)).toMatchObject({ segment: world().segment.a, owner: world().id.repA1 });
  });

  test('F7: an upsert with the key of a foreign row creates or changes nothing there', async () => {
    const foreign = await world().create('repB', 'crm_customers', { name: '乙方' });
    const parent = await world().create('repA1', 'crm_customers', { name: '甲方' });
    const answer = await world().as.repA1.request('PATCH', `/items/crm_customers/${parent.id}`, {
      subsidiaries: [{ id: foreign.id, name: '夺取' }],
    });
    expect(answer.status).toBe(403);
    expect(await world().row('crm_customers', foreign.id)).toEqual(foreign);
  });

  test('ORG-5: what a head enters under a rep’s customer belongs to the rep', async () => {
    const customer = await world().create('repA1', 'crm_customers', { name: '甲的客户' });
    const contact = await world().create('headA', 'crm_contacts', { name: '新联系人', customer: customer.id });
    expect(contact).toMatchObject({ segment: world().segment.a, owner: world().id.repA1 });
  });

  test('a whole tree created in one request stands in one place', async () => {
    const contact = await world().create('repA1', 'crm_contacts', { name: '先有联系人', customer: { name: '后有客户' } });
    expect(contact).toMatchObject({ segment: world().segment.a, owner: world().id.repA1 });
    const customer = await world().create('headA', 'crm_customers', {
      name: '整棵',
      owner: world().id.repA2,
      contacts: [{ name: '一' }],
      opportunities: [{ title: '商机', stage: world().stage, orders: [{ number: 'X' }] }],
    });
    const [order] = await world().host.database('crm_orders').where({ customer: customer.id });
    expect(order).toMatchObject({ segment: world().segment.a, owner: world().id.repA2, customer: customer.id });
    expect(await treeRecount(world().host.database)).toEqual([]);
  });

  test('Q18: who manages several segments may name one of theirs, and no other', async () => {
    const inC = await world().create('headA', 'crm_customers', { name: '丙', segment: world().segment.c, owner: world().id.repC });
    expect(inC).toMatchObject({ segment: world().segment.c, owner: world().id.repC });
    expect(await world().create('headA', 'crm_customers', { name: '默认' })).toMatchObject({
      segment: world().segment.a,
      owner: world().id.headA,
    });
    const foreign = await world().as.headA.request('POST', '/items/crm_customers', { name: '乙', segment: world().segment.b });
    expect(foreign.status).toBe(403);
  });

  test('design 2: a system admin and the technical admin name the segment and an owner who belongs to it', async () => {
    for (const client of [world().as.sysadmin, world().root]) {
      expect((await client.request('POST', '/items/crm_customers', { name: '无' })).status).toBe(400);
      expect((await client.request('POST', '/items/crm_customers', { name: '无', segment: world().segment.a })).status).toBe(400);
      const wrong = await client.request('POST', '/items/crm_customers', {
        name: '错',
        segment: world().segment.a,
        owner: world().id.repB,
      });
      expect(wrong.status).toBe(400);
      expect(wrong.text).toContain('负责人必须是该版块的在职人员');
      expect(
        await world().create(client, 'crm_customers', { name: '对', segment: world().segment.a, owner: world().id.repA2 }),
      ).toMatchObject({
        segment: world().segment.a,
        owner: world().id.repA2,
      });
    }
  });

  test('ORG-4, ORG-5, SAL-6, Q16: executives, heads and segment admins assign activities, within what they see', async () => {
    const byExec = await world().create('exec', 'crm_activities', { type: 'task', subject: '集团任务', owner: world().id.repB });
    expect(byExec).toMatchObject({ segment: world().segment.b, owner: world().id.repB, assigned_by: world().id.exec });
    const byAdmin = await world().create('adminA', 'crm_activities', { type: 'task', subject: '版块任务', owner: world().id.repA1 });
    expect(byAdmin).toMatchObject({ segment: world().segment.a, owner: world().id.repA1, assigned_by: world().id.adminA });
    const across = await world().as.headA.request('POST', '/items/crm_activities', {
      type: 'task',
      subject: '越权',
      owner: world().id.repB,
    });
    const nobody = await world().as.headA.request('POST', '/items/crm_activities', { type: 'task', subject: '越权', owner: randomUUID() });
    expect(across.status).toBeGreaterThanOrEqual(400);
    expect(across.text).toBe(nobody.text);
  });

  test('Q1: an activity on a record is its owner’s, whoever enters it', async () => {
    const customer = await world().create('repA1', 'crm_customers', { name: '记录' });
    const other = await world().as.headA.request('POST', '/items/crm_activities', {
      type: 'call',
      subject: '他人',
      customer: customer.id,
      owner: world().id.repA2,
    });
    expect(other.status).toBe(400);
    const mine = await world().create('headA', 'crm_activities', { type: 'call', subject: '代记', customer: customer.id });
    expect(mine).toMatchObject({ owner: world().id.repA1, assigned_by: world().id.headA });
  });

  test('ORG-5, Q18: who manages several segments names an owner alone, and the row stands where the owner is at home', async () => {
    const { headA } = world().as;
    const to = { owner: world().id.repC };
    const stands = { segment: world().segment.c, owner: world().id.repC };
    for (const [collection, row] of [
      ['crm_activities', { type: 'task', subject: '派到另一版块' }],
      ['crm_customers', { name: '另一版块客户' }],
      ['crm_leads', { title: '另一版块线索' }],
    ] as const) {
      expect(await world().create('headA', collection, { ...row, ...to })).toMatchObject(stands);
      const named = await headA.request('POST', `/items/${collection}`, { ...row, ...to, segment: world().segment.a });
      expect(named.status, 'another segment than the owner’s').toBe(400);
      const foreign = await headA.request('POST', `/items/${collection}`, { ...row, owner: world().id.repB });
      const absent = await headA.request('POST', `/items/${collection}`, { ...row, owner: randomUUID() });
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text]);
      expect([400, 403]).toContain(foreign.status);
    }
  });

  test('Q21: a lead may wait for its owner; what hangs on it waits too', async () => {
    const lead = await world().create('adminA', 'crm_leads', {
      title: '公司线索',
      company_name: '甲',
      phone: '13900139000',
      grade: 'B',
      owner: null,
    });
    expect(lead).toMatchObject({ segment: world().segment.a, owner: null });
    const early = await world().as.adminA.request('POST', '/items/crm_activities', { type: 'call', subject: '过早', lead: lead.id });
    expect(early.status).toBe(400);
    expect((await world().as.adminA.request('PATCH', `/items/crm_leads/${lead.id}`, { owner: world().id.repA2 })).status).toBe(200);
    await world().create('repA2', 'crm_activities', { type: 'call', subject: '已分配', lead: lead.id });
    expect((await world().as.adminA.request('PATCH', `/items/crm_leads/${lead.id}`, { owner: null })).status).toBe(400);
    const pool = await world().create('sysadmin', 'crm_leads', { title: '公海线索', segment: world().segment.pool });
    expect(pool.owner).toBeNull();
    for (const who of ['headA', 'adminB', 'repA1'] as const) {
      expect((await world().as[who].request('GET', `/items/crm_leads/${pool.id}`)).status).toBe(403);
    }
  });

  test('contract: a target belongs to the person it is for', async () => {
    const target = await world().create('headA', 'crm_targets', { user: world().id.repA1, period: '2026-Q4', amount: 100 });
    expect(target).toMatchObject({ owner: world().id.repA1, segment: world().segment.a });
    expect(
      (await world().as.headA.request('PATCH', `/items/crm_targets/${target.id}`, { user: world().id.repB })).status,
    ).toBeGreaterThanOrEqual(400);
    expect((await world().as.headA.request('PATCH', `/items/crm_targets/${target.id}`, { user: world().id.repA2 })).status).toBe(200);
    expect((await world().row('crm_targets', target.id)).owner).toBe(world().id.repA2);
  });

  test('SAL-7: contract: an order needs a customer or an opportunity of that customer', async () => {
    const [one, other] = [
      await world().create('repA1', 'crm_customers', { name: '一' }),
      await world().create('repA1', 'crm_customers', { name: '二' }),
    ];
    const opportunity = await world().create('repA1', 'crm_opportunities', { title: '商机', stage: world().stage, customer: one.id });
    expect((await world().as.repA1.request('POST', '/items/crm_orders', { number: '1' })).status).toBe(400);
    expect(
      (await world().as.repA1.request('POST', '/items/crm_orders', { number: '1', opportunity: opportunity.id, customer: other.id }))
        .status,
    ).toBe(400);
    const order = await world().create('repA1', 'crm_orders', { number: '1', opportunity: opportunity.id });
    expect(order['customer']).toBe(one.id);
    expect((await world().as.repA1.request('PATCH', `/items/crm_opportunities/${opportunity.id}`, { customer: other.id })).status).toBe(
      200,
    );
    expect((await world().row('crm_orders', order.id))['customer']).toBe(other.id);
    const both = { type: 'call', subject: '两者', customer: one.id, opportunity: opportunity.id };
    expect((await world().as.repA1.request('POST', '/items/crm_activities', both)).status).toBe(400);
  });
}
