import { createHash, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../../../bin/lib/settings.mjs';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { AUDITOR_POLICY_ID } from '../../../seed/access/identities.ts';
import type { World } from '../access/world.ts';
import { countEntries, entriesOf, lastEntry } from './log.ts';

/** People, rights, settings and log-ins: rows of the host. */
export function entriesOfTheHost(the: () => World): void {
  it('SEC-3, ORG-11: people, their role, state and segments', async () => {
    const { user, as, root, segment, id } = the();
    const made = await user({ role: ROLE_IDS.sales_rep, crm_segment: segment.a, password: 'Correct-horse-9!' });
    const item = made.body.data.id;
    const [created] = await entriesOf(the(), { collection: 'directus_users', item });
    expect(created).toMatchObject({ action: 'create', segment: null, after: { role: ROLE_IDS.sales_rep, status: 'active' } });
    expect(created!.after!['password']).toMatch(/^#[0-9a-f]{8}$/);
    expect((await as.sysadmin.request('PATCH', `/users/${item}`, { role: ROLE_IDS.segment_head })).status).toBe(200);
    expect(await lastEntry(the(), { collection: 'directus_users', item })).toMatchObject({
      user: id.sysadmin,
      before: { role: ROLE_IDS.sales_rep },
      after: { role: ROLE_IDS.segment_head },
    });
    const home = await lastEntry(the(), { collection: 'crm_user_segments' });
    expect(home).toMatchObject({ action: 'create', after: { crm_user: item, crm_segment: segment.a, is_home: true } });
    await root.request('PATCH', `/users/${item}`, { password: 'Another-horse-9!', token: randomUUID() });
    const secret = await lastEntry(the(), { collection: 'directus_users', item });
    expect(Object.keys(secret.after!).sort()).toEqual(['crm_password_changed_at', 'password', 'token']);
    await root.request('DELETE', `/users/${item}`);
    expect((await entriesOf(the(), { item })).at(-1)).toMatchObject({ action: 'delete', before: { role: ROLE_IDS.segment_head } });
    const stored = await the().host.database('directus_users').where({ email: DEMO_ADMIN }).first('password');
    const text = JSON.stringify(await the().host.database('crm_audit').select());
    for (const hidden of ['$argon2', 'horse-9', stored.password]) expect(text).not.toContain(hidden);
  });

  it('SEC-3, Q18: a segment that is given to a head or taken away, and what goes along with a person', async () => {
    const { as, id, root, segment, user, host } = the();
    const give = { create: [{ crm_segment: segment.a }], update: [], delete: [] };
    expect((await as.sysadmin.request('PATCH', `/users/${id.headB}`, { crm_managed_segments: give })).status).toBe(200);
    const { id: item } = await host.database('crm_user_segments').where({ crm_user: id.headB, crm_segment: segment.a }).first('id');
    const of = { collection: 'crm_user_segments', item };
    expect(await entriesOf(the(), of)).toMatchObject([
      { action: 'create', user: id.sysadmin, nth: 1, after: { crm_user: id.headB, crm_segment: segment.a, is_home: false } },
    ]);
    const take = { create: [], update: [], delete: [item] };
    expect((await as.sysadmin.request('PATCH', `/users/${id.headB}`, { crm_managed_segments: take })).status).toBe(200);
    expect(await lastEntry(the(), of)).toMatchObject({ action: 'delete', user: id.sysadmin, before: { crm_segment: segment.a } });

    const made = await user({ role: ROLE_IDS.segment_head, crm_segment: segment.b });
    const home = await host.database('crm_user_segments').where({ crm_user: made.body.data.id }).first('id');
    expect((await root.request('DELETE', `/users/${made.body.data.id}`)).status).toBe(204);
    const entries = await entriesOf(the(), { collection: 'crm_user_segments', item: home.id });
    expect(entries.map(({ action }) => action)).toEqual(['create', 'delete']);
  });

  it('SEC-3: the content of a file that is replaced leaves an entry, again and again, with size and checksum', async () => {
    const { root } = the();
    const upload = async (text: string, id?: string) => {
      const form = new FormData();
      form.append('file', new Blob([text], { type: 'text/plain' }), 'x.txt');
      const answer = await root.request(id ? 'PATCH' : 'POST', id ? `/files/${id}` : '/files', form);
      expect(answer.status, answer.text).toBe(200);
      return answer;
    };
    const contents = ['aaa', 'bbb', 'dddd', 'dddd'];
    const id = (await upload(contents[0]!)).body.data.id as string;
    const of = (action: string) => entriesOf(the(), { item: id, action });
    for (const [n, text] of contents.slice(1).entries()) {
      // Noted, and refused: no note that hides what comes next.
      expect((await root.request('PATCH', `/files/${id}`, { folder: randomUUID() })).status).toBeGreaterThanOrEqual(400);
      const answer = await upload(text, id);
      expect(await of('replaced')).toHaveLength(n + 1);
      expect((await of('replaced')).at(-1)).toMatchObject({ request_id: answer.headers.get('x-request-id') });
      await expect.poll(async () => (await of('uploaded')).length, { timeout: 8000 }).toBe(n + 2);
    }
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect((await of('uploaded')).map(({ before, after }) => [before, after])).toMatchObject([
      [{ filesize: null }, { filesize: 3, sha256: sha256('aaa') }],
      [{ sha256: sha256('aaa') }, { sha256: sha256('bbb') }],
      [{ filesize: 3 }, { filesize: 4, sha256: sha256('dddd') }],
      [null, null],
    ]);
    await root.request('PATCH', `/files/${id}`, { title: '改名' });
    expect((await entriesOf(the(), { item: id })).at(-1)).toMatchObject({ action: 'update', after: { title: '改名' } });
    expect(Object.keys((await entriesOf(the(), { item: id })).at(-1)!.after!)).toEqual(['title']);
  });

  it('SEC-3: roles, policies, permissions, access, settings and flows', async () => {
    const { root } = the();
    const role = (await root.request('POST', '/roles', { name: 'Editors' })).body.data.id;
    const policy = (await root.request('POST', '/policies', { name: 'Editing' })).body.data.id;
    const permission = (
      await root.request('POST', '/permissions', { policy, collection: 'directus_folders', action: 'read', fields: ['*'] })
    ).body.data.id;
    await root.request('PATCH', `/permissions/${permission}`, { fields: ['id'] });
    await root.request('PATCH', `/roles/${role}`, { policies: { create: [{ policy }], update: [], delete: [] } });
    await root.request('PATCH', '/settings', { project_descriptor: '审计测试' });
    const flow = (
      await root.request('POST', '/flows', {
        name: 'Flow',
        trigger: 'manual',
        status: 'inactive',
        options: { url: 'https://secret.example.com/tok' },
      })
    ).body.data.id;
    expect(await lastEntry(the(), { collection: 'directus_roles', item: role })).toMatchObject({ after: { name: 'Editors' } });
    expect(await lastEntry(the(), { collection: 'directus_policies', item: policy })).toMatchObject({
      after: { name: 'Editing', admin_access: false },
    });
    expect(await lastEntry(the(), { collection: 'directus_permissions', item: String(permission) })).toMatchObject({
      action: 'update',
      before: { fields: ['*'] },
      after: { fields: ['id'] },
    });
    expect(await lastEntry(the(), { collection: 'directus_access' })).toMatchObject({ action: 'create', after: { role, policy } });
    expect(await lastEntry(the(), { collection: 'directus_settings' })).toMatchObject({ after: { project_descriptor: '审计测试' } });
    expect(JSON.stringify((await lastEntry(the(), { collection: 'directus_flows', item: flow })).after)).not.toContain(
      'secret.example.com',
    );
    await root.request('DELETE', `/policies/${policy}`);
    expect(await lastEntry(the(), { collection: 'directus_policies', item: policy })).toMatchObject({
      action: 'delete',
      before: { name: 'Editing' },
    });
    await root.request('DELETE', `/roles/${role}`);
    await root.request('DELETE', `/flows/${flow}`);
  });

  it('SEC-3, F46b: a view that is saved for others, and not one of one’s own', async () => {
    const { root } = the();
    const before = await countEntries(the(), { collection: 'directus_presets' });
    await root.request('POST', '/presets', { collection: 'crm_customers', bookmark: 'all', role: null, user: null });
    expect(await countEntries(the(), { collection: 'directus_presets' })).toBe(before + 1);
    const own = (await root.request('GET', '/users/me')).body.data.id;
    await root.request('POST', '/presets', { collection: 'crm_customers', bookmark: 'mine', user: own });
    expect(await countEntries(the(), { collection: 'directus_presets' })).toBe(before + 1);
  });

  it('SEC-3, F46b: a view of somebody else that is deleted, by whoever saved it for them', async () => {
    const { root, id } = the();
    const preset = { collection: 'crm_customers', bookmark: 'planted', user: id.repA1 };
    const item = String((await root.request('POST', '/presets', preset)).body.data.id);
    expect((await root.request('DELETE', `/presets/${item}`)).status).toBe(204);
    const deleted = () => entriesOf(the(), { collection: 'directus_presets', item });
    await expect.poll(deleted, { timeout: 5000 }).toMatchObject([{ action: 'delete', before: preset }]);
    const own = (await root.request('GET', '/users/me')).body.data.id;
    const mine = String(
      (await root.request('POST', '/presets', { collection: 'crm_customers', bookmark: 'mine', user: own })).body.data.id,
    );
    await root.request('DELETE', `/presets/${mine}`);
    expect(await entriesOf(the(), { collection: 'directus_presets', item: mine })).toEqual([]);
  });

  it('SEC-1, SEC-3: comments on records, written, changed and deleted, without what they say', async () => {
    const { create, as, id, host } = the();
    const customer = await create('repA1', 'crm_customers', { name: '评论有限公司' });
    const comment = { collection: 'crm_customers', item: customer.id, comment: '找金丝雀，13812349999' };
    expect((await as.repA1.request('POST', '/comments', comment)).status).toBe(200);
    const { id: item } = await host.database('directus_comments').where({ item: customer.id }).first('id');
    expect((await as.repA1.request('PATCH', `/comments/${item}`, { comment: '换金丝雀' })).status).toBe(200);
    expect((await as.repA1.request('DELETE', `/comments/${item}`)).status).toBe(204);
    const entries = await entriesOf(the(), { collection: 'directus_comments', item });
    expect(entries.map(({ action, user }) => [action, user])).toEqual(['create', 'update', 'delete'].map((action) => [action, id.repA1]));
    expect(entries[0]!.after).toMatchObject({ collection: 'crm_customers', item: customer.id });
    expect(Object.keys(entries[1]!.after!)).toEqual(['comment']);
    for (const said of ['金丝雀', '13812349999']) expect(JSON.stringify(entries)).not.toContain(said);
  });

  it('SEC-3: what the technical administrator takes along of people and roles, in the address or by the host’s export', async () => {
    const { root, as } = the();
    const own = (await root.request('GET', '/users/me')).body.data.id;
    const before = await countEntries(the(), { action: 'export' });
    const file = { title: '导出' };
    const answers = [
      await root.request('GET', '/users?export=csv&fields=id&limit=1'),
      await root.request('GET', '/roles?export=json&limit=1'),
      await root.request('POST', '/utils/export/directus_users', { query: { fields: ['id'], limit: 1 }, format: 'xml', file }),
    ];
    for (const { status, text } of answers) expect(status, text).toBeLessThan(300);
    await root.request('GET', '/users?limit=1');
    expect((await as.sysadmin.request('GET', '/users?export=csv&limit=1')).status).toBe(403);
    const entries = (await entriesOf(the(), { action: 'export' })).slice(before);
    expect(entries.map(({ collection, user, after }) => [collection, user, after])).toEqual([
      ['directus_users', own, { format: 'csv' }],
      ['directus_roles', own, { format: 'json' }],
      ['directus_users', own, { format: 'xml' }],
    ]);
  });

  it('SEC-3: log-ins and failed ones, without what was typed', async () => {
    const { host } = the();
    const log = (email: string, password: string) => host.anonymous.request('POST', '/auth/login', { email, password, mode: 'json' });
    const admin = await host.database('directus_users').where({ email: DEMO_ADMIN }).first('id');
    const changed = await countEntries(the(), { collection: 'directus_users' });
    expect((await log(DEMO_ADMIN, DEMO_PASSWORD)).status).toBe(200);
    expect(await lastEntry(the(), { action: 'login', item: admin.id })).toMatchObject({
      ...{ user: admin.id, acting_for: null, collection: 'directus_sessions', nth: 0 },
    });
    const before = await countEntries(the(), { action: 'login_failed' });
    expect((await log(DEMO_ADMIN, 'wrong-canary-1')).status).toBe(401);
    expect((await log('nobody-canary@example.com', 'wrong-canary-2')).status).toBe(401);
    await expect.poll(() => countEntries(the(), { action: 'login_failed' }), { timeout: 5000 }).toBe(before + 2);
    const failed = await entriesOf(the(), { action: 'login_failed' });
    expect(
      failed
        .slice(-2)
        .map(({ item }) => item)
        .sort(),
    ).toEqual([admin.id, null].sort());
    expect(failed.at(-1)!.ip).toMatch(/127\.0\.0\.1/);
    expect(JSON.stringify(failed)).not.toContain('canary');
    // What people may do is read without their log-ins.
    expect(await countEntries(the(), { collection: 'directus_users' })).toBe(changed);
  });

  it('contract.md: the auditor’s policy stands, with no role', async () => {
    const { host } = the();
    expect(await host.database('directus_policies').where({ id: AUDITOR_POLICY_ID }).first('name', 'admin_access')).toMatchObject({
      name: 'crm_auditor',
    });
    expect(await host.database('directus_access').where({ policy: AUDITOR_POLICY_ID })).toEqual([]);
    expect((await host.anonymous.request('GET', '/crm/health')).status).toBe(200);
  });
}
