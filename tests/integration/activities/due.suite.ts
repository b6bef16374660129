import { expect, test } from 'vitest';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { reasons, type Stage } from '../customers/stage.ts';

const DAY = 86_400_000;

/** SAL-6, SAL-8: the due day of work that stands: who moves it, and that it is never moved into the past. */
export function dueSuite(stage: () => Stage): void {
  const world = () => stage().world;
  const day = (ahead: number) => toBusinessDate(new Date(Date.now() + ahead * DAY));
  const patch = (id: string, row: object, who: 'repA1' | 'headA' | 'adminA' | 'repB' = 'repA1') =>
    stage().patch('crm_activities', id, row, who);
  const dueOf = async (id: string) =>
    (await world().as.sysadmin.request('GET', `/items/crm_activities/${id}?fields=due_on`)).body.data.due_on;
  const overdue = (id: string) =>
    world()
      .host.database('crm_activities')
      .where({ id })
      .update({ due_on: toStoredDay(world().host.database, day(-3)) });

  test('SAL-8: open work is not moved into the past, on no path; the day that stands may be sent again', async () => {
    const own = (await world().create('repA1', 'crm_activities', { type: 'task', subject: '自己的事', due_on: day(2) })).id;
    const as = world().as.repA1;
    expect(reasons(await patch(own, { due_on: day(-1) }))).toEqual([['due_on', 'due_moved_into_past']]);
    for (const answer of [
      await as.request('PATCH', '/items/crm_activities', { keys: [own], data: { due_on: day(-1) } }),
      await as.request('PATCH', '/items/crm_activities', [{ id: own, due_on: day(-1) }]),
    ])
      expect(answer.status, answer.text).toBe(400);
    const query = `mutation { update_crm_activities_item(id: "${own}", data: { due_on: "${day(-1)}" }) { id } }`;
    expect((await as.graphql(query)).body.errors).toHaveLength(1);
    expect(await dueOf(own)).toBe(day(2));
    await overdue(own);
    expect((await patch(own, { subject: '改名', due_on: day(-3) })).status).toBe(200);
    expect((await patch(own, { due_on: day(0) })).status).toBe(200);
    expect((await patch(own, { due_on: day(-2), done_at: new Date().toISOString() })).status).toBe(200);
    expect(reasons(await patch(own, { due_on: day(-1), done_at: null }))).toEqual([['due_on', 'due_moved_into_past']]);
    expect((await patch(own, { due_on: day(-1) }, 'repB')).status).toBe(403);
  });

  test('SAL-6: who is to do what somebody else assigned neither puts it off nor takes its day away', async () => {
    const row = { type: 'task', subject: '整理资料', owner: world().id.repA1, due_on: day(2) };
    const given = (await world().create('headA', 'crm_activities', row)).id;
    const done = new Date().toISOString();
    for (const fields of [{ due_on: day(9) }, { due_on: null }, { due_on: null, done_at: done }]) {
      const answer = await patch(given, fields);
      expect(reasons(answer)).toEqual([['due_on', 'due_of_assigned']]);
      expect(answer.text).toContain('派发人');
    }
    expect((await patch(given, { subject: '改名', due_on: day(2) })).status).toBe(200);
    expect((await patch(given, { due_on: day(5) }, 'headA')).status).toBe(200);
    expect((await patch(given, { due_on: day(6) }, 'adminA')).status).toBe(200);
    expect(await dueOf(given)).toBe(day(6));
    await overdue(given);
    expect(reasons(await patch(given, { due_on: day(9) }))).toEqual([['due_on', 'due_of_assigned']]);
    expect((await patch(given, { done_at: done })).status).toBe(200);
  });
}
