import { describe, expect, test } from 'vitest';
import { LI, reasons, type Stage } from './stage.ts';

/** Q19, CUS-1, CUS-2, CUS-4: when a customer is a draft and when it is active. */
export function statesOfCustomers(stage: () => Stage): void {
  describe('draft and active', () => {
    test('Q19: a name is enough for a draft, and nobody sets the state by hand', async () => {
      const id = await stage().enter({ name: '草稿有限公司', status: 'active' });
      expect(await stage().customer(id)).toMatchObject({ status: 'draft', class: 'potential', kind: 'company' });
      const { missing } = (await stage().world.as.repA1.request('GET', `/items/crm_customers/${id}`)).body.data;
      expect(missing).toEqual(expect.arrayContaining(['industry', 'needs', 'contacts.phone', 'or:contacts.email', 'or:contacts.wechat']));
      await stage().patch('crm_customers', id, { status: 'active' });
      expect((await stage().customer(id))['status']).toBe('draft');
      expect(reasons(await stage().patch('crm_customers', id, { status: 'merged' }))).toEqual([['status', 'merged']]);
      expect((await stage().patch('crm_customers', id, { completeness: 100 })).status).toBe(403);
      const byRoot = await stage().world.root.request('PATCH', `/items/crm_customers/${id}`, {
        completeness: 100,
        last_activity_at: '2026-01-01T00:00:00Z',
      });
      expect(byRoot.status).toBe(200);
      expect((await stage().customer(id))['completeness']).toBeLessThan(50);
    });

    test('CUS-1, CUS-2: complete in one form it is active at once, contact and all', async () => {
      const id = await stage().enter({ ...stage().complete(), contacts: [LI] });
      expect(await stage().customer(id)).toMatchObject({ status: 'active' });
    });

    test('CUS-1: by GraphQL as well', async () => {
      const created = await stage().world.as.repA1.graphql(
        'mutation ($row: create_crm_customers_input!) { create_crm_customers_item(data: $row) { id } }',
        {
          row: { name: '启明软件有限公司', needs: '采购系统' },
        },
      );
      const id: string = created.body.data.create_crm_customers_item.id;
      expect((await stage().customer(id))['status']).toBe('draft');
      const completed = await stage().world.as.repA1.graphql(
        'mutation ($id: ID!, $row: update_crm_customers_input!) { update_crm_customers_item(id: $id, data: $row) { id } }',
        {
          id,
          row: { industry: stage().industry, region: stage().region, contacts: [LI] },
        },
      );
      expect(completed.body.errors, completed.text).toBeUndefined();
      expect((await stage().customer(id))['status']).toBe('active');
    });

    test('CUS-1: the contact may come later, by itself, and take the customer along', async () => {
      const id = await stage().enter(stage().complete());
      expect((await stage().customer(id))['status']).toBe('draft');
      const contact = await stage().world.create('repA1', 'crm_contacts', { customer: id, name: '韩梅梅', phone: '13900139000' });
      expect((await stage().customer(id))['status']).toBe('draft');
      await stage().patch('crm_contacts', contact.id, { position: '总监' });
      expect((await stage().customer(id))['status']).toBe('active');
    });

    test('CUS-4: an important customer needs more, and says so by being a draft', async () => {
      const id = await stage().enter({ ...stage().complete(), contacts: [LI] });
      await stage().patch('crm_customers', id, { class: 'key' });
      expect((await stage().customer(id))['status']).toBe('draft');
      await stage().patch('crm_customers', id, {
        address: '文三路 1 号',
        employees: 200,
        annual_revenue: 5000000,
        cooperation_history: '2019 年起供货',
        contacts: { create: [{ name: '王总', is_decision_maker: true }], update: [], delete: [] },
      });
      expect((await stage().customer(id))['status']).toBe('active');
    });

    test.each([
      ['foreign', { industry: true, contacts: [LI, { name: '王总', is_decision_maker: true }] }],
      [
        'sole_trader',
        {
          industry: true,
          region: true,
          contacts: [
            { name: '李雷', wechat: 'lilei' },
            { name: '王总', is_decision_maker: true },
          ],
        },
      ],
      ['person', { region: true, contacts: [{ name: '李雷' }, { name: '王建国', phone: '13700137000' }] }],
    ] as const)('CUS-4: an important customer of kind %s needs its history, too', async (kind, { contacts, ...chosen }) => {
      const { industry, region } = stage();
      const id = await stage().enter({
        name: '王建国',
        kind,
        class: 'key',
        needs: '采购',
        address: '文三路 1 号',
        contacts: [...contacts],
        ...('industry' in chosen ? { industry, employees: 5, annual_revenue: 100_000 } : {}),
        ...('region' in chosen ? { region } : {}),
      });
      expect(await stage().customer(id)).toMatchObject({ status: 'draft' });
      const { missing } = (await stage().world.as.repA1.request('GET', `/items/crm_customers/${id}`)).body.data;
      expect(missing).toEqual(['cooperation_history']);
      await stage().patch('crm_customers', id, { cooperation_history: '2019 年起供货' });
      expect((await stage().customer(id))['status']).toBe('active');
    });

    test('Q20: what does not exist for a kind is not asked, whatever a segment asks for', async () => {
      const set = await stage().world.as.sysadmin.request('POST', '/items/crm_required_sets', {
        name: '严格',
        segment: stage().world.segment.a,
        class: 'general',
        fields: ['name', 'industry', 'uscc', 'employees|annual_revenue'],
        contact_fields: ['name', 'position'],
      });
      expect(set.status, set.text).toBe(200);
      const person = await stage().enter({ name: '王建国', kind: 'person', class: 'general', contacts: [{ name: '李雷' }] });
      expect((await stage().customer(person))['status']).toBe('active');
      const company = await stage().enter({ name: '严格有限公司', class: 'general', contacts: [{ name: '李雷' }] });
      expect((await stage().customer(company))['status']).toBe('draft');
      await stage().world.as.sysadmin.request('DELETE', `/items/crm_required_sets/${set.body.data.id}`);
    });

    test('CUS-2: a person without a phone needs a contact who can be reached', async () => {
      const id = await stage().enter({
        name: '王建国',
        kind: 'person',
        region: stage().region,
        needs: '家装',
        contacts: [{ name: '李雷' }],
      });
      expect((await stage().customer(id))['status']).toBe('draft');
      const contact = await stage().world.host.database('crm_contacts').where({ customer: id }).first('id');
      await stage().patch('crm_contacts', contact.id, { wechat: 'lilei' });
      expect((await stage().customer(id))['status']).toBe('active');
      await stage().patch('crm_contacts', contact.id, { status: 'archived' });
      expect((await stage().customer(id))['status']).toBe('draft');
    });

    test('Q19: what is required and taken away makes a draft again; put back, active again', async () => {
      const id = await stage().enter({ ...stage().complete(), contacts: [LI] });
      await stage().patch('crm_customers', id, { needs: '' });
      expect((await stage().customer(id))['status']).toBe('draft');
      await stage().patch('crm_customers', id, { needs: '扩容' });
      expect((await stage().customer(id))['status']).toBe('active');
    });

    test('Q19: an archived customer stays archived; out of the archive it is what its data say', async () => {
      const id = await stage().enter({ ...stage().complete(), contacts: [LI] });
      await stage().patch('crm_customers', id, { status: 'archived' });
      await stage().patch('crm_customers', id, { needs: '变更' });
      expect((await stage().customer(id))['status']).toBe('archived');
      await stage().patch('crm_customers', id, { status: 'draft' });
      expect((await stage().customer(id))['status']).toBe('active');
    });

    test('Q20: a person is complete without industry and headcount', async () => {
      const id = await stage().enter({ name: '王建国', kind: 'person', region: stage().region, needs: '家装', phone: '13700137000' });
      expect((await stage().customer(id))['status']).toBe('active');
    });

    test('a contact that is deleted or moved takes its share of the completeness along', async () => {
      const [from, to] = [await stage().enter({ ...stage().complete(), contacts: [LI] }), await stage().enter(stage().complete())];
      const before = (await stage().customer(from))['completeness'] as number;
      const { id } = await stage().world.host.database('crm_contacts').where({ customer: from }).first('id');
      expect((await stage().patch('crm_contacts', id, { customer: to })).status).toBe(200);
      expect(await stage().customer(from)).toMatchObject({ status: 'draft' });
      expect((await stage().customer(from))['completeness']).toBeLessThan(before);
      expect(await stage().customer(to)).toMatchObject({ status: 'active', completeness: before });
      expect((await stage().world.as.sysadmin.request('DELETE', `/items/crm_contacts/${id}`)).status).toBe(204);
      expect(await stage().customer(to)).toMatchObject({ status: 'draft' });
    });
  });
}
