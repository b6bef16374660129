import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { recountMarks } from '../../../extensions/crm/src/customers/index.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { treeRecount } from '../../../extensions/crm/src/segments/index.ts';
import { expectTreeAt, plant } from '../access/tree.ts';
import type { World } from '../access/world.ts';
import { ask, execute, expectSees } from './desk.ts';

const ROUNDS = 3;
/** Where two wait for each other it shows only now and then. */
const MANY_ROUNDS = 12;

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

  test('ORG-3, SAL-6, SAL-8: leads with declined work that are hung elsewhere while their customers go deadlock nobody', async () => {
    const { database } = world().host;
    const { segment, id } = world();
    const head = world().as.headA;
    const declined = async (lead: string, owner: string) => {
      const work = { id: randomUUID(), type: 'task', subject: '已拒绝的工作', lead, priority: 'medium', segment: segment.a, owner };
      const answer = { assigned_by: id.headA, assignment: 'declined', declined_reason: '外出' };
      await database('crm_activities').insert({ ...work, ...answer, due_on: toStoredDay(database, '2026-12-24') });
      return work.id;
    };
    const leadOf = async (who: 'repA1' | 'repA2', row: object) => {
      const graded = { title: '线索', company_name: '启明', phone: '13700137002', status: 'qualified', grade: 'A' };
      const lead = (await world().create(who, 'crm_leads', { ...graded, ...row })).id;
      await declined(lead, id[who]);
      return lead;
    };
    for (let round = 0; round < MANY_ROUNDS; round++) {
      const customer = async (name: string) => (await world().create('repA1', 'crm_customers', { name: `${name} ${round}` })).id;
      const [leaves, stays] = [await customer('离开'), await customer('留下')];
      const [below, beside] = [await leadOf('repA1', { customer: leaves }), await leadOf('repA1', { customer: stays })];
      const [joining, given] = [await leadOf('repA2', {}), await leadOf('repA1', {})];
      const transfer = (await ask(world(), 'headA', { customer: leaves, to_segment: segment.b })).body.data.id;
      const hang = (lead: string, on: string) => head.request('PATCH', `/items/crm_leads/${lead}`, { customer: on });
      const log = (lead: string) =>
        world().as.repA1.request('POST', '/items/crm_activities', { lead, type: 'call', subject: '电话', due_on: '2026-12-01' });
      const working = [hang(joining, leaves), log(below), hang(below, stays), hang(beside, leaves), log(beside)];
      const [moved, ...answers] = await Promise.all([
        execute(world(), 'sysadmin', transfer, { to_owner: id.repB }),
        ...working,
        head.request('POST', `/crm/leads/${given}/allocate`, { owner: id.repA2 }),
        ask(world(), 'headA', { customer: stays, to_segment: segment.a, to_owner: id.repA2 }),
      ]);
      expect(moved.status, moved.text).toBe(200);
      for (const answer of answers) expect([200, 204, 400, 403, 409], answer.text).toContain(answer.status);
      expect(await world().row('crm_customers', leaves)).toMatchObject({ segment: segment.b, owner: id.repB });
      expect([await treeRecount(database), await recountMarks(database)]).toEqual([[], []]);
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
