import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { loadActor } from '../../../extensions/crm/src/platform/api/actor.ts';
import { reached } from '../../../extensions/crm/src/reports/my-day/reach.ts';
import { mayReach } from '../../../extensions/crm/src/segments/index.ts';
import type { PersonName, World } from '../access/world.ts';
import { askDay, clearDay, dayIn, dayOf, daysAgo, idsIn, planFor } from './ask.ts';

export function reachSuite(world: () => World): void {
  beforeEach(() => clearDay(world()));

  const plan = (who: PersonName) => planFor(world(), who, { subject: `${who} 的行动`, due_on: dayIn(-1) });
  const opened = (who: PersonName, collection: string, item: string, at = new Date()) =>
    world().host.database('crm_recent_records').insert({ id: randomUUID(), user: world().id[who], collection, item, at });

  test('ORG-2: everybody has the own work alone, a head too', async () => {
    const mine = await plan('repA1');
    const others = await plan('repA2');
    expect(idsIn((await dayOf(world(), 'repA1')).overdue)).toEqual([mine]);
    expect(idsIn((await dayOf(world(), 'repA2')).overdue)).toEqual([others]);
    for (const who of ['headA', 'adminA', 'exec', 'sysadmin', 'repB'] as const)
      expect((await dayOf(world(), who)).overdue, who).toEqual([]);
  });

  test('F5: a row of a former segment is in nobody’s day, though its owner stands in it', async () => {
    const { host, segment } = world();
    const lead = (await world().create('repA1', 'crm_leads', { title: '留在原版块' })).id;
    await host
      .database('crm_leads')
      .where({ id: lead })
      .update({ segment: segment.b, last_activity_at: daysAgo(40) });
    const activity = await plan('repA1');
    await host.database('crm_activities').where({ id: activity }).update({ segment: segment.b });
    const contact = await contactOf('repA1', '原版块联系人');
    await host.database('crm_contacts').where({ id: contact }).update({ segment: segment.b });
    await opened('repA1', 'crm_leads', lead);
    await opened('repA1', 'crm_contacts', contact);
    const answer = await askDay(world(), 'repA1');
    expect(answer.body).toMatchObject({ overdue: [], stale_soon: [], recent: [] });
    for (const id of [lead, activity, contact, '留在原版块']) expect(answer.text).not.toContain(id);
  });

  async function contactOf(who: PersonName, name: string): Promise<string> {
    const customer = (await world().create(who, 'crm_customers', { name: `${name}有限公司` })).id;
    return (await world().create(who, 'crm_contacts', { name, customer, phone: '13900001111' })).id;
  }

  test('ORG-2: an own activity that points at a foreign row tells nothing of it', async () => {
    const { host, id, segment } = world();
    const foreign = (await world().create('repB', 'crm_customers', { name: '他版块机密有限公司' })).id;
    const contact = (await world().create('repB', 'crm_contacts', { name: '机密联系人', customer: foreign, phone: '13711112222' })).id;
    const activity = await plan('repA1');
    await host.database('crm_activities').where({ id: activity }).update({ customer: foreign });
    // A contact that names the customer of another segment as its own.
    await host.database('crm_contacts').where({ id: contact }).update({ owner: id.repA1, segment: segment.b });
    const answer = await askDay(world(), 'repA1');
    expect(answer.body.overdue).toMatchObject([{ id: activity, about: null, customer: null, phone: null }]);
    for (const secret of ['机密', foreign, contact, '13711112222', '2222']) expect(answer.text).not.toContain(secret);
  });

  test('F5: recently opened records come latest first, each once, and leave with the right to read them', async () => {
    const own = (await world().create('repA1', 'crm_customers', { name: '近期客户' })).id;
    const lead = (await world().create('repA1', 'crm_leads', { title: '近期线索' })).id;
    const foreign = (await world().create('repB', 'crm_customers', { name: '他人客户' })).id;
    await opened('repA1', 'crm_customers', own, daysAgo(3));
    await opened('repA1', 'crm_leads', lead, daysAgo(2));
    await opened('repA1', 'crm_customers', own, daysAgo(1));
    await opened('repA1', 'crm_customers', foreign);
    await opened('repA1', 'crm_customers', randomUUID());
    await opened('repA1', 'directus_users', world().id.repB);
    await opened('repA1', 'crm_leads', 'x');
    await opened('repB', 'crm_customers', own);
    expect((await dayOf(world(), 'repA1')).recent.map(({ title }) => title)).toEqual(['近期客户', '近期线索']);
    expect((await dayOf(world(), 'repB')).recent).toEqual([]);
    await opened('headA', 'crm_customers', own);
    expect((await dayOf(world(), 'headA')).recent).toMatchObject([{ id: own, phone: null }]);
    await world().host.database('crm_customers').where({ id: own }).update({ owner: world().id.repA2 });
    expect((await dayOf(world(), 'repA1')).recent.map(({ title }) => title)).toEqual(['近期线索']);
  });

  test('ORG-2: nothing that a request names makes it somebody else’s day', async () => {
    await plan('repA2');
    const answer = await world().as.repA1.request(
      'GET',
      `/crm/my-day?user=${world().id.repA2}&owner=${world().id.repA2}&filter[owner][_eq]=${world().id.repA2}&limit=-1`,
    );
    expect([answer.status, answer.body?.overdue]).toEqual([200, []]);
  });

  test('ORG-2: the page reaches the very rows that the rules of segments reach, and that the host shows', async () => {
    const { host, as, id } = world();
    for (const who of ['repA1', 'repB', 'headA', 'adminB'] as const) await world().create(who, 'crm_customers', { name: `${who} 的客户` });
    const rows = await host.database('crm_customers').select('id', 'segment', 'owner');
    for (const who of Object.keys(id) as PersonName[]) {
      const actor = (await loadActor(host.database, { user: id[who] } as never))!;
      const sql: string[] = await reached(host.database('crm_customers'), actor).pluck('id');
      const rule = rows.filter((row) => mayReach(actor, row)).map((row) => row.id as string);
      const shown = await as[who].request<{ data?: { id: string }[] }>('GET', '/items/crm_customers?fields=id&limit=-1');
      expect(sql.sort(), who).toEqual(rule.sort());
      expect(idsIn(shown.body.data ?? []).sort(), who).toEqual(rule);
    }
  });
}
