import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { World } from '../access/world.ts';
import { countEntries, entriesOf, lastEntry } from './log.ts';

/** What a write of our rows leaves in the log. */
export function entriesOfWrites(the: () => World): void {
  it('SEC-3: a creation, a change and a deletion stand in the log with who, what, when, from where and why', async () => {
    const { create, as, id, segment } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计一有限公司' });
    const [created] = await entriesOf(the(), { collection: 'crm_customers', item: customer.id });
    expect(created).toMatchObject({ action: 'create', user: id.repA1, segment: segment.a, origin: 'request', before: null, nth: 1 });
    expect(created!.after).toMatchObject({ name: '审计一有限公司', owner: id.repA1, segment: segment.a, status: 'draft' });
    expect(created!.ip).toMatch(/127\.0\.0\.1/);

    const changed = await as.repA1.request(
      'PATCH',
      `/items/crm_customers/${customer.id}`,
      { short_name: '审计' },
      {
        headers: { 'x-crm-reason': encodeURIComponent('客户改名'), 'user-agent': 'audit-test' },
      },
    );
    expect(changed.status).toBe(200);
    const update = await lastEntry(the(), { collection: 'crm_customers', item: customer.id });
    expect(update).toMatchObject({ action: 'update', nth: 2, reason: '客户改名', user_agent: 'audit-test' });
    expect([update.before, update.after]).toEqual([{ short_name: null }, { short_name: '审计' }]);
    expect(changed.headers.get('x-request-id')).toBe(update.request_id);

    expect((await as.sysadmin.request('DELETE', `/items/crm_customers/${customer.id}`)).status).toBe(204);
    const deleted = await lastEntry(the(), { collection: 'crm_customers', item: customer.id });
    expect(deleted).toMatchObject({ action: 'delete', nth: 3, user: id.sysadmin, segment: segment.a, after: null });
    expect(deleted.before).toMatchObject({ name: '审计一有限公司', short_name: '审计' });
  });

  it('SEC-1, SEC-3: personal values are masks, and their change still shows', async () => {
    const { create, as } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计二有限公司' });
    const [phone, other, email] = ['13812340001', '13812340002', 'canary.audit@example.com'];
    const contact = await create('repA1', 'crm_contacts', { customer: customer.id, name: '赵金丝雀', phone, email });
    expect((await as.repA1.request('PATCH', `/items/crm_contacts/${contact.id}`, { phone: other })).status).toBe(200);
    const entries = await entriesOf(the(), { collection: 'crm_contacts', item: contact.id });
    expect(entries.map(({ action }) => action)).toEqual(['create', 'update']);
    expect(Object.keys(entries[1]!.after!)).toEqual(['phone']);
    expect(entries[1]!.after!['phone']).not.toBe(entries[1]!.before!['phone']);
    const text = JSON.stringify(await the().host.database('crm_audit').select());
    for (const canary of [phone, other, email, '金丝雀']) expect(text).not.toContain(canary);
  });

  it('SEC-1, Q8: the names of a customer that is a person or a shop are no clear text in a log that nothing can be erased from', async () => {
    const { create, as } = the();
    const change = (id: string, row: object) => as.repA1.request('PATCH', `/items/crm_customers/${id}`, row);
    const written = async (id: string) => JSON.stringify(await entriesOf(the(), { item: id }));
    for (const kind of ['person', 'sole_trader']) {
      const { id } = await create('repA1', 'crm_customers', { name: '王金丝雀', short_name: '金丝雀', kind, phone: '13812345555' });
      expect((await change(id, { name: '李金丝雀', needs: '需求' })).status).toBe(200);
      expect(await written(id)).not.toContain('丝雀');
      const { before, after } = await lastEntry(the(), { item: id });
      expect([Object.keys(after!).sort(), after!['needs']]).toEqual([['name', 'needs'], '需求']);
      expect(before!['name']).not.toBe(after!['name']);
      expect((await as.sysadmin.request('DELETE', `/items/crm_customers/${id}`)).status).toBe(204);
      expect(await written(id)).not.toContain('丝雀');
    }
  });

  it('SEC-1, Q8: who becomes a person is not named by the entry that says so, nor by any after it', async () => {
    const { create, as } = the();
    const { id } = await create('repA1', 'crm_customers', { name: '赵百灵鸟', kind: 'company' });
    const change = async (row: object) => {
      expect((await as.repA1.request('PATCH', `/items/crm_customers/${id}`, row)).status).toBe(200);
      return lastEntry(the(), { item: id });
    };
    const became = await change({ kind: 'person' });
    expect([became.before, became.after]).toEqual([{ kind: 'company' }, { kind: 'person' }]);
    expect(JSON.stringify(await change({ kind: 'company' }))).not.toContain('百灵鸟');
    const both = await change({ kind: 'sole_trader', name: '钱百灵鸟' });
    expect(Object.keys(both.after!).sort()).toEqual(['kind', 'name']);
    expect(JSON.stringify(both)).not.toContain('百灵鸟');
    expect(JSON.stringify(await change({ short_name: '百灵鸟' }))).not.toContain('百灵鸟');
  });

  it('SEC-3: a number that is changed behind the same mask has its entry', async () => {
    const { create, as } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计同掩码有限公司' });
    const contact = await create('repA1', 'crm_contacts', {
      customer: customer.id,
      name: '孙同掩',
      phone: '13800001234',
      wechat: 'abcdef',
    });
    const change = (row: object) => as.repA1.request('PATCH', `/items/crm_contacts/${contact.id}`, row);
    for (const row of [{ phone: '13899991234' }, { wechat: 'axxxxf' }]) {
      expect((await change(row)).status).toBe(200);
    }
    const entries = await entriesOf(the(), { collection: 'crm_contacts', item: contact.id });
    expect(entries.slice(1).map(({ after }) => Object.keys(after!))).toEqual([['phone'], ['wechat']]);
    for (const { before, after } of entries.slice(1)) expect(Object.values(after!)).not.toEqual(Object.values(before!));
  });

  it('SEC-1, SEC-3: a number in the reason of a change is a mask in the log', async () => {
    const { create, as } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计缘由有限公司' });
    const headers = { 'x-crm-reason': encodeURIComponent('客户 13812340009 要求') };
    await as.repA1.request('PATCH', `/items/crm_customers/${customer.id}`, { short_name: '缘由' }, { headers });
    const { reason } = await lastEntry(the(), { item: customer.id });
    expect(reason).toMatch(/^客户 .*\*.* 要求$/);
    expect(reason).not.toContain('13812340009');
  });

  it('design.md 5: what is rolled back leaves no entry, and what cannot be changed none', async () => {
    const { as, create, segment, id } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计三有限公司' });
    const before = await countEntries(the());
    const refused = [
      await as.repA1.request('POST', '/items/crm_customers', [
        { name: '审计四有限公司' },
        { name: '审计五有限公司', parent: randomUUID() },
      ]),
      await as.headA.request('PATCH', `/items/crm_customers/${customer.id}`, { owner: id.repB }),
      await as.repA2.request('PATCH', `/items/crm_customers/${customer.id}`, { short_name: '外人' }),
      await as.repB.request('DELETE', `/items/crm_customers/${customer.id}`),
      await as.repA1.request('PATCH', `/items/crm_customers/${customer.id}`, { segment: segment.b }),
    ];
    expect(refused.map(({ status }) => status >= 400 && status < 500)).toEqual([true, true, true, true, true]);
    expect(await countEntries(the())).toBe(before);
  });

  it('SEC-3: a change that changes nothing has no entry', async () => {
    const { as, create } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计六有限公司' });
    const before = await countEntries(the(), { item: customer.id });
    await as.repA1.request('PATCH', `/items/crm_customers/${customer.id}`, { name: '审计六有限公司' });
    expect(await countEntries(the(), { item: customer.id })).toBe(before);
  });

  it('SEC-3, Q1: a customer that changes hands leaves an entry for every row of its tree', async () => {
    const { create, as, id } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计七有限公司' });
    const contact = await create('repA1', 'crm_contacts', { customer: customer.id, name: '钱七' });
    const opportunity = await create('repA1', 'crm_opportunities', { customer: customer.id, title: '项目' });
    const answer = await as.headA.request('PATCH', `/items/crm_customers/${customer.id}`, { owner: id.repA2 });
    expect(answer.status, answer.text).toBe(200);
    for (const [collection, row] of [
      ['crm_customers', customer],
      ['crm_contacts', contact],
      ['crm_opportunities', opportunity],
    ] as const) {
      const entry = await lastEntry(the(), { collection, item: row.id });
      expect(entry, collection).toMatchObject({
        action: 'update',
        user: id.headA,
        before: { owner: id.repA1 },
        after: { owner: id.repA2 },
      });
    }
    const [change] = await the().host.database('crm_stage_changes').where({ opportunity: opportunity.id }).pluck('id');
    const history = await entriesOf(the(), { collection: 'crm_stage_changes', item: change });
    expect(history.map(({ action }) => action)).toEqual(['create', 'update']);
  });

  it('SEC-3: nested, batch, GraphQL and what the database deletes along', async () => {
    const { as, create } = the();
    const nested = await as.repA1.request('POST', '/items/crm_customers', { name: '审计八有限公司', contacts: [{ name: '孙八' }] });
    expect(nested.status, nested.text).toBe(200);
    const contact = await the().host.database('crm_contacts').where({ customer: nested.body.data.id }).first('id');
    expect((await entriesOf(the(), { item: contact.id })).map(({ action }) => action)).toContain('create');
    expect((await entriesOf(the(), { item: nested.body.data.id })).map(({ action }) => action)).toContain('create');

    const graph = await as.repA1.graphql(
      `mutation { create_crm_customers_items(data: [{name: "审计九有限公司"}, {name: "审计十有限公司"}]) { id } }`,
    );
    expect(graph.status, graph.text).toBe(200);
    for (const { id: item } of graph.body.data.create_crm_customers_items) expect(await countEntries(the(), { item })).toBe(1);

    const order = await create('repA1', 'crm_orders', {
      opportunity: (await create('repA1', 'crm_opportunities', { title: '审计商机', customer: nested.body.data.id })).id,
      number: 'AU-1',
      lines: [{ product: (await create('sysadmin', 'crm_products', { name: '一号产品' })).id }],
    });
    const line = await the().host.database('crm_order_lines').where({ order: order.id }).first('id');
    expect((await as.sysadmin.request('DELETE', `/items/crm_orders/${order.id}`)).status).toBe(204);
    expect(await lastEntry(the(), { collection: 'crm_order_lines', item: line.id })).toMatchObject({ action: 'delete' });
  });

  it('SEC-3: two changes at once each say what they changed', async () => {
    const { as, create } = the();
    const customer = await create('repA1', 'crm_customers', { name: '审计十一有限公司' });
    await Promise.all([
      as.repA1.request('PATCH', `/items/crm_customers/${customer.id}`, { short_name: '甲' }),
      as.repA1.request('PATCH', `/items/crm_customers/${customer.id}`, { needs: '乙' }),
    ]);
    const updates = (await entriesOf(the(), { item: customer.id })).filter(({ action }) => action === 'update');
    expect(updates.map(({ nth }) => nth)).toEqual([2, 3]);
    expect(updates.map(({ after }) => Object.keys(after!)).sort()).toEqual([['needs'], ['short_name']]);
  });

  it('SEC-3: a change of the rules stands in the log', async () => {
    const { root } = the();
    const stage = await the().host.database('crm_stages').orderBy('sort').first('id', 'name');
    expect((await root.request('PATCH', `/items/crm_stages/${stage.id}`, { name: '初次接触' })).status).toBe(200);
    expect(await lastEntry(the(), { collection: 'crm_stages', item: stage.id })).toMatchObject({
      action: 'update',
      segment: null,
      before: { name: stage.name },
      after: { name: '初次接触' },
    });
  });
}
