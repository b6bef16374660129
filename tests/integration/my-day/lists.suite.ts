import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { myDay } from '../../../extensions/crm/src/reports/my-day/answers.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { PersonName, World } from '../access/world.ts';
import { askDay, clearDay, dayIn, dayOf, idsIn, planFor } from './ask.ts';

export function listsSuite(world: () => World): void {
  beforeEach(() => clearDay(world()));

  const plan = (who: PersonName, fields: Record<string, unknown>) => planFor(world(), who, fields);
  const set = (id: string, values: Record<string, unknown>) => world().host.database('crm_activities').where({ id }).update(values);

  test('USE-3: a day lists what is overdue, what is due today, and nothing that is done, declined or to come', async () => {
    const customer = (await world().create('repA1', 'crm_customers', { name: '今日测试有限公司' })).id;
    const lead = (await world().create('repA1', 'crm_leads', { title: '今日线索', customer })).id;
    const older = await plan('repA1', { due_on: dayIn(-9), customer });
    const late = await plan('repA1', { due_on: dayIn(-1), lead });
    const minor = await plan('repA1', { due_on: dayIn(0), priority: 'low' });
    const urgent = await plan('repA1', { due_on: dayIn(0), priority: 'high' });
    await plan('repA1', { due_on: dayIn(1) });
    await plan('repA1', {});
    await plan('repA1', { due_on: dayIn(-1), done_at: new Date().toISOString() });
    await set(await plan('repA1', { due_on: dayIn(0) }), { assignment: 'declined' });
    const day = await dayOf(world(), 'repA1');
    expect(myDay.safeParse(day).error).toBeUndefined();
    expect(day.date).toBe(dayIn(0));
    expect(idsIn(day.overdue)).toEqual([older, late]);
    expect(idsIn(day.today)).toEqual([urgent, minor]);
    expect(day.counts).toEqual({ overdue: 2, today: 2, stale_soon: 0, approvals: 0, to_me: 0, by_me: 0 });
    expect(day.overdue.map(({ about, customer: of }) => [about?.title, of?.name])).toEqual([
      ['今日测试有限公司', '今日测试有限公司'],
      ['今日线索', '今日测试有限公司'],
    ]);
    expect(day.today[0]).toMatchObject({ about: null, customer: null, phone: null, due_on: dayIn(0) });
  });

  test('F37: today is the day of the segment, wherever the server stands', async () => {
    const [east, west] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    const dates = [];
    for (const timezone of [east, west]) {
      await world().host.database('crm_segments').where({ id: world().segment.a }).update({ timezone });
      dates.push((await dayOf(world(), 'repA1')).date);
    }
    await world().host.database('crm_segments').where({ id: world().segment.a }).update({ timezone: 'Asia/Shanghai' });
    const [first, second] = dates.map((date) => Date.parse(date));
    expect((first! - second!) / 86_400_000).toBeGreaterThanOrEqual(1);
  });

  test('USE-3: a list ends at twenty, counting at a hundred', async () => {
    const { host, segment, id } = world();
    const rows = Array.from({ length: 130 }, (_none, n) => ({
      id: randomUUID(),
      type: 'call',
      subject: `第 ${n} 次`,
      priority: 'medium',
      due_on: toStoredDay(host.database, dayIn(-1)),
      owner: id.repA1,
      segment: segment.a,
    }));
    await host.database.batchInsert('crm_activities', rows, 50);
    const day = await dayOf(world(), 'repA1');
    expect([day.overdue.length, day.counts.overdue]).toEqual([20, 100]);
  });

  test('ORG-4: what was assigned waits for an answer with one, and is watched by the other', async () => {
    const asked = await plan('repA1', { due_on: dayIn(3), subject: '请拜访' });
    const refused = await plan('repA1', { due_on: dayIn(2), subject: '请致电' });
    const taken = await plan('repA1', { due_on: dayIn(2) });
    const { id } = world();
    await set(asked, { assigned_by: id.headA, assignment: 'requested' });
    await set(refused, { assigned_by: id.headA, assignment: 'declined', declined_reason: '出差' });
    await set(taken, { assigned_by: id.headA, assignment: 'accepted' });
    const rep = await dayOf(world(), 'repA1');
    expect(idsIn(rep.assigned.to_me)).toEqual([asked]);
    expect(rep.assigned.to_me[0]!.person).toEqual({ id: id.headA, name: 'headA' });
    expect(rep.assigned.by_me).toEqual([]);
    const head = await dayOf(world(), 'headA');
    expect(head.assigned.by_me.map((row) => [row.id, row.assignment, row.declined_reason, row.person?.name])).toEqual([
      [refused, 'declined', '出差', 'repA1'],
      [asked, 'requested', null, 'repA1'],
    ]);
    expect([head.counts.by_me, head.counts.to_me]).toEqual([2, 0]);
    // The work is the rep's own, so it is not in the head's day.
    expect(head.overdue).toEqual([]);
  });

  test('SAL-8: what was taken on is lost by nobody: without a day it stays with who does it, overdue it comes back to who asked', async () => {
    const { id } = world();
    const taken = { assigned_by: id.headA, assignment: 'accepted' };
    const asked = await plan('repA1', { due_on: dayIn(3) });
    const undated = await plan('repA1', {});
    const late = await plan('repA1', { due_on: dayIn(-2) });
    const today = await plan('repA1', { due_on: dayIn(0) });
    const ahead = await plan('repA1', { due_on: dayIn(2) });
    const done = await plan('repA1', { due_on: dayIn(-2), done_at: new Date().toISOString() });
    const own = await plan('repA1', {});
    await set(asked, { assigned_by: id.headA, assignment: 'requested' });
    for (const one of [undated, late, today, ahead, done]) await set(one, taken);
    await set(own, { assignment: 'accepted' });
    const rep = await dayOf(world(), 'repA1');
    // What waits for an answer stands first, and what has a day stands where its day is.
    expect(idsIn(rep.assigned.to_me)).toEqual([asked, undated]);
    expect([idsIn(rep.overdue), idsIn(rep.today), rep.counts.to_me]).toEqual([[late], [today], 2]);
    const head = await dayOf(world(), 'headA');
    expect(head.assigned.by_me.map((row) => [row.id, row.assignment])).toEqual([
      [late, 'accepted'],
      [asked, 'requested'],
    ]);
    expect(head.counts.by_me).toBe(2);
    expect(myDay.safeParse(rep).error ?? myDay.safeParse(head).error).toBeUndefined();
  });

  test('APR-1: what waits for somebody’s decision is in their day, and in nobody else’s', async () => {
    const { host, segment, id } = world();
    const [rule, approval] = [randomUUID(), randomUUID()];
    await host
      .database('crm_approval_rules')
      .insert({ id: rule, name: '我的一天', kind: 'discount', mode: 'any_of', limit_days: 2, active: true, segment: segment.a });
    await host
      .database('crm_approval_steps')
      .insert({ id: randomUUID(), rule, by: 'role', role: 'segment_head', sort: 1, segment: segment.a });
    await host.database('crm_approvals').insert({
      ...{ id: approval, kind: 'discount', state: 'pending', title: '八折', collection: 'crm_opportunities', item: randomUUID() },
      ...{ rule, step: 1, version: 1, segment: segment.a, owner: id.repA1, requested_by: id.repA1 },
      due_on: toStoredDay(host.database, dayIn(1)),
    });
    const head = await dayOf(world(), 'headA');
    expect(head.approvals).toEqual({
      count: 1,
      items: [{ id: approval, kind: 'discount', title: '八折', due_on: dayIn(1), requested_by: { id: id.repA1, name: 'repA1' } }],
    });
    expect(head.counts.approvals).toBe(1);
    for (const who of ['repA1', 'repA2', 'headB', 'repB'] as const) expect((await dayOf(world(), who)).approvals.items, who).toEqual([]);
    await host.database('crm_approvals').where({ id: approval }).delete();
    await host.database('crm_approval_rules').where({ id: rule }).delete();
  });

  test.each(['sysadmin', 'exec', 'headA', 'adminA', 'repA1', 'lostRep', 'lostHead'] as const)(
    'my-day answers %s, whatever the role, and is kept nowhere',
    async (who) => {
      const answer = await askDay(world(), who);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(myDay.safeParse(answer.body).error).toBeUndefined();
    },
  );

  test('nobody without a log-in has a day', async () => {
    expect((await world().host.anonymous.request('GET', '/crm/my-day')).status).toBe(403);
  });
}
