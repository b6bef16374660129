import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { COLLECTIONS_OF_A_TREE, expectTreeAt, plant } from './tree.ts';
import type { World } from './world.ts';

/** What happens when a customer or lead gets another owner. */
export function changingHandsSuite(world: () => World): void {
  const reassign: Record<string, (id: string, owner: string) => Promise<{ status: number; text: string }>> = {
    REST: (id, owner) => world().as.headA.request('PATCH', `/items/crm_customers/${id}`, { owner }),
    batch: (id, owner) => world().as.adminA.request('PATCH', '/items/crm_customers', [{ id, owner }]),
    keys: (id, owner) => world().as.adminA.request('PATCH', '/items/crm_customers', { keys: [id], data: { owner } }),
    GraphQL: (id, owner) =>
      world().as.headA.graphql('mutation($i: ID!, $o: ID!) { update_crm_customers_item(id: $i, data: { owner: { id: $o } }) { id } }', {
        i: id,
        o: owner,
      }),
    nested: async (id, owner) => {
      const contact = await world().host.database('crm_contacts').where({ customer: id }).first('id');
      return world().as.headA.request('PATCH', `/items/crm_contacts/${contact.id}`, { customer: { id, owner } });
    },
    'system admin': (id, owner) => world().as.sysadmin.request('PATCH', `/items/crm_customers/${id}`, { owner }),
  };

  test.each(Object.keys(reassign))('ORG-5, ORG-7: the whole tree follows the customer’s owner in the same write: %s', async (path) => {
    const tree = await plant(world(), 'repA1', `移交 ${path}`);
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA1 });
    const answer = await reassign[path]!(tree.customer.id, world().id.repA2);
    expect(answer.status, answer.text).toBe(200);
    expect(await world().row('crm_customers', tree.customer.id)).toMatchObject({ owner: world().id.repA2 });
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA2 });
    for (const collection of COLLECTIONS_OF_A_TREE) {
      const { id } = tree.rows[collection];
      expect((await world().as.repA1.request('GET', `/items/${collection}/${id}`)).status, `Q1: former owner, ${collection}`).toBe(403);
      expect((await world().as.repA2.request('GET', `/items/${collection}/${id}`)).status, `new owner, ${collection}`).toBe(200);
    }
    expect((await world().as.repA1.request('GET', `/assets/${tree.file}`)).status).toBe(403);
    expect((await world().as.repA2.request('GET', `/assets/${tree.file}`)).status).toBe(200);
  });

  test('Q1: rows that are entered while the customer changes hands end where it ends', async () => {
    for (let round = 0; round < 4; round++) {
      const customer = await world().create('repA1', 'crm_customers', { name: `边移交边录入 ${round}` });
      const enter = (n: number) => world().as.repA1.request('POST', '/items/crm_contacts', { name: `联系人 ${n}`, customer: customer.id });
      const answers = await Promise.all([
        enter(1),
        enter(2),
        world().as.headA.request('PATCH', `/items/crm_customers/${customer.id}`, { owner: world().id.repA2 }),
        enter(3),
        enter(4),
      ]);
      expect(answers.map(({ status }) => [200, 403, 409].includes(status))).not.toContain(false);
      const { owner } = await world().row('crm_customers', customer.id);
      const owners = await world().host.database('crm_contacts').where({ customer: customer.id }).distinct('owner').pluck('owner');
      for (const one of owners) expect(one).toBe(owner);
    }
  });

  test('Q1: a person who comes as a row is taken by the key alone: nobody is moved away and made the owner in one write', async () => {
    const customer = await world().create('repA1', 'crm_customers', { name: '顺手改人' });
    const { repA2 } = world().id;
    const before = await world().row('directus_users', repA2);
    for (const more of [{ crm_segment: world().segment.b }, { status: 'suspended' }]) {
      await world().as.sysadmin.request('PATCH', `/items/crm_customers/${customer.id}`, { owner: { id: repA2, ...more } });
      const after = await world().row('directus_users', repA2);
      expect([after['crm_segment'], after['status']]).toEqual([before['crm_segment'], before['status']]);
    }
  });

  test('CUS-9: a parent organisation of another owner is refused at its field; one that a hand-over separates is cleared', async () => {
    const [mine, hers] = [
      await world().create('repA1', 'crm_customers', { name: '子公司' }),
      await world().create('repA2', 'crm_customers', { name: '他人总部' }),
    ];
    const head = await world().create('repA1', 'crm_customers', { name: '自家总部' });
    const refused = await world().as.headA.request('PATCH', `/items/crm_customers/${mine.id}`, { parent: hers.id });
    expect([refused.status, refused.body.errors[0].extensions.field]).toEqual([400, 'parent']);
    expect((await world().as.headA.request('PATCH', `/items/crm_customers/${mine.id}`, { parent: head.id })).status).toBe(200);
    expect((await world().as.headA.request('PATCH', `/items/crm_customers/${mine.id}`, { owner: world().id.repA2 })).status).toBe(200);
    expect(await world().row('crm_customers', mine.id)).toMatchObject({ parent: null, owner: world().id.repA2 });
  });

  test('the new owner must be an active member of the segment; a stranger, a nobody and a suspended one get one answer', async () => {
    const tree = await plant(world(), 'repA1', '不移交');
    const gone = (
      await world().user({
        role: (await world().row('directus_users', world().id.repA1))['role'],
        crm_segment: world().segment.a,
        status: 'suspended',
      })
    ).body.data.id;
    const answers = [];
    for (const owner of [world().id.repB, randomUUID(), gone])
      answers.push(await world().as.headA.request('PATCH', `/items/crm_customers/${tree.customer.id}`, { owner }));
    for (const answer of answers) expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answers[0]!.text).toBe(answers[1]!.text);
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA1 });
  });

  test('ORG-3: nobody changes segment by an item write, not even the technical admin', async () => {
    const row = await world().create('repA1', 'crm_customers', { name: '固定' });
    for (const client of [world().as.headA, world().as.sysadmin, world().as.exec, world().as.adminA, world().root]) {
      expect((await client.request('PATCH', `/items/crm_customers/${row.id}`, { segment: world().segment.c })).status).toBe(403);
    }
    expect((await world().row('crm_customers', row.id)).segment).toBe(world().segment.a);
  });

  test('F7: a contact cannot be moved to a customer of somebody else; a head moves it and it follows', async () => {
    const [mine, foreign, colleague] = [
      await world().create('repA1', 'crm_customers', { name: '我的' }),
      await world().create('repB', 'crm_customers', { name: '别的版块' }),
      await world().create('repA2', 'crm_customers', { name: '同事的' }),
    ];
    const contact = await world().create('repA1', 'crm_contacts', { name: '联系人', customer: mine.id });
    const to = (customer: unknown) => world().as.repA1.request('PATCH', `/items/crm_contacts/${contact.id}`, { customer });
    const [absent, other, mate] = [await to(randomUUID()), await to(foreign.id), await to(colleague.id)];
    expect(other.status).toBe(403);
    expect([other.text, mate.text]).toEqual([absent.text, absent.text]);
    expect((await to({ id: foreign.id, name: '改名' })).status).toBe(403);
    const below = (customer: unknown) => world().as.repA1.request('POST', '/items/crm_contacts', { name: '新', customer });
    const [noRow, theirs] = [await below({ id: randomUUID(), name: '改名' }), await below({ id: foreign.id, name: '改名' })];
    expect([noRow.status, theirs.text]).toEqual([403, noRow.text]);
    expect((await world().as.headA.request('PATCH', `/items/crm_contacts/${contact.id}`, { customer: colleague.id })).status).toBe(200);
    expect(await world().row('crm_contacts', contact.id)).toMatchObject({ owner: world().id.repA2, segment: world().segment.a });
  });

  test('Q21: a lead that gets a customer joins its tree, with everything on it', async () => {
    const customer = await world().create('repA2', 'crm_customers', { name: '归入' });
    const lead = await world().create('repA1', 'crm_leads', { title: '线索' });
    const activity = await world().create('repA1', 'crm_activities', { type: 'call', subject: '先前', lead: lead.id });
    expect((await world().as.headA.request('PATCH', `/items/crm_leads/${lead.id}`, { customer: customer.id })).status).toBe(200);
    expect(await world().row('crm_leads', lead.id)).toMatchObject({ owner: world().id.repA2 });
    expect(await world().row('crm_activities', activity.id)).toMatchObject({ owner: world().id.repA2 });
    expect((await world().as.headA.request('PATCH', `/items/crm_leads/${lead.id}`, { owner: world().id.repA1 })).status).toBe(400);
  });

  test('design 2: a parent organisation that would now be somebody else’s is cleared', async () => {
    const parent = await world().create('repA1', 'crm_customers', { name: '集团' });
    const child = await world().create('repA1', 'crm_customers', { name: '子公司', parent: parent.id });
    expect(child['parent']).toBe(parent.id);
    expect((await world().as.headA.request('PATCH', `/items/crm_customers/${parent.id}`, { owner: world().id.repA2 })).status).toBe(200);
    expect((await world().row('crm_customers', child.id))['parent']).toBeNull();
  });
}
