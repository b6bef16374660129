import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import type { World } from '../access/world.ts';
import { entriesOf, lastEntry } from './log.ts';

interface FlowWish {
  trigger: 'event' | 'schedule';
  options: Record<string, unknown>;
  /** What its one operation writes. */
  write: { key: string; payload?: Record<string, unknown>; permissions?: string };
  type?: 'item-update' | 'item-delete';
}

/** A flow as the Studio makes it: the flow, its operation, the link between them. */
async function makeFlow({ root }: World, { trigger, options, write, type = 'item-update' }: FlowWish): Promise<string> {
  const made = await root.request('POST', '/flows', { name: 'audit', trigger, options, status: 'active', accountability: 'all' });
  expect(made.status, made.text).toBe(200);
  const flow = made.body.data.id as string;
  const operation = await root.request('POST', '/operations', {
    ...{ flow, key: 'op', name: 'op', type, position_x: 19, position_y: 1 },
    options: { collection: 'crm_customers', ...write },
  });
  expect(operation.status, operation.text).toBe(200);
  const linked = await root.request('PATCH', `/flows/${flow}`, { operation: operation.body.data.id });
  expect(linked.status, linked.text).toBe(200);
  return flow;
}

const changesOf = async (world: World, item: string) => (await entriesOf(world, { item })).filter(({ action }) => action === 'update');

/** The host's own token for a mail, which the test has no mailbox to read. */
function mailToken(secret: string, claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, iat: now, exp: now + 600, iss: 'directus' })}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

/** Who is behind a write that runs with nobody's rights, or with all of them. */
export function whoIsBehind(the: () => World): void {
  it('SEC-3: what a flow does with full rights names the person whose change set it off', async () => {
    const world = the();
    const flow = await makeFlow(world, {
      trigger: 'event',
      options: { type: 'action', scope: ['items.create'], collections: ['crm_customers'] },
      write: { key: '{{$trigger.key}}', payload: { short_name: '流程' }, permissions: '$full' },
    });
    const customer = await world.create('repA1', 'crm_customers', { name: '流程一有限公司' });
    await expect.poll(async () => (await changesOf(world, customer.id)).length, { timeout: 8000 }).toBe(1);
    const [created, changed] = await entriesOf(world, { item: customer.id });
    expect(created).toMatchObject({ user: world.id.repA1, acting_for: null, origin: 'request' });
    expect(changed).toMatchObject({ user: null, acting_for: world.id.repA1, origin: 'request', after: { short_name: '流程' } });
    expect([changed!.request_id, changed!.ip]).toEqual([created!.request_id, created!.ip]);
    expect((await world.root.request('DELETE', `/flows/${flow}`)).status).toBe(204);
    expect(await lastEntry(world, { collection: 'directus_operations' })).toMatchObject({ action: 'delete' });
  }, 30_000);

  it('SEC-3: what a flow does by the clock is a job of nobody, not of whoever saved the flow', async () => {
    const world = the();
    const customer = await world.create('repA1', 'crm_customers', { name: '流程二有限公司' });
    const flow = await makeFlow(world, {
      trigger: 'schedule',
      options: { cron: '* * * * * *' },
      write: { key: customer.id, payload: { short_name: '定时' } },
    });
    await expect.poll(async () => (await changesOf(world, customer.id)).length, { timeout: 10_000 }).toBe(1);
    expect(await lastEntry(world, { item: customer.id })).toMatchObject({
      ...{ user: null, acting_for: null, origin: 'job', request_id: null, ip: null },
      after: { short_name: '定时' },
    });
    expect((await world.root.request('DELETE', `/flows/${flow}`)).status).toBe(204);
  }, 30_000);

  it('SEC-3: no operation of a flow writes what is logged, or what leads to it, without telling; those from before are named', async () => {
    const { root, host } = the();
    const flow = (await root.request('POST', '/flows', { name: 'Silent', trigger: 'event', status: 'active' })).body.data.id as string;
    const operation = (type: string, options: object, key = 'op') => ({
      ...{ flow, key, name: 'op', type, position_x: 1, position_y: 1 },
      options: { permissions: '$trigger', ...options },
    });
    const refused = async (type: string, options: object) => {
      const { status, body } = await root.request('POST', '/operations', operation(type, { ...options, emitEvents: false }));
      expect([type, options, status, body.errors?.[0]?.extensions.code]).toEqual([type, options, 403, 'FORBIDDEN']);
      return body.errors[0].extensions.reason as string;
    };
    for (const host of ['users', 'roles', 'policies', 'permissions', 'access', 'settings', 'flows', 'operations', 'files'])
      for (const type of ['item-create', 'item-update', 'item-delete'])
        expect(await refused(type, { collection: `directus_${host}`, key: '1', payload: {} })).toBe('silent_flow');
    for (const collection of ['crm_customers', 'crm_stages', 'crm_user_segments', 'directus_folders'])
      expect(await refused('item-delete', { collection, key: '{{ $trigger.key }}' })).toMatch(/silent_flow|closed_log/);
    expect(await refused('item-update', { collection: 'crm_stages', payload: { name: 'x' } })).toBe('silent_flow');
    expect(await refused('item-create', { collection: 'directus_dashboards', payload: { user_created: { email: 'x' } } })).toBe(
      'silent_flow',
    );

    const fine = { collection: 'directus_dashboards', payload: { name: 'x' }, emitEvents: false };
    const made = await root.request('POST', '/operations', operation('item-create', fine));
    expect(made.status, made.text).toBe(200);
    const id = made.body.data.id as string;
    const changed = await root.request('PATCH', `/operations/${id}`, {
      type: 'item-delete',
      options: { ...fine, collection: 'directus_roles' },
    });
    expect(changed.status).toBe(403);
    const unsaid = await root.request('POST', '/operations', operation('item-delete', { collection: 'crm_stages', key: '1' }, 'unsaid'));
    expect(unsaid.body.data.options).toMatchObject({ emitEvents: true });

    const silent = async () =>
      ((await root.request('GET', '/crm/doctor')).body.findings as { kind: string; path: string }[])
        .filter(({ kind }) => kind === 'flow_silent')
        .map(({ path }) => path);
    expect(await silent()).toEqual([]);
    await host
      .database('directus_operations')
      .where({ id })
      .update({ type: 'item-delete', options: JSON.stringify({ collection: 'crm_stages' }) });
    expect(await silent()).toEqual(['flows.Silent.op']);
    expect((await root.request('DELETE', `/flows/${flow}`)).status).toBe(204);
  }, 30_000);

  it('SEC-3: a flow with nobody’s rights that deletes has its entry', async () => {
    const world = the();
    const customer = await world.create('repA1', 'crm_customers', { name: '流程三有限公司' });
    const flow = await makeFlow(world, {
      type: 'item-delete',
      trigger: 'schedule',
      options: { cron: '* * * * * *' },
      write: { key: customer.id },
    });
    await expect.poll(async () => (await entriesOf(world, { item: customer.id })).at(-1)?.action, { timeout: 10_000 }).toBe('delete');
    expect((await world.root.request('DELETE', `/flows/${flow}`)).status).toBe(204);
  }, 30_000);

  it('SEC-3: an invitation stands in the log, and so does its acceptance by somebody without rights', async () => {
    const { root, host } = the();
    const email = `invited.${Date.now()}@example.com`;
    const role = (await root.request('POST', '/roles', { name: 'Guests' })).body.data.id as string;
    const invited = await root.request('POST', '/users/invite', { email, role });
    expect(invited.status, invited.text).toBe(204);
    const { id } = await host.database('directus_users').where({ email }).first('id');
    const [made] = await entriesOf(the(), { item: id });
    expect(made).toMatchObject({ action: 'create', after: { status: 'invited', role } });
    expect(made!.user).not.toBeNull();
    const accepted = await host.anonymous.request('POST', '/users/invite/accept', {
      token: mailToken(host.env['SECRET']!, { email, scope: 'invite' }),
      password: 'Correct-horse-10!',
    });
    expect(accepted.status, accepted.text).toBe(204);
    await expect.poll(async () => (await entriesOf(the(), { item: id })).length, { timeout: 8000 }).toBe(2);
    expect(await lastEntry(the(), { item: id })).toMatchObject({
      ...{ action: 'update', user: null, origin: 'request', nth: 2 },
      before: { status: 'invited' },
      after: { status: 'active' },
    });
    expect((await lastEntry(the(), { item: id })).ip).toMatch(/127\.0\.0\.1/);
  }, 30_000);
}
