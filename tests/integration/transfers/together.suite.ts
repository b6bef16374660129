import { expect, test } from 'vitest';
import { treeRecount } from '../../../extensions/crm/src/segments/index.ts';
import { expectTreeAt, plant } from '../access/tree.ts';
import type { World } from '../access/world.ts';
import { ask, execute, expectSees } from './desk.ts';

const ROUNDS = 3;

/** ORG-3: a transfer while the old owner works on the customer. */
export function togetherSuite(world: () => World): void {
  test('ORG-3: what is written while a customer moves comes along, or is refused; nothing stays behind', async () => {
    const { database } = world().host;
    for (let round = 0; round < ROUNDS; round++) {
      const tree = await plant(world(), 'repA1', `并发划转 ${round}`);
      const customer = tree.customer.id;
      const { id } = (await ask(world(), 'headA', { customer, to_segment: world().segment.b })).body.data;
      const rep = world().as.repA1;
      const writes = (n: number) => [
        rep.request('POST', '/items/crm_contacts', { customer, name: `新联系人 ${round}-${n}` }),
        rep.request('POST', '/items/crm_activities', { customer, type: 'call', subject: `新行动 ${round}-${n}` }),
        rep.request('POST', '/items/crm_activities', { lead: tree.rows.crm_leads.id, type: 'call', subject: `线索行动 ${round}-${n}` }),
        rep.request('POST', '/items/crm_opportunities', { customer, title: `新商机 ${round}-${n}`, stage: world().stage }),
        rep.request('PATCH', `/items/crm_contacts/${tree.rows.crm_contacts.id}`, { position: `职务 ${n}` }),
        rep.request('PATCH', `/items/crm_opportunities/${tree.rows.crm_opportunities.id}`, { needs: `需求 ${n}` }),
        rep.request('PATCH', `/items/crm_customers/${customer}`, { needs: `需求 ${n}` }),
      ];
      const before = [...writes(1), ...writes(2)];
      const moving = execute(world(), 'sysadmin', id, { to_owner: world().id.repB, basis: 'consent' });
      const after = [...writes(3), ...writes(4)];
      const answers = await Promise.all([...before, ...after]);
      const moved = await moving;
      expect(moved.status, moved.text).toBe(200);
      // 204: written before the move, and no longer the writer's to read after it.
      for (const answer of answers) expect([200, 204, 403], answer.text).toContain(answer.status);
      const place = { segment: world().segment.b, owner: world().id.repB };
      await expectTreeAt(world(), tree, place);
      for (const collection of ['crm_contacts', 'crm_activities', 'crm_opportunities'])
        for (const row of await database(collection).where({ customer })) expect(row, collection).toMatchObject(place);
      for (const row of await database('crm_activities').where({ lead: tree.rows.crm_leads.id })) expect(row).toMatchObject(place);
      expect(await treeRecount(database)).toEqual([]);
      await expectSees(world(), 'repA1', tree, 403);
      await expectSees(world(), 'headA', tree, 403);
      await expectSees(world(), 'repB', tree, 200);
    }
  });

  test('ORG-3: two who execute one transfer at once move it once', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '同时执行' });
    const { id } = (await ask(world(), 'repA1', { customer, to_segment: world().segment.b })).body.data;
    const answers = await Promise.all([1, 2, 3].map(() => execute(world(), 'sysadmin', id, { to_owner: world().id.repB })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await world().host.database('crm_audit').where({ action: 'transfer', item: customer })).toHaveLength(1);
  });

  test('ORG-3: two who ask for one customer at once are one request', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '同时申请' });
    const askers = ['repA1', 'headA', 'adminA', 'exec'] as const;
    const answers = await Promise.all(askers.map((who) => ask(world(), who, { customer, to_segment: world().segment.b })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await world().host.database('crm_transfers').where({ customer })).toHaveLength(1);
  });
}
