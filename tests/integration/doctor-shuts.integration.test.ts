import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../harness/client.ts';
import { startGuardWorld, type GuardWorld } from './guard-world.ts';

/** What the Studio asks for its bell, before it draws anything. */
const INBOX = '/notifications?aggregate[count]=id&filter[_and][0][status][_eq]=inbox';

describe.each(['sqlite', 'pg'] as const)('what the doctor shuts on %s', (db) => {
  let world: GuardWorld;
  let admin: Client;
  let rep: Client;
  let systemAdmin: Client;

  beforeAll(async () => {
    world = await startGuardWorld(db);
    admin = await world.host.admin();
    rep = await world.as('repA');
    systemAdmin = await world.as('systemAdmin');
  });
  afterAll(() => world?.host.stop());

  /** The permission row of reps for reading customers. */
  const customersRule = async () => {
    const access = await world.host.database('directus_access').where({ role: ROLE_IDS.sales_rep }).first('policy');
    const permissions = world.host.database<{ id: number; policy: string; collection: string; action: string; permissions: unknown }>(
      'directus_permissions',
    );
    const rule = await permissions.where({ policy: access.policy, collection: 'crm_customers', action: 'read' }).first();
    return rule!;
  };
  const repairByHand = async () => {
    expect((await systemAdmin.request('POST', '/crm/doctor/repair')).status).toBe(200);
    expect((await rep.request('GET', '/items/crm_customers?fields=id')).status).toBe(200);
  };

  test('F1: what was widened is shut itself, not only our collections, and the Studio still draws the doctor', async () => {
    const { policy } = await customersRule();
    const users = await world.host
      .database('directus_permissions')
      .where({ policy, collection: 'directus_users', action: 'read' })
      .first('id');
    const [open] = await world.host.database('directus_access').whereNull('role').whereNull('user').select('policy');
    const onFiles = { collection: 'directus_files', action: 'read', permissions: {}, fields: ['*'] };
    const get = (who: Client, path: string) => async () => (await who.request('GET', path)).status;
    const attempts: [string, string, unknown, (() => Promise<number>)[]][] = [
      [
        'POST',
        '/permissions',
        { policy, collection: 'directus_revisions', action: 'read', permissions: {}, fields: ['*'] },
        [get(rep, '/revisions'), get(rep, '/notifications'), get(rep, '/items/crm_customers')],
      ],
      [
        'PATCH',
        `/policies/${policy}`,
        { admin_access: true },
        [
          get(rep, '/items/crm_customers'),
          get(rep, '/users'),
          async () => (await rep.request('PATCH', `/items/crm_customers/${world.foreign.customer}`, { name: 'x' })).status,
          async () => (await rep.request('POST', '/permissions', {})).status,
        ],
      ],
      [
        'PATCH',
        `/permissions/${users.id}`,
        { permissions: {} },
        [get(rep, '/users'), get(rep, '/users/me?fields=crm_team.name'), get(rep, '/users/me?fields=*.*')],
      ],
      [
        'POST',
        '/permissions',
        { policy: open?.policy, ...onFiles },
        [get(world.host.anonymous, '/files'), get(world.host.anonymous, `/assets/${world.mine.file}`)],
      ],
    ];
    for (const [method, path, body, probes] of attempts) {
      const widened = await admin.request<{ data: { id: string } }>(method, path, body);
      expect([path, widened.status]).toEqual([path, 200]);
      for (const [n, probe] of probes.entries())
        expect([path, JSON.stringify(body), n, await probe()]).toEqual([path, JSON.stringify(body), n, 503]);
      for (const drawn of [
        '/users/me',
        '/settings',
        '/collections',
        '/permissions/me',
        '/dashboards',
        '/panels',
        INBOX,
        '/crm/health?x',
        '/crm/doctor',
      ])
        expect([drawn, (await systemAdmin.request('GET', drawn)).status]).toEqual([drawn, drawn.startsWith('/crm/health') ? 503 : 200]);
      // The public policy is not ours to restore.
      if (JSON.stringify(body).includes('directus_files')) await admin.request('DELETE', `/permissions/${widened.body.data.id}`);
      await repairByHand();
    }
  });

  test('ORG-11, F1: rights changed in a batch count from the answer on', async () => {
    const rule = await customersRule();
    const racing = async () => {
      for (let n = 0; n < 5; n++) await rep.request('GET', '/items/crm_customers?fields=id');
    };
    const [changed] = await Promise.all([admin.request('PATCH', '/permissions', [{ id: rule.id, permissions: null }]), racing()]);
    expect(changed.status).toBe(200);
    expect((await rep.request('GET', '/items/crm_customers?fields=id')).status).toBe(503);
    await repairByHand();
  });
});
