import { beforeAll, expect, test } from 'vitest';
import type { World } from '../access/world.ts';
import { approvalAbout, ask, execute, ofAnotherCompany, refusal, transferOf } from './desk.ts';

/** PIPL 23, ORG-3: on what personal data goes to another company. */
export function basisSuite(world: () => World): void {
  beforeAll(() => ofAnotherCompany(world(), world().segment.b));
  const filed = async (who: 'repA1', customer: string, more: object = {}) => {
    const answer = await ask(world(), who, { customer, to_segment: world().segment.b, ...more });
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data.id;
  };

  test('PIPL 23: personal data passes to another company on a named basis, which is kept with the approver and the fields', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '含联系方式的客户' });
    await world().create('repA1', 'crm_contacts', { customer, name: '王五', phone: '13800138000', hobbies: '围棋' });
    const id = await filed('repA1', customer);
    const before = await world().row('crm_customers', customer);
    expect((await execute(world(), 'sysadmin', id, { basis: 'because' })).status).toBe(400);
    expect(refusal(await execute(world(), 'sysadmin', id, { basis: 'same_handler' }))).toEqual([400, 'not_same_handler', 'basis']);
    expect(await world().row('crm_customers', customer)).toEqual(before);
    expect(await approvalAbout(world(), id)).toMatchObject({ state: 'pending' });
    const answer = await execute(world(), 'sysadmin', id, {
      to_owner: world().id.repB,
      basis: 'consent',
      basis_note: '2026-11-20 书面同意',
    });
    expect(answer.status, answer.text).toBe(200);
    expect(await transferOf(world(), id)).toMatchObject({ basis: 'consent', basis_note: '2026-11-20 书面同意' });
    const entry = await world().host.database('crm_audit').where({ action: 'transfer', item: customer }).first();
    expect(entry).toMatchObject({ segment: world().segment.b, user: world().id.sysadmin });
    expect(JSON.stringify(entry.after)).toContain('crm_contacts.phone');
    const contact = await world().host.database('crm_contacts').where({ customer }).first();
    const reveal = await world().as.repB.request('POST', `/crm/contacts/${contact.id}/reveal`, { field: 'phone', reason: 'follow_up' });
    expect([reveal.status, reveal.body.value]).toEqual([200, '13800138000']);
  });

  test('PIPL 23: where no basis is named, the reason of the request is it, and stays with the approver and the fields', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '未写依据' });
    await world().create('repA1', 'crm_contacts', { customer, name: '王五', phone: '13800138001' });
    const id = await filed('repA1', customer, { reason: '客户迁往乙公司所在地区' });
    const answer = await execute(world(), 'sysadmin', id);
    expect([answer.status, answer.body.state], answer.text).toEqual([200, 'executed']);
    expect(answer.body).toMatchObject({ basis: 'request_reason' });
    expect(await transferOf(world(), id)).toMatchObject({
      basis: 'request_reason',
      reason: '客户迁往乙公司所在地区',
      owner: world().id.headB,
    });
    const entry = await world().host.database('crm_audit').where({ action: 'transfer', item: customer }).first();
    expect(entry).toMatchObject({ reason: '客户迁往乙公司所在地区', user: world().id.sysadmin });
    expect(JSON.stringify(entry.after)).toContain('request_reason');
    expect(JSON.stringify(entry.after)).toContain('crm_contacts.phone');
  });

  test('PIPL 23: company data goes alone where contacts stay behind: their numbers are erased, with the key', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '只转单位资料' });
    const contact = await world().create('repA1', 'crm_contacts', {
      customer,
      name: '赵六',
      phone: '13900139000',
      email: 'z@example.com',
      hobbies: '钓鱼',
    });
    const id = await filed('repA1', customer);
    expect((await execute(world(), 'sysadmin', id, { to_owner: world().id.repB, with_contacts: false })).status).toBe(200);
    expect(await world().row('crm_contacts', contact.id)).toMatchObject({
      ...{ name: '赵六', phone: null, phone_sealed: null, phone_index: null, email: null, email_sealed: null, hobbies: null },
      segment: world().segment.b,
    });
    expect(await world().host.database('crm_subject_keys').where({ item: contact.id })).toHaveLength(0);
  });
}
