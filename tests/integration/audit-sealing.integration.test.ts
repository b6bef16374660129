/** SEC-3: the chain under faults, the end of keeping, and the history of rights. */
import { randomUUID } from 'node:crypto';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChanges, type Changes } from '../../extensions/crm/src/audit/changes.ts';
import { createJournal } from '../../extensions/crm/src/audit/journal.ts';
import { sealingLease } from '../../extensions/crm/src/audit/lease.ts';
import { rightsAt } from '../../extensions/crm/src/audit/rights-history.ts';
import { describeRights } from '../../extensions/crm/src/audit/rules/describe-rights.ts';
import { sealOnce } from '../../extensions/crm/src/audit/seal.ts';
import { verifyLog } from '../../extensions/crm/src/audit/verify.ts';
import { auditPorts as ports } from '../../extensions/crm/src/entries/audit-ports.ts';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { readKeyring, type Keyring } from '../../extensions/crm/src/platform/api/keyring.ts';
import { TEST_KEYS } from '../harness/host.ts';
import { buildWorld, type World } from './access/world.ts';
import { heldRows } from './audit/held-rows.suite.ts';
import { purging } from './audit/purging.suite.ts';
import { anAuditor } from './audit/readers.suite.ts';

const DAY = 86_400_000;
const clock = { now: () => new Date() };
const silent = { fatal: () => {}, error: () => {}, warn: () => {}, info: () => {} };

function ringOfTests(): Keyring {
  const ring = readKeyring(TEST_KEYS);
  if (!ring.accepted) throw new Error('the test keys cannot be read');
  return ring.value;
}

describe.each(['sqlite', 'pg'] as const)('the chain of the audit log on %s', (db) => {
  const ring = ringOfTests();
  const keys = { ring: () => ({ accepted: true as const, value: ring }) };
  const changes: Changes = createChanges(createJournal(keys, clock, silent, ports), ports);
  let world: World;
  let database: Knex;
  const config = () => database.client.config as Knex.Config;
  const another = (more: Partial<Knex.Config> = {}) => knex({ ...config(), ...more });
  const faults = async () => (await verifyLog({ database, ring, dataDir: null })).faults;
  const write = async (count: number) => {
    for (let n = 0; n < count; n++)
      await changes.event(database, { action: 'test', collection: 'crm_customers', item: randomUUID(), after: { n } });
  };
  const waiting = async () => Number((await database('crm_audit').whereNull('block').count({ count: '*' }).first())!['count']);
  const sealAll = async () => {
    while (await sealOnce(database, ring, clock));
  };

  beforeAll(async () => {
    world = await buildWorld(db);
    ({ database } = world.host);
  });
  afterAll(() => world?.host.stop());

  it('SEC-3, SEC-2: who had what on day D, and the diff of two dates, for administrators and auditors', async () => {
    const { as, id, segment } = world;
    const auditor = await anAuditor(world);
    await expect.poll(() => database('crm_audit').where({ action: 'baseline' }).first('id'), { timeout: 8000 }).toBeTruthy();
    const before = new Date();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await as.sysadmin.request('PATCH', `/users/${id.repA2}`, { role: ROLE_IDS.segment_head })).status).toBe(200);
    expect((await as.sysadmin.request('PATCH', `/users/${id.repB}`, { status: 'suspended' })).status).toBe(200);
    const after = new Date();
    const rights = async (on: Date, user: string) =>
      (await auditor.request('GET', `/crm/audit/rights?on=${on.toISOString()}&user=${user}`)).body.users[0];
    expect(await rights(before, id.repA2)).toMatchObject({
      role_name: 'sales_rep',
      status: 'active',
      segment: segment.a,
      managed_segments: [],
    });
    expect(await rights(after, id.repA2)).toMatchObject({ role_name: 'segment_head', managed_segments: [segment.a] });
    const diff = await as.sysadmin.request('GET', `/crm/audit/rights/diff?from=${before.toISOString()}&to=${after.toISOString()}`);
    expect(diff.status, diff.text).toBe(200);
    const changed = (user: string) => diff.body.changes.find((one: { id: string }) => one.id === user);
    expect(diff.body.changes).toHaveLength(2);
    expect(changed(id.repB).fields).toEqual([{ field: 'status', before: 'active', after: 'suspended' }]);
    expect(
      changed(id.repA2)
        .fields.map(({ field }: { field: string }) => field)
        .sort(),
    ).toEqual(['managed_segments', 'role']);
    const all = await as.sysadmin.request('GET', `/crm/audit/rights?on=${after.toISOString()}`);
    const rep = all.body.roles.find(({ name }: { name: string }) => name === 'sales_rep');
    expect(rep.policies[0].rules.map((rule: { collection: string; action: string }) => `${rule.collection}.${rule.action}`)).toContain(
      'crm_customers.read',
    );
    await as.sysadmin.request('PATCH', `/users/${id.repB}`, { status: 'active' });
    await as.sysadmin.request('PATCH', `/users/${id.repA2}`, { role: ROLE_IDS.sales_rep });
  });

  it('SEC-3: the history of rights is for nobody else, and bad dates are told', async () => {
    const { as } = world;
    const on = new Date().toISOString();
    for (const person of ['adminA', 'headA', 'exec', 'repA1'] as const)
      expect((await as[person].request('GET', `/crm/audit/rights?on=${on}`)).status, person).toBe(403);
    expect((await world.host.anonymous.request('GET', `/crm/audit/rights?on=${on}`)).status).toBe(403);
    for (const bad of ['', '?on=yesterday', '?on=2026-13-45T00:00:00Z', '?on=2019-01-01T00:00:00Z', '?on=2999-01-01T00:00:00Z']) {
      const answer = await as.sysadmin.request('GET', `/crm/audit/rights${bad}`);
      expect(answer.status, bad).toBe(400);
      expect(answer.body.errors[0].extensions.code).toBe('INVALID_QUERY');
    }
    expect((await as.sysadmin.request('GET', '/crm/audit/entries?page=0')).status).toBe(400);
  });

  it('SEC-3, F18: the list of the log gives names, filters, and only the reader’s own rows', async () => {
    const { as, create, id, segment } = world;
    const customer = await create('repA1', 'crm_customers', { name: '列表有限公司' });
    const found = await as.sysadmin.request('GET', `/crm/audit/entries?item=${customer.id}`);
    expect(found.status, found.text).toBe(200);
    expect(found.body).toMatchObject({
      total: 1,
      page: 1,
      pages: 1,
      entries: [{ user: id.repA1, action: 'create' }],
      names: { [id.repA1]: 'repA1' },
    });
    const own = await as.adminA.request('GET', '/crm/audit/entries');
    expect(own.status, own.text).toBe(200);
    expect(new Set(own.body.entries.map((row: { segment: string }) => row.segment))).toEqual(new Set([segment.a]));
    for (const person of ['headA', 'exec', 'repA1'] as const)
      expect((await as[person].request('GET', '/crm/audit/entries')).status).toBe(403);
  });

  if (db === 'pg') heldRows(() => world, changes);

  it(
    'SEC-3: what was changed past the API is observed at the next start and while it runs; the sealer catches up',
    { timeout: 120_000 },
    async () => {
      await world.host.halt();
      await database('directus_users').where({ id: world.id.repC }).update({ status: 'suspended' });
      await write(1200);
      expect(await waiting()).toBeGreaterThanOrEqual(1200);
      await world.host.restart({ CRM_AUDIT_LOOK_SECONDS: '1' });
      await expect.poll(waiting, { timeout: 15_000 }).toBe(0);
      const observed = await database('crm_audit').where({ action: 'observed', item: world.id.repC }).first();
      expect(observed).toMatchObject({ origin: 'server', user: null });
      expect(JSON.stringify(observed.after)).toContain('suspended');
      await database('directus_users').where({ id: world.id.repC }).update({ status: 'active' });
      const states = async () => {
        const rows = await database('crm_audit').where({ action: 'observed', item: world.id.repC }).orderBy('nth').pluck('after');
        return rows.map((after) => (typeof after === 'string' ? (JSON.parse(after) as unknown) : after));
      };
      const both = [{ status: 'suspended' }, { status: 'active' }];
      await expect.poll(states, { timeout: 15_000 }).toEqual(both);
      await expect.poll(waiting, { timeout: 15_000 }).toBe(0);
      expect(await faults()).toEqual([]);
      await world.host.halt();
      expect(await states()).toEqual(both);
    },
  );

  it('F41: killed after any statement, a block is there with its entries or not at all', async () => {
    for (let at = 1; at < 12; at++) {
      await write(3);
      let seen = 0;
      const failing = another({
        postProcessResponse: (result) => {
          if (++seen === at) throw new Error('killed');
          return result as unknown;
        },
      });
      const outcome = await sealOnce(failing, ring, clock).then(
        () => 'sealed',
        () => 'killed',
      );
      await failing.destroy();
      expect(await faults(), `after statement ${at}`).toEqual([]);
      if (outcome === 'sealed') break;
      expect(await waiting()).toBeGreaterThanOrEqual(3);
    }
    await sealAll();
    expect(await faults()).toEqual([]);
    expect(await waiting()).toBe(0);
  });

  it('design.md 7: two sealers at once make one chain, and one of them holds the lease', async () => {
    await write(300);
    const nodes = [another(), another()];
    const [one, other] = nodes.map((node) => sealingLease(node, clock));
    // The host that was stopped before may have held it until now.
    await expect.poll(() => one!.take(), { timeout: 6000 }).toBe(true);
    expect([await other!.take(), await one!.take()]).toEqual([false, true]);
    await one!.release();
    expect(await other!.take()).toBe(true);
    // Even without a lease: the number of a block is unique.
    await Promise.allSettled(nodes.flatMap((node) => [sealOnce(node, ring, clock), sealOnce(node, ring, clock)]));
    await sealAll();
    await Promise.all(nodes.map((node) => node.destroy()));
    expect(await faults()).toEqual([]);
    expect(await waiting()).toBe(0);
  });

  purging(() => ({ database, ring, changes, keys, db, ports }));

  it('F37: after the clock went back, no change is said to have been made past the API', { timeout: 60_000 }, async () => {
    const { as, id, host } = world;
    await host.restart({ CRM_AUDIT_LOOK_SECONDS: '1' });
    const count = () => database('crm_audit').where({ action: 'observed' }).pluck('item');
    const before = await count();
    // As clocks would have written it that were fifty minutes, and three years ahead.
    for (const ahead of [50 * 60_000, 1096 * DAY]) {
      const early = createChanges(createJournal(keys, { now: () => new Date(Date.now() + ahead) }, silent, ports), ports);
      await database.transaction((trx: Knex) =>
        early.around(trx, 'directus_users', [id.repA2], () =>
          trx('directus_users').where({ id: id.repA2 }).update({ status: 'suspended' }),
        ),
      );
      await as.sysadmin.request('PATCH', `/users/${id.repA2}`, { status: 'active' });
      await new Promise((resolve) => setTimeout(resolve, 5000));
      expect(await count()).toEqual(before);
      const then = describeRights((await rightsAt(database, new Date(Date.now() + 2 * ahead))).state);
      expect(then.users.find((user) => user.id === id.repA2)).toMatchObject({ status: 'active' });
    }
    await host.halt();
  });

  it('B1: what an entry costs (reported, not judged)', async () => {
    const customer = await database('crm_customers').first('id');
    const rounds = 200;
    const begun = performance.now();
    for (let n = 0; n < rounds; n++) {
      const noted = (await changes.look(database, 'crm_customers', [customer.id], null)).get(customer.id);
      await database('crm_customers')
        .where({ id: customer.id })
        .update({ short_name: `名${n}` });
      await changes.settle(database, 'crm_customers', [{ item: customer.id, action: 'update', noted }], null);
    }
    const update = (performance.now() - begun) / rounds;
    const plain = performance.now();
    for (let n = 0; n < rounds; n++)
      await database('crm_customers')
        .where({ id: customer.id })
        .update({ short_name: `名${n}` });
    const bare = (performance.now() - plain) / rounds;
    console.info(
      `audit ${db}: ${(update - bare).toFixed(2)} ms for the entry of an update, beside ${bare.toFixed(2)} ms for the update itself`,
    );
    expect(await faults()).toEqual([]);
  });
});
