import { createHash } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { policyIdOf } from '../../../seed/access/identities.ts';
import type { PersonName, World } from '../access/world.ts';
import { askDay, clearDay, dayIn, dayOf, daysAgo } from './ask.ts';

const PHONE = '13912345678';
const MASK = '139****5678';

export function phonesSuite(world: () => World): void {
  beforeEach(async () => {
    await clearDay(world());
    await world().host.database('crm_segments').where({ id: world().segment.a }).update({ reveal_notice_at: 150, reveal_stop_at: 500 });
    await world().host.database('directus_notifications').delete();
  });

  const log = () => world().host.database('crm_reveals').select('*');
  async function customerWith(who: PersonName, name: string, phone = PHONE): Promise<{ customer: string; contact: string }> {
    const customer = (await world().create(who, 'crm_customers', { name })).id;
    const contact = (await world().create(who, 'crm_contacts', { name: '张三', customer, phone })).id;
    return { customer, contact };
  }
  const plan = (who: PersonName, fields: Record<string, unknown>) =>
    world().create(who, 'crm_activities', { type: 'call', subject: '致电', due_on: dayIn(0), ...fields });

  test('Q11: the owner has the number in clear; one row in the log for the day, named my_day, without the value', async () => {
    const { customer, contact } = await customerWith('repA1', '明文电话有限公司');
    await plan('repA1', { customer });
    const before = Number((await world().host.database('crm_audit').where({ action: 'reveal' }).count({ n: '*' }).first())!['n']);
    for (let look = 0; look < 3; look += 1) {
      const answer = await askDay(world(), 'repA1');
      expect(answer.body.today[0]!.phone).toEqual({
        collection: 'crm_contacts',
        id: contact,
        field: 'phone',
        name: '张三',
        value: PHONE,
        clear: true,
      });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('etag') ?? '').not.toContain(createHash('sha1').update(answer.text).digest('base64').slice(0, 27));
    }
    const rows = await log();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ collection: 'crm_contacts', item: contact, field: 'phone', purpose: 'my_day', user: world().id.repA1 });
    expect(rows[0]).toMatchObject({ segment: world().segment.a, owner: world().id.repA1 });
    expect(JSON.stringify(rows)).not.toContain(PHONE);
    const audited = await world().host.database('crm_audit').where({ action: 'reveal' }).count({ n: '*' }).first();
    expect(Number(audited!['n'])).toBe(before + 1);
  });

  test('Q11: leads, opportunities and persons show theirs, a switchboard is no secret', async () => {
    const lead = (await world().create('repA1', 'crm_leads', { title: '电话线索', contact_name: '李四', phone: PHONE })).id;
    const person = (await world().create('repA1', 'crm_customers', { name: '王五', kind: 'person', phone: '13700001111' })).id;
    const company = (await world().create('repA1', 'crm_customers', { name: '总机有限公司', phone: '010-65588888' })).id;
    const { customer, contact } = await customerWith('repA1', '商机电话有限公司', '13600002222');
    const opportunity = (await world().create('repA1', 'crm_opportunities', { title: '商机', customer })).id;
    for (const link of [{ lead }, { customer: person }, { customer: company }, { opportunity }]) await plan('repA1', link);
    const { today } = await dayOf(world(), 'repA1');
    const byAbout = new Map(today.map(({ about, phone }) => [about!.id, phone]));
    expect(byAbout.get(lead)).toMatchObject({ collection: 'crm_leads', value: PHONE, clear: true, name: '李四' });
    expect(byAbout.get(person)).toMatchObject({ collection: 'crm_customers', value: '13700001111', clear: true });
    expect(byAbout.get(company)).toMatchObject({ value: '010-65588888', clear: true });
    expect(byAbout.get(opportunity)).toMatchObject({ collection: 'crm_contacts', id: contact, value: '13600002222' });
    expect(new Set((await log()).map(({ item }) => item))).toEqual(new Set([lead, person, contact]));
  });

  test('Q11, ORG-11: where the stored rights are narrower, the number stays a mask on the page too', async () => {
    const { customer } = await customerWith('repA1', '收窄权限有限公司');
    await plan('repA1', { customer });
    const { database } = world().host;
    const rule = { policy: policyIdOf('sales_rep'), collection: 'crm_contacts', action: 'read' };
    const { fields } = (await database('directus_permissions').where(rule).first('fields'))!;
    const without = String(fields)
      .split(',')
      .filter((field) => field !== 'phone');
    const isClear = async () => (await dayOf(world(), 'repA1')).today[0]!.phone?.clear;
    expect(await isClear()).toBe(true);
    await database('directus_permissions')
      .where(rule)
      .update({ fields: without.join(',') });
    try {
      await vi.waitFor(async () => expect(await isClear()).toBe(false), { timeout: 20_000, interval: 300 });
    } finally {
      await database('directus_permissions').where(rule).update({ fields });
    }
    await vi.waitFor(async () => expect(await isClear()).toBe(true), { timeout: 20_000, interval: 300 });
  });

  test('Q11: the alarm counts only records opened: what the page shows neither raises nor reaches it', async () => {
    await world().host.database('crm_segments').where({ id: world().segment.a }).update({ reveal_notice_at: 3, reveal_stop_at: 5 });
    const contacts: string[] = [];
    for (const name of ['甲', '乙', '丙', '丁']) {
      const { customer, contact } = await customerWith('repA1', `${name}一二三有限公司`);
      await plan('repA1', { customer });
      contacts.push(contact);
    }
    await dayOf(world(), 'repA1');
    expect(await log()).toHaveLength(4);
    await world().host.database('directus_notifications').delete();
    // The first two that are opened do not reach the mark of three; the third does.
    const open = (id: string) => world().as.repA1.request('POST', `/crm/contacts/${id}/reveal`, { field: 'phone', reason: 'follow_up' });
    for (const id of contacts.slice(0, 2)) expect((await open(id)).status).toBe(200);
    expect(await world().host.database('directus_notifications').select('id')).toEqual([]);
    expect((await open(contacts[2]!)).status).toBe(200);
    expect((await world().host.database('directus_notifications').select('id')).length).toBeGreaterThan(0);
    // What was opened is a row of its own beside the one of my-day.
    expect(
      (await log())
        .filter(({ item }) => item === contacts[0])
        .map(({ purpose }) => purpose)
        .sort(),
    ).toEqual(['follow_up', 'my_day']);
  });

  test('Q11: whoever the alarm has stopped sees masks on the page, too; and so does who was shown as many on it', async () => {
    const { customer } = await customerWith('repA1', '停看一有限公司');
    const { customer: second, contact } = await customerWith('repA1', '停看二有限公司');
    await plan('repA1', { customer });
    await plan('repA1', { customer: second });
    await world().as.repA1.request('POST', `/crm/contacts/${contact}/reveal`, { field: 'phone', reason: 'follow_up' });
    const limit = (reveal_stop_at: number) =>
      world().host.database('crm_segments').where({ id: world().segment.a }).update({ reveal_stop_at });
    const shown = async () => (await dayOf(world(), 'repA1')).today.map(({ phone }) => [phone!.value, phone!.clear]);
    await limit(1);
    expect(await shown()).toEqual([
      [MASK, false],
      [MASK, false],
    ]);
    await limit(3);
    expect(await shown()).toEqual([
      [PHONE, true],
      [PHONE, true],
    ]);
    await limit(2);
    expect(await shown()).toEqual([
      [MASK, false],
      [MASK, false],
    ]);
  });

  test('Q11, SEC-5: the page has marks of its own: heads are told once, and what goes beyond the last stays a mask', async () => {
    const limits = (reveal_notice_at: number, reveal_stop_at: number) =>
      world().host.database('crm_segments').where({ id: world().segment.a }).update({ reveal_notice_at, reveal_stop_at });
    const told = () => world().host.database('directus_notifications').where({ recipient: world().id.headA }).select('id');
    await limits(2, 3);
    const more = async (names: readonly string[]) => {
      for (const name of names) await plan('repA1', { customer: (await customerWith('repA1', `页面${name}有限公司`)).customer });
      return (await dayOf(world(), 'repA1')).today.map(({ phone }) => phone!.clear).sort();
    };
    expect(await more(['一'])).toEqual([true]);
    expect(await told()).toEqual([]);
    expect(await more(['二'])).toEqual([true, true]);
    expect(await told()).toHaveLength(1);
    // Two more would be four: those of before stay, the new ones are not shown.
    expect(await more(['三', '四'])).toEqual([false, false, true, true]);
    expect(await log()).toHaveLength(2);
    expect(await told()).toHaveLength(1);
  });

  test('Q11: only the owner: a head who opened the record has no number on the page', async () => {
    const { customer, contact } = await customerWith('repA1', '他人所有有限公司');
    await world().create('headA', 'crm_activities', { type: 'call', subject: '过问', due_on: dayIn(0), owner: world().id.headA });
    await world()
      .host.database('crm_recent_records')
      .insert({ id: contact, user: world().id.headA, collection: 'crm_contacts', item: contact, at: daysAgo(0) });
    const answer = await askDay(world(), 'headA');
    expect(answer.body.recent).toMatchObject([{ id: contact, phone: null }]);
    expect(answer.text).not.toContain(PHONE);
    expect(customer).toBeTruthy();
    expect(await log()).toEqual([]);
  });

  test('Q11: nobody can give the page as a reason for opening a record', async () => {
    const { contact } = await customerWith('repA1', '理由有限公司');
    await world().as.headA.request('POST', `/crm/contacts/${contact}/reveal`, { field: 'phone', reason: 'my_day' });
    expect((await log()).map(({ purpose, reason }) => [purpose, reason])).toEqual([['other', 'my_day']]);
  });

  test('SEC-1: a number that does not open stays a mask, and the page stands', async () => {
    const { customer, contact } = await customerWith('repA1', '损坏有限公司');
    await plan('repA1', { customer });
    await world().host.database('crm_contacts').where({ id: contact }).update({ phone_sealed: 'crm1.A256GCM.subject.AAAA.AAAA' });
    expect((await dayOf(world(), 'repA1')).today[0]!.phone).toMatchObject({ value: MASK, clear: false });
    expect(await log()).toEqual([]);
  });
}
