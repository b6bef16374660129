import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { reasons, LI, type Stage } from '../customers/stage.ts';

/** Plans by class and grade make activities ahead of their day. */
export function plansSuite(stage: () => Stage): void {
  const world = () => stage().world;
  const run = (as_of?: string, who: 'sysadmin' | 'headA' = 'sysadmin') =>
    world().as[who].request<{ created: number; as_of: string; errors: { extensions: { code: string } }[] }>(
      'POST',
      '/crm/plans/run',
      as_of ? { as_of } : {},
    );
  const planned = (customer: string) =>
    world().host.database('crm_activities').where({ customer }).whereNotNull('plan_key').orderBy('plan_key').select();
  const dueDays = async (customer: string) =>
    (await world().as.sysadmin.request('GET', `/items/crm_activities?filter[customer][_eq]=${customer}&sort=due_on&fields=due_on,type`))
      .body.data;
  const active = (more: object = {}) => stage().enter({ ...stage().complete(), ...more, contacts: [LI] });
  /** Since a day, and complete: what a class asks of a customer is not the matter here. */
  const since = (customer: string, day: string, status = 'active') =>
    world()
      .host.database('crm_customers')
      .where({ id: customer })
      .update({ date_created: new Date(`${day}T02:00:00Z`), status });

  beforeAll(async () => {
    await world().host.database('crm_follow_up_plans').update({ active: false });
    for (const [key, plan] of Object.entries({
      general: { class: 'general', every_days: 30 },
      key: { class: 'key', every_days: 20, type: 'visit' },
    }))
      await world().create('sysadmin', 'crm_follow_up_plans', { name: key, type: 'call', subject: '计划跟进', ahead_days: 7, ...plan });
  });

  test('SAL-12, SAL-13, CUS-9: what is due soon is made ahead, on a working day, and counts as the next due day', async () => {
    const customer = await active({ name: '计划有限公司', class: 'general', grade: 'B' });
    await since(customer, '2026-09-01');
    await run('2026-09-20');
    expect(await planned(customer)).toEqual([]);
    const ran = await run('2026-09-25');
    expect(ran.status, ran.text).toBe(200);
    // The first of October begins a week of holidays; the Saturday after it is worked.
    expect(await dueDays(customer)).toEqual([{ due_on: '2026-10-08', type: 'call' }]);
    const [activity] = await planned(customer);
    expect(activity).toMatchObject({
      owner: world().id.repA1,
      segment: world().segment.a,
      subject: '计划跟进',
      assigned_by: null,
      assignment: null,
    });
    const { data } = (await world().as.repA1.request('GET', `/items/crm_customers/${customer}?fields=next_due_on`)).body;
    expect(data.next_due_on).toBe('2026-10-08');
    const logged = await world().host.database('crm_audit').where({ collection: 'crm_activities', item: activity.id, action: 'create' });
    expect(logged).toHaveLength(1);
  });

  test('SAL-12: running twice, at once, or later makes nothing twice; once it is done the next one follows', async () => {
    const customer = await active({ name: '重复有限公司', class: 'key', grade: 'A' });
    await since(customer, '2026-06-01');
    const answers = await Promise.all([run('2026-07-01'), run('2026-07-01'), run('2026-07-01')]);
    for (const { status, body } of answers) if (status !== 200) expect(body.errors[0]!.extensions.code).toBe('PLANS_RUNNING');
    await run('2026-07-01');
    await run('2026-07-20');
    const [visit, ...more] = await planned(customer);
    expect(more).toEqual([]);
    await stage().patch('crm_activities', visit.id, { done_at: '2026-07-21T02:00:00Z' });
    await run('2026-07-22');
    expect(await planned(customer)).toHaveLength(1);
    await run('2026-08-05');
    expect((await dueDays(customer)).map(({ due_on }: { due_on: string }) => due_on)).toEqual(['2026-07-01', '2026-08-10']);
    // On the way somebody met them on an opportunity: that counts, too.
    const opportunity = (await world().create('repA1', 'crm_opportunities', { title: '商机', customer })).id;
    const [, second] = await planned(customer);
    await stage().patch('crm_activities', second.id, { done_at: '2026-08-10T02:00:00Z' });
    await world().create('repA1', 'crm_activities', { type: 'visit', subject: '路过', opportunity, done_at: '2026-08-25T02:00:00Z' });
    await run('2026-08-31');
    expect(await planned(customer)).toHaveLength(2);
  });

  test('SAL-12: as many as are due are made in one run, also where each customer has several plans', async () => {
    const { database } = world().host;
    const model = await active({ name: '批量有限公司', class: 'general' });
    await since(model, '2026-04-01');
    const own = { class: 'general', segment: world().segment.a, subject: '批量', every_days: 5, ahead_days: 2 };
    const plans: string[] = [];
    for (const type of ['visit', 'meeting', 'mail']) {
      plans.push((await world().create('sysadmin', 'crm_follow_up_plans', { name: `批量 ${type}`, type, ...own })).id);
    }
    const row: Record<string, unknown> = await database('crm_customers').where({ id: model }).first();
    // PostgreSQL hands JSON out read, and takes it as text.
    const stored = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value,
      ]),
    );
    const copies = Array.from({ length: 180 }, () => ({ ...stored, id: randomUUID() }));
    const ids = copies.map(({ id }) => id);
    try {
      for (let at = 0; at < copies.length; at += 20) await database('crm_customers').insert(copies.slice(at, at + 20));
      const ran = await run('2026-04-05');
      expect(ran.status, ran.text).toBe(200);
      const made = await database('crm_activities').whereIn('customer', ids).where({ subject: '批量' }).select('id');
      expect(made).toHaveLength(540);
      expect((await run('2026-04-05')).body.created).toBe(0);
    } finally {
      await database('crm_activities').whereIn('customer', ids).delete();
      await database('crm_customers').whereIn('id', ids).delete();
      for (const id of plans) await world().as.sysadmin.request('PATCH', `/items/crm_follow_up_plans/${id}`, { active: false });
    }
  });

  test('SAL-12: what is entered as done long before its day does not stop the plan', async () => {
    const customer = await active({ name: '补录有限公司', class: 'key', grade: 'A' });
    await since(customer, '2026-06-01');
    await run('2026-06-20');
    const [visit] = await planned(customer);
    await stage().patch('crm_activities', visit.id, { done_at: '2026-06-01T02:00:00Z' });
    await run('2026-06-21');
    expect(await planned(customer)).toHaveLength(1);
    await run('2026-07-06');
    expect((await planned(customer)).map(({ plan_key: key }) => String(key).slice(-10))).toEqual(['2026-06-21', '2026-07-11']);
  });

  test('SAL-12: drafts, archived customers and those whose owner has left get none', async () => {
    const [draft, archived, left] = [
      await stage().enter({ name: '草稿有限公司', class: 'general' }),
      await active({ name: '归档有限公司', class: 'general' }),
      await active({ name: '离职有限公司', class: 'general' }),
    ];
    await since(draft, '2026-01-05', 'draft');
    await since(archived, '2026-01-05', 'archived');
    await since(left, '2026-01-05');
    const { database } = world().host;
    const gone = randomUUID();
    const { id: _id, email: _email, token: _token, ...person } = await database('directus_users').where({ id: world().id.repA1 }).first();
    await database('directus_users').insert({ ...person, id: gone, email: `${gone}@example.com`, token: null, status: 'suspended' });
    await database('crm_customers').where({ id: left }).update({ owner: gone });
    await run('2026-03-02');
    for (const id of [draft, archived, left]) expect(await planned(id)).toEqual([]);
  });

  test('SAL-12: a segment’s own plan comes before the shared one, for its customers alone', async () => {
    const own = { name: '本版块', class: 'general', type: 'call', subject: '本版块跟进', every_days: 5, ahead_days: 2 };
    const plan = await world().create('sysadmin', 'crm_follow_up_plans', { ...own, segment: world().segment.a });
    const customer = await active({ name: '自有计划有限公司', class: 'general' });
    await since(customer, '2026-04-01');
    await run('2026-04-05');
    expect((await planned(customer)).map(({ subject }) => subject)).toEqual(['本版块跟进']);
    await world().as.sysadmin.request('PATCH', `/items/crm_follow_up_plans/${plan.id}`, { active: false });
  });

  test('SAL-12: work that moves to another customer is no longer the plan’s, which asks again', async () => {
    const [from, to] = [
      await active({ name: '移出有限公司', class: 'general' }),
      await active({ name: '移入有限公司', class: 'potential' }),
    ];
    await since(from, '2026-02-02');
    await run('2026-03-02');
    const [activity] = await planned(from);
    await stage().patch('crm_activities', activity.id, { customer: to });
    expect((await world().row('crm_activities', activity.id))['plan_key']).toBeNull();
    await run('2026-03-02');
    expect(await planned(from)).toHaveLength(1);
    expect(await planned(to)).toEqual([]);
  });

  test.each([
    ['every_days', 0],
    ['every_days', -3],
    ['every_days', 1.5],
    ['every_days', 'often'],
    ['ahead_days', -1],
  ])('SAL-12: Bad input: a plan with %s %j is refused at its field', async (field, value) => {
    const plan = { name: '坏计划', type: 'call', subject: '跟进', every_days: 30, ahead_days: 7, [field]: value };
    expect(reasons(await stage().post('crm_follow_up_plans', plan, 'sysadmin'))).toEqual([[field, expect.any(String)]]);
  });

  test('SAL-12: Bad input: only a system admin runs plans, and for a day only in words that are one', async () => {
    expect((await run(undefined, 'headA')).status).toBe(403);
    expect((await run('2026-02-30')).status).toBe(400);
    expect((await run('tomorrow')).status).toBe(400);
  });
}
