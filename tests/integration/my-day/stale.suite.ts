import { beforeEach, expect, test } from 'vitest';
import type { World } from '../access/world.ts';
import { clearDay, dayOf, daysAgo } from './ask.ts';

export function staleSuite(world: () => World): void {
  beforeEach(async () => {
    await clearDay(world());
    await rule({ follow_up_days: 30, follow_up_rule: 'rolling' });
  });

  const rule = (values: Record<string, unknown>) => world().host.database('crm_segments').where({ id: world().segment.a }).update(values);
  async function lead(title: string, values: Record<string, unknown>): Promise<string> {
    const { id } = await world().create('repA1', 'crm_leads', { title });
    await world().host.database('crm_leads').where({ id }).update(values);
    return id;
  }
  async function opportunity(title: string, values: Record<string, unknown>): Promise<string> {
    const customer = (await world().create('repA1', 'crm_customers', { name: `${title}有限公司` })).id;
    const { id } = await world().create('repA1', 'crm_opportunities', { title, customer });
    await world().host.database('crm_opportunities').where({ id }).update(values);
    return id;
  }
  const stale = async () => (await dayOf(world(), 'repA1')).stale_soon.map(({ title, days_left }) => [title, days_left]);

  test('USE-3: open leads and opportunities are named a week before their month is over, the latest first', async () => {
    await lead('七天', { last_activity_at: daysAgo(23), status: 'following' });
    await lead('八天', { last_activity_at: daysAgo(22) });
    await lead('从未跟进', { last_activity_at: null, date_created: daysAgo(40) });
    await lead('刚录入', { last_activity_at: null });
    await lead('已流失', { last_activity_at: daysAgo(90), status: 'lost' });
    await lead('已转化', { last_activity_at: daysAgo(90), status: 'converted' });
    await opportunity('今天到期', { last_activity_at: daysAgo(30) });
    await opportunity('已关闭', { last_activity_at: daysAgo(90), closed_on: '2026-01-01' });
    expect(await stale()).toEqual([
      ['从未跟进', -10],
      ['今天到期', 0],
      ['七天', 7],
    ]);
    const day = await dayOf(world(), 'repA1');
    expect(day.counts.stale_soon).toBe(3);
    expect(day.stale_soon[1]).toMatchObject({ collection: 'crm_opportunities', customer: { name: '今天到期有限公司' } });
  });

  test('Q13: the days are a parameter of the segment', async () => {
    await lead('十天前', { last_activity_at: daysAgo(10) });
    expect(await stale()).toEqual([]);
    await rule({ follow_up_days: 14 });
    expect(await stale()).toEqual([['十天前', 4]]);
  });

  test('Q13: a segment may count by calendar month', async () => {
    await rule({ follow_up_rule: 'calendar_month' });
    await lead('上上个月', { last_activity_at: daysAgo(65) });
    await lead('本月', { last_activity_at: daysAgo(0) });
    const [first, ...rest] = await stale();
    expect([first![0], Number(first![1]) < 0, rest]).toEqual(['上上个月', true, []]);
  });

  test('USE-3: one activity that says "no change" is enough', async () => {
    const id = await lead('无变化', { last_activity_at: daysAgo(29) });
    expect(await stale()).toEqual([['无变化', 1]]);
    await world().create('repA1', 'crm_activities', { type: 'no_change', subject: '无变化', lead: id, done_at: new Date().toISOString() });
    expect(await stale()).toEqual([]);
  });
}
