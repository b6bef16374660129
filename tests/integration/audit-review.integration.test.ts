/** SEC-3: what a reviewer found missing. Each of these failed when it was written; it moves to its suite when it passes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../harness/client.ts';
import { buildWorld, type World } from './access/world.ts';
import { countEntries, lastEntry } from './audit/log.ts';
import { anAuditor } from './audit/readers.suite.ts';

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
  /** What the diff says of what `work` changes. */
  const diffOf = async (work: () => Promise<unknown>): Promise<unknown[]> => {
    const from = new Date().toISOString();
    await soon(30);
    await work();
    await soon(30);
    const to = new Date().toISOString();
    await soon(30);
    const answer = await world.root.request('GET', `/crm/audit/rights/diff?from=${from}&to=${to}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.changes as unknown[];
  };

  it('SEC-3: an upload has the reason and the id of its request', async () => {
    const { root } = world;
    const { id } = (await upload(root, null, 'aaa')).body.data;
    const replaced = await upload(root, id, 'bbbb');
    expect(await lastEntry(world, { item: id })).toMatchObject({
      reason: 'because',
      request_id: replaced.headers.get('x-request-id'),
    });
  });

  it('SEC-3: the diff shows a rule, admin access and a second factor of a policy that only a person holds', async () => {
    const { root } = world;
    const person = (await root.request('POST', '/users', { email: `${randomUUID()}@example.com`, status: 'active' })).body.data.id;
    const policy = (await root.request('POST', '/policies', { name: 'Direct' })).body.data.id;
    await root.request('PATCH', `/users/${person}`, { policies: { create: [{ policy }], update: [], delete: [] } });
    const rule = { policy, collection: 'directus_folders', action: 'update', fields: ['*'], permissions: {} };
    const said = [
      await diffOf(() => root.request('POST', '/permissions', rule)),
      await diffOf(() => root.request('PATCH', `/policies/${policy}`, { admin_access: true })),
      await diffOf(() => root.request('PATCH', `/policies/${policy}`, { admin_access: false, enforce_tfa: true })),
    ];
    await root.request('DELETE', `/users/${person}`);
    await root.request('DELETE', `/policies/${policy}`);
    expect(said.map(({ length }) => length > 0)).toEqual([true, true, true]);
  });

  it('SEC-3: the diff shows what everybody without a log-in may do', async () => {
    const { root } = world;
    const policy = (await root.request('POST', '/policies', { name: 'ForEverybody' })).body.data.id;
    await root.request('POST', '/permissions', { policy, collection: 'directus_folders', action: 'read', fields: ['*'], permissions: {} });
    const changes = await diffOf(() => root.request('POST', '/access', { policy, role: null, user: null }));
    await root.request('DELETE', `/policies/${policy}`);
    expect(changes).not.toEqual([]);
  });

  it('SEC-3: a role has what its parent has, and a move to another role of the same name shows', async () => {
    const { root } = world;
    const role = async (more: object) => (await root.request('POST', '/roles', { name: 'Child', ...more })).body.data.id as string;
    const parent = await role({ name: 'Parent' });
    const [child, twin] = [await role({ parent }), await role({})];
    const policy = (await root.request('POST', '/policies', { name: 'Inherited' })).body.data.id;
    await root.request('PATCH', `/roles/${parent}`, { policies: { create: [{ policy }], update: [], delete: [] } });
    const person = (await root.request('POST', '/users', { email: `${randomUUID()}@example.com`, role: child })).body.data.id;
    const then = await root.request('GET', `/crm/audit/rights?on=${new Date().toISOString()}`);
    const moved = await diffOf(() => root.request('PATCH', `/users/${person}`, { role: twin }));
    expect(moved).not.toEqual([]);
    expect(JSON.stringify(then.body.roles.find(({ id }: { id: string }) => id === child))).toContain('Inherited');
  });

  it('SEC-3: an auditor writes nothing, no comments on entries either', async () => {
    const auditor = await anAuditor(world);
    const { id } = await world.host.database('crm_audit').first('id');
    expect((await auditor.request('POST', '/comments', { collection: 'crm_audit', item: id, comment: 'x' })).status).toBe(403);
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

  it('F37: after the clock went back, no change is said to have been made past the API', { timeout: 60_000 }, async () => {
    const { as, id, host } = world;
    await host.restart({ CRM_AUDIT_LOOK_SECONDS: '1' });
    await as.sysadmin.request('PATCH', `/users/${id.repC}`, { status: 'suspended' });
    const ahead = await lastEntry(world, { collection: 'directus_users', item: id.repC });
    // As a clock that was fifty minutes ahead would have written it.
    const at = new Date(Date.now() + 50 * 60_000);
    await host.database('crm_audit').where({ id: ahead.id }).update({ at });
    await as.sysadmin.request('PATCH', `/users/${id.repC}`, { status: 'archived' });
    await soon(10_000);
    expect(await countEntries(world, { action: 'observed', item: id.repC })).toBe(0);
  });
});
