import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../harness/client.ts';
import { hostCommand } from '../harness/template.ts';
import { startGuardWorld, type GuardWorld } from './guard-world.ts';

interface Health {
  status: string;
  because: { kind: string; path: string; text?: string }[];
}

interface FindingSeen {
  kind: string;
  level: string;
  path: string;
  text: string;
}

const TWO_POLLS_MS = 6000;

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + TWO_POLLS_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('nothing changed within the time of two looks');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe.each(['sqlite', 'pg'] as const)('doctor on %s', (db) => {
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

  const health = async (who: Client = world.host.anonymous) => {
    const answer = await who.request<Health>('GET', '/crm/health');
    return { code: answer.status, ...answer.body };
  };
  const findings = async () => (await systemAdmin.request<{ findings: FindingSeen[] }>('GET', '/crm/doctor')).body.findings;
  /** 200 means: readable, and nothing but the own row. */
  const ownCustomers = async () => {
    const answer = await rep.request<{ data?: { id: string }[] }>('GET', '/items/crm_customers?fields=id');
    if (answer.status === 200) expect(answer.body.data).toEqual([{ id: world.mine.customer }]);
    return answer.status;
  };

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
    const answer = await systemAdmin.request('POST', '/crm/doctor/repair');
    expect(answer.status).toBe(200);
    expect((await health()).code).toBe(200);
    expect(await ownCustomers()).toBe(200);
  };

  test('OPS-1: a fresh installation has nothing that closes it, and nothing broken', async () => {
    expect(await health()).toMatchObject({ code: 200, status: 'ok' });
    expect((await findings()).filter(({ level }) => level !== 'warning')).toEqual([]);
    expect(await ownCustomers()).toBe(200);
  });

  test('ORG-11: the doctor, the grants and the certificates answer administrators only', async () => {
    const head = await world.as('headA');
    for (const path of ['/crm/doctor', '/crm/field-grants', '/crm/certificates/last']) {
      for (const nobody of [world.host.anonymous, rep, head]) expect((await nobody.request('GET', path)).status).toBe(403);
    }
    for (const nobody of [world.host.anonymous, rep, head]) {
      expect((await nobody.request('POST', '/crm/doctor/repair')).status).toBe(403);
      expect((await nobody.request('POST', '/crm/certificates', {})).status).toBe(403);
      expect((await nobody.request('PUT', '/crm/field-grants', {})).status).toBe(403);
    }
    expect((await world.host.anonymous.request('GET', '/crm/openapi.json')).status).toBe(403);
    expect((await rep.request('GET', '/crm/openapi.json')).body.paths['/crm/health']).toBeDefined();
  });

  test.each<[string, Record<string, unknown>]>([
    ['emptied to null', { permissions: null }],
    ['emptied to {}', { permissions: {} }],
    ['with an _or that holds {}', { permissions: { _or: [{ owner: { _eq: '$CURRENT_USER' } }, {}] } }],
    ['with all fields', { fields: ['*'] }],
  ])('F1: a row rule %s closes the CRM before the next request, names the way, and repair opens it', async (_name, change) => {
    const rule = await customersRule();
    expect((await admin.request('PATCH', `/permissions/${rule.id}`, change)).status).toBe(200);
    expect(await ownCustomers()).toBe(503);
    const closed = await health();
    expect(closed).toMatchObject({ code: 503, status: 'closed' });
    expect(closed.because.map(({ path }) => path)).toContain('sales_rep.crm_customers.read');
    expect(JSON.stringify(closed)).not.toContain('text');
    expect((await health(systemAdmin)).because[0]!.text).toMatch(/sales_rep|crm_customers/);
    for (const [method, path, body] of [
      ['SEARCH', '/items/crm_customers', { query: { fields: ['id'] } }],
      ['GET', '/items/crm_contacts?aggregate[count]=*', undefined],
      ['POST', '/items/crm_customers', { name: '关门时新建' }],
      ['PATCH', `/items/crm_customers/${world.mine.customer}`, { short_name: 'x' }],
    ] as const)
      expect({ method, path, status: (await rep.request(method, path, body)).status }).toEqual({ method, path, status: 503 });
    const graph = await rep.graphql('{ crm_customers { id } }');
    expect(graph.body.data?.crm_customers ?? null).toBeNull();
    expect((await rep.request('GET', `/assets/${world.mine.file}`)).status).not.toBe(200);
    expect((await world.host.anonymous.request('POST', '/crm/first-admin', {})).status).toBe(503);
    expect((await world.host.anonymous.request('GET', '/crm/first-admin.js')).status).toBe(200);
    expect(world.host.logs()).toContain('isolation cannot be vouched for');
    const inbox = await world.host.database('directus_notifications').where({ recipient: world.people.systemAdmin });
    expect(inbox.map(({ message }) => message).join()).toContain('sales_rep.crm_customers.read');
    await repairByHand();
  });

  test('F1: an extra row, a doubled row, a foreign policy, a direct policy, a parent role: each closes, each is repaired', async () => {
    const { policy } = await customersRule();
    const rep2 = world.people.repA2;
    const foreign = await admin.request<{ data: { id: string } }>('POST', '/policies', { name: '外部', app_access: true });
    const role = await admin.request<{ data: { id: string } }>('POST', '/roles', {
      name: '外部',
      policies: { create: [{ policy: foreign.body.data.id }] },
    });
    const attempts: [string, string, string, unknown][] = [
      [
        'permission_extra',
        'POST',
        '/permissions',
        { policy, collection: 'crm_customers', action: 'delete', permissions: {}, fields: ['*'] },
      ],
      [
        'permission_doubled',
        'POST',
        '/permissions',
        { policy, collection: 'crm_customers', action: 'read', permissions: {}, fields: ['*'] },
      ],
      [
        'permission_extra',
        'POST',
        '/permissions',
        { policy, collection: 'directus_revisions', action: 'read', permissions: {}, fields: ['*'] },
      ],
      [
        'permission_foreign',
        'POST',
        '/permissions',
        { policy: foreign.body.data.id, collection: 'crm_contacts', action: 'read', permissions: {}, fields: ['*'] },
      ],
      ['user_policy', 'POST', '/access', { user: rep2, policy: foreign.body.data.id }],
      ['access_extra', 'POST', '/access', { role: ROLE_IDS.sales_rep, policy: foreign.body.data.id }],
      ['role_parent', 'PATCH', `/roles/${ROLE_IDS.sales_rep}`, { parent: role.body.data.id }],
      ['policy_flag', 'PATCH', `/policies/${policy}`, { admin_access: true }],
    ];
    for (const [kind, method, path, body] of attempts) {
      const answer = await admin.request(method, path, body);
      expect({ kind, status: answer.status, text: answer.status < 300 ? '' : answer.text }).toMatchObject({ kind, status: 200 });
      expect({ kind, ...(await health()) }).toMatchObject({ kind, code: 503 });
      expect((await health()).because.map((found) => found.kind)).toContain(kind);
      await repairByHand();
    }
  });

  test('F1: a rule edited in the database, past every service, is noticed by itself', async () => {
    const rule = await customersRule();
    await world.host.database('directus_permissions').where({ id: rule.id }).update({ permissions: null });
    await until(async () => (await health()).code === 503);
    expect(await ownCustomers()).toBe(503);
    const stored = typeof rule.permissions === 'string' ? rule.permissions : JSON.stringify(rule.permissions);
    await world.host.database('directus_permissions').where({ id: rule.id }).update({ permissions: stored });
    await until(async () => (await health()).code === 200);
    expect(await ownCustomers()).toBe(200);
  });

  test('a narrower rule only warns', async () => {
    const rule = await customersRule();
    await admin.request('PATCH', `/permissions/${rule.id}`, { fields: ['id', 'name'] });
    expect((await health()).code).toBe(200);
    expect((await findings()).filter(({ kind }) => kind === 'permission_narrower').map(({ path, level }) => [path, level])).toEqual([
      ['sales_rep.crm_customers.read', 'warning'],
    ]);
    await repairByHand();
  });

  test('design 2: a row that left its tree is counted', async () => {
    const contacts = world.host.database('crm_contacts').where({ id: world.mine.contact });
    await contacts.clone().update({ segment: world.segmentB });
    const crossed = (await findings()).filter(({ kind }) => kind === 'tree_crossed');
    await contacts.clone().update({ segment: world.segmentA });
    expect(crossed.map(({ path, level }) => [path, level])).toEqual([['crm_contacts.customer', 'error']]);
  });

  test('ORG-7, ORG-8: headcounts are told, in the language of the reader', async () => {
    const seen = await findings();
    expect(seen.find(({ kind }) => kind === 'no_segment_admin')?.text).toMatch(/没有版块管理员/);
    expect(seen.find(({ kind }) => kind === 'system_admin_count')?.level).toBe('warning');
  });

  describe("design 3: the administrator's own fields", () => {
    const grant = (more: Record<string, unknown>) => ({
      collection: 'crm_customers',
      field: 'loyalty',
      role: 'sales_rep',
      can_read: true,
      can_create: false,
      can_update: true,
      ...more,
    });
    const readLoyalty = () => rep.request('GET', `/items/crm_customers/${world.mine.customer}?fields=loyalty`);

    test('are granted on the page, work, keep the doctor content, and survive a restart', async () => {
      expect(
        (await admin.request('POST', '/fields/crm_customers', { field: 'loyalty', type: 'string', schema: {}, meta: {} })).status,
      ).toBe(200);
      expect((await readLoyalty()).status).toBe(403);
      const put = await systemAdmin.request('PUT', '/crm/field-grants', grant({}));
      expect(put.body).toMatchObject({ grants: [{ field: 'loyalty', role: 'sales_rep', can_read: true }] });
      expect((await readLoyalty()).status).toBe(200);
      expect((await rep.request('PATCH', `/items/crm_customers/${world.mine.customer}`, { loyalty: '金' })).status).toBe(200);
      expect((await readLoyalty()).body.data.loyalty).toBe('金');
      expect((await health()).code).toBe(200);
      await world.host.restart();
      [admin, rep, systemAdmin] = [await world.host.admin(), await world.as('repA'), await world.as('systemAdmin')];
      expect((await health()).code).toBe(200);
      expect((await readLoyalty()).status).toBe(200);
      await repairByHand();
      expect((await readLoyalty()).status).toBe(200);
    });

    test.each<[string, Record<string, unknown>]>([
      ['a field of ours', { field: 'phone' }],
      ['the segment', { field: 'segment', can_update: true }],
      ['a field that is not there', { field: 'nothing' }],
      ['a foreign collection', { collection: 'directus_users', field: 'token' }],
      ['a role of others', { role: 'Administrator' }],
    ])('%s cannot be granted', async (_name, more) => {
      const answer = await systemAdmin.request('PUT', '/crm/field-grants', grant(more));
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(/[一-鿿]/);
    });

    test('a grant written as a plain item is refused', async () => {
      const answer = await systemAdmin.request('POST', '/items/crm_field_grants', grant({ field: 'phone' }));
      expect(answer.status).toBe(403);
      expect(await world.host.database('crm_field_grants').where({ field: 'phone' })).toEqual([]);
    });

    test('F11: a field that is deleted and made again brings no old right back', async () => {
      expect((await admin.request('DELETE', '/fields/crm_customers/loyalty')).status).toBe(204);
      expect(await world.host.database('crm_field_grants').where({ field: 'loyalty' })).toEqual([]);
      await admin.request('POST', '/fields/crm_customers', { field: 'loyalty', type: 'string', schema: {}, meta: {} });
      expect((await readLoyalty()).status).toBe(403);
      await repairByHand();
      expect((await readLoyalty()).status).toBe(403);
    });

    test('a grant that is taken back is gone at once', async () => {
      await systemAdmin.request('PUT', '/crm/field-grants', grant({}));
      expect((await readLoyalty()).status).toBe(200);
      const none = await systemAdmin.request('PUT', '/crm/field-grants', grant({ can_read: false, can_update: false }));
      expect(none.body.grants).toEqual([]);
      expect((await readLoyalty()).status).toBe(403);
      expect((await health()).code).toBe(200);
    });
  });

  test('`npm run doctor`: exit code 1 while something is wrong, --repair restores, in both languages', async () => {
    const rule = await customersRule();
    await admin.request('PATCH', `/permissions/${rule.id}`, { permissions: null });
    await expect(hostCommand(['crm-doctor', '--lang', 'en-US'], world.host.env)).rejects.toThrow(
      /sales_rep\.crm_customers\.read: The row rule of role/,
    );
    expect(await hostCommand(['crm-doctor', '--repair'], world.host.env)).toMatch(/已恢复 1 处/);
    const entry = await world.host
      .database('crm_audit')
      .where({ collection: 'directus_permissions', item: String(rule.id) })
      .orderBy('nth', 'desc')
      .first();
    expect(entry).toMatchObject({ action: 'update', user: null, origin: 'command', reason: 'npm run doctor -- --repair' });
    await until(async () => (await health()).code === 200);
    const seen = await rep.request<{ data: { id: string }[] }>('GET', '/items/crm_customers?fields=id');
    expect(seen.body.data).toEqual([{ id: world.mine.customer }]);
  });
});
