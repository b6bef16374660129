/** SEC-3: what a reviewer found missing. Each of these failed when it was written; it moves to its suite when it passes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../harness/client.ts';
import { buildWorld, type World } from './access/world.ts';
import { countEntries, entriesOf, lastEntry } from './audit/log.ts';

const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(['sqlite', 'pg'] as const)('the audit log, reviewed on %s', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await buildWorld(db);
    const baseline = () => world.host.database('crm_audit').where({ action: 'baseline' }).first('id');
    for (let n = 0; n < 40 && !(await baseline()); n++) await soon(200);
  });
  afterAll(() => world?.host.stop());

  const upload = (who: Client, id: string | null, text: string) => {
    const form = new FormData();
    form.append('title', '合同');
    form.append('file', new Blob([text], { type: 'text/plain' }), 'x.txt');
    return who.request(id ? 'PATCH' : 'POST', id ? `/files/${id}` : '/files', form, { headers: { 'x-crm-reason': 'because' } });
  };

  it('SEC-3: rows of ours that go with a row of somebody’s own collection have entries', async () => {
    const { root, create, row } = world;
    const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
    await root.request('POST', '/collections', { collection: 'lever', meta: {}, schema: {}, fields: [key] });
    await root.request('POST', '/fields/crm_contacts', { field: 'lever', type: 'integer', meta: {}, schema: {} });
    const link = { collection: 'crm_contacts', field: 'lever', related_collection: 'lever', meta: {}, schema: { on_delete: 'CASCADE' } };
    const linked = await root.request('POST', '/relations', link);
    if (linked.status >= 400) return;
    const lever = (await root.request('POST', '/items/lever', {})).body.data.id;
    const customer = await create('repA1', 'crm_customers', { name: '杠杆有限公司' });
    const contact = await create('repA1', 'crm_contacts', { customer: customer.id, name: '李杠' });
    await root.request('PATCH', `/items/crm_contacts/${contact.id}`, { lever });
    await root.request('DELETE', `/items/lever/${lever}`);
    if (!(await row('crm_contacts', contact.id))) expect(await lastEntry(world, { item: contact.id })).toMatchObject({ action: 'delete' });
  });

  it('SEC-3: the content of a file that is replaced leaves an entry, again and again', async () => {
    const { root } = world;
    const { id } = (await upload(root, null, 'aaa')).body.data;
    for (const [n, text] of ['bbb', 'ccc', 'ddd'].entries()) {
      expect((await upload(root, id, text)).status).toBe(200);
      expect(await countEntries(world, { item: id })).toBe(n + 2);
    }
  });

  it('SEC-3: an upload has the reason and the id of its request', async () => {
    const { root } = world;
    const { id } = (await upload(root, null, 'aaa')).body.data;
    const replaced = await upload(root, id, 'bbbb');
    expect(await lastEntry(world, { item: id })).toMatchObject({
      reason: 'because',
      request_id: replaced.headers.get('x-request-id'),
    });
  });

  it('SEC-1, Q8: the name of a customer that is a person is no clear text in a log that nothing can be erased from', async () => {
    const { create } = world;
    const { id } = await create('repA1', 'crm_customers', { name: '王金丝雀', kind: 'person', phone: '13812345555' });
    expect(JSON.stringify(await entriesOf(world, { item: id }))).not.toContain('王金丝雀');
  });

  it('SEC-3: files whose folder goes have an entry', async () => {
    const { root } = world;
    const folder = (await root.request('POST', '/folders', { name: 'F' })).body.data.id;
    const { id } = (await upload(root, null, 'aaa')).body.data;
    await root.request('PATCH', `/files/${id}`, { folder });
    await root.request('DELETE', `/folders/${folder}`);
    expect(await lastEntry(world, { item: id })).toMatchObject({ before: { folder }, after: { folder: null } });
  });

  it('SEC-3, F12: a person who is locked out did not do it', async () => {
    const { root, user, segment, host } = world;
    await root.request('PATCH', '/settings', { auth_login_attempts: 2 });
    const email = `locked.${randomUUID()}@example.com`;
    const { id } = (await user({ email, role: ROLE_IDS.sales_rep, crm_segment: segment.a, password: 'Correct-horse-9!' })).body.data;
    for (let n = 0; n < 4; n++) await host.anonymous.request('POST', '/auth/login', { email, password: 'wrong' });
    await root.request('PATCH', '/settings', { auth_login_attempts: 25 });
    expect(await lastEntry(world, { collection: 'directus_users', item: id })).toMatchObject({
      after: { status: 'suspended' },
      user: null,
    });
  });
});
