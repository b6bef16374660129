import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runHost } from '../../bin/lib/host-process.mjs';
import { blindIndex } from '../../extensions/crm/src/privacy/blind-index.ts';
import { nodesWithout } from '../../extensions/crm/src/privacy/known-keys.ts';
import { countClear, sealExisting } from '../../extensions/crm/src/privacy/seal-existing.ts';
import { sealRow } from '../../extensions/crm/src/privacy/seal-row.ts';
import { TEST_KEYS } from '../harness/host.ts';
import { buildWorld, type World } from './access/world.ts';
import { dump } from './installer/database-dump.ts';
import { Canaries, openSealed, ringOf } from './sealing/open-sealed.ts';

const key = (id: string, seed: string) => `${id}:${createHash('sha256').update(seed).digest('base64')}`;
const NEXT = key('next', 'the next master key of the tests');
const BOTH = `${NEXT},${TEST_KEYS}`;
const MANY = 450;

interface Planted {
  id: string;
  phone: string;
  email: string;
}

/** Commands of the host start a process each. */
vi.setConfig({ testTimeout: 300_000 });

describe.each(['sqlite', 'pg'] as const)('keys of sealed values on %s', (db) => {
  let world: World;
  let customer: string;
  const canaries = new Canaries();
  const database = () => world.host.database;
  const reveal = (id: string) => world.as.repA1.request('POST', `/crm/contacts/${id}/reveal`, { field: 'phone', reason: 'follow_up' });
  const findings = async () => (await world.root.request('GET', '/crm/doctor')).body.findings as { kind: string; path: string }[];

  beforeAll(async () => {
    world = await buildWorld(db);
    customer = (await world.create('repA1', 'crm_customers', { name: '轮换有限公司', phone: '010-65588888' })).id;
  });
  afterAll(() => world?.host.stop());

  const fresh = (): Planted => ({ id: randomUUID(), phone: canaries.phone(), email: `${canaries.word()}@example.com` });
  const asRow = (one: Planted) => ({ ...one, name: '批量', customer, segment: world.segment.a, owner: world.id.repA1, status: 'active' });

  /** Our own set-based way, as the demo and imports go. */
  async function plantSealed(count: number): Promise<Planted[]> {
    const planted = Array.from({ length: count }, fresh);
    const sealed = planted.map((one) => sealRow(ringOf(), 'crm_contacts', asRow(one), new Date()));
    await database().batchInsert(
      'crm_subject_keys',
      sealed.map((one) => one.key!),
      100,
    );
    await database().batchInsert(
      'crm_contacts',
      sealed.map((one) => one.row),
      50,
    );
    return planted;
  }

  /** The command's work in a process of its own, killed as soon as it has said `word`; whether it was. */
  async function killed(work: 'rotate' | 'seal', word: string, keys: string): Promise<boolean> {
    let said = false;
    const child = spawn(process.execPath, [join(import.meta.dirname, 'sealing/key-work.ts'), work], {
      env: { ...process.env, ...world.host.env, CRM_KEYS: keys },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (text: Buffer) => {
      if (!text.toString().includes(word) || said) return;
      said = true;
      child.kill('SIGKILL');
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return code !== 0 && said;
  }

  async function whole(command: string, env: Record<string, string>): Promise<{ code: number | null; output: string }> {
    const host = runHost([command], env);
    const code = await host.ended;
    return { code, output: host.output() };
  }

  test('SEC-1: a rotation that is killed twice finishes while people write, nothing is lost, and the old key can go', async () => {
    const planted = await plantSealed(MANY);
    const env = { ...world.host.env, CRM_KEYS: BOTH, LOG_LEVEL: 'fatal' };
    // The running server has the old key only: what it cannot read is not written.
    await expect.poll(() => nodesWithout(database(), 'next', new Date())).toHaveLength(1);
    const refused = await whole('crm-keys-rotate', env);
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('do not have the key next yet')]);
    expect(await database()('crm_subject_keys').where({ key_id: 'next' })).toEqual([]);
    expect(await openSealed(database(), 'crm_contacts', planted[0]!.id, 'phone')).toBe(planted[0]!.phone);
    await world.host.restart({ CRM_KEYS: BOTH });
    await expect.poll(() => nodesWithout(database(), 'next', new Date())).toEqual([]);

    expect(await killed('rotate', 'rotated', BOTH)).toBe(true);
    expect(Number((await database()('crm_subject_keys').where({ key_id: 'next' }).count({ n: '*' }))[0]!['n'])).toBeGreaterThan(0);
    expect(await killed('rotate', 'rotated', BOTH)).toBe(true);

    const [changed, cleared] = [planted[0]!, planted[1]!];
    const phone = canaries.phone();
    const running = whole('crm-keys-rotate', env);
    const writes = await Promise.all([
      world.as.repA1.request('PATCH', `/items/crm_contacts/${changed.id}`, { phone }),
      world.as.repA1.request('PATCH', `/items/crm_contacts/${cleared.id}`, { phone: null }),
    ]);
    expect(writes.map(({ status }) => status)).toEqual([200, 200]);
    const { code, output } = await running;
    expect([code, output.slice(-300)]).toEqual([0, expect.stringContaining('left with an old key: 0 subject keys, 0 indexes')]);
    expect(canaries.in(output)).toEqual([]);

    const only = ringOf(NEXT);
    expect(await openSealed(database(), 'crm_contacts', changed.id, 'phone', only)).toBe(phone);
    expect(await database()('crm_contacts').where({ id: cleared.id }).first('phone', 'phone_index')).toEqual({
      phone: null,
      phone_index: null,
    });
    for (const one of planted.slice(2)) {
      expect(await openSealed(database(), 'crm_contacts', one.id, 'phone', only)).toBe(one.phone);
      expect(await openSealed(database(), 'crm_contacts', one.id, 'email', only)).toBe(one.email);
    }
    await world.host.restart({ CRM_KEYS: NEXT });
    expect((await reveal(planted[2]!.id)).body.value).toBe(planted[2]!.phone);
    const found = await world.as.repA1.request('GET', `/items/crm_contacts?fields=id&search=${planted[3]!.phone}`);
    expect(found.body.data).toEqual([{ id: planted[3]!.id }]);
    const company = await world.as.repA1.request('GET', '/items/crm_customers?fields=id&search=010-65588888');
    expect(company.body.data).toEqual([{ id: customer }]);
    expect((await findings()).filter(({ kind }) => /^(value|key)/.test(kind))).toEqual([]);
  });

  test('SEC-1: an installation from before is sealed, also after a kill, its history too, and a scan proves it', async () => {
    const planted = Array.from({ length: MANY }, fresh);
    await database().batchInsert('crm_contacts', planted.map(asRow), 50);
    const old = fresh();
    const person = { id: randomUUID(), name: '老客户', kind: 'person', phone: old.phone, segment: world.segment.a, owner: world.id.repA1 };
    await database()('crm_customers').insert(person);
    const phone_index = blindIndex(ringOf(NEXT), 'phone', '010-61112222');
    const company = { ...person, id: randomUUID(), kind: 'company', phone: '010 6111 2222', phone_index };
    await database()('crm_customers').insert(company);
    const starred = { ...fresh(), phone: `${canaries.phone()}***张总`, email: null };
    await database()('crm_contacts').insert(asRow(starred as never));
    const copies = await plantCopies(person.id);
    for (const { id, phone, email } of planted.slice(0, 5)) {
      const copy = JSON.stringify({ id, phone, email, name: '批量' });
      const [activity] = await database()('directus_activity')
        .insert({ action: 'update', collection: 'crm_contacts', item: id })
        .returning('id');
      await database()('directus_revisions').insert({
        activity: activity.id ?? activity,
        collection: 'crm_contacts',
        item: id,
        data: copy,
        delta: copy,
      });
    }
    expect((await findings()).filter(({ kind }) => kind === 'values_unsealed').map(({ path }) => path)).toEqual([
      'crm_contacts.phone',
      'crm_contacts.email',
      'crm_customers.phone',
    ]);
    const env = { ...world.host.env, CRM_KEYS: NEXT, LOG_LEVEL: 'fatal' };
    expect(await killed('seal', 'sealed 200', NEXT)).toBe(true);
    const { code, output } = await whole('crm-seal', env);
    expect([code, output.slice(-300)]).toEqual([0, expect.stringContaining('left in clear 0')]);
    expect(canaries.in(output)).toEqual([]);
    for (const one of planted) expect(await openSealed(database(), 'crm_contacts', one.id, 'phone', ringOf(NEXT))).toBe(one.phone);
    expect(await openSealed(database(), 'crm_customers', person.id, 'phone', ringOf(NEXT))).toBe(old.phone);
    expect(await database()('crm_customers').where({ id: company.id }).first('phone', 'phone_sealed', 'phone_index')).toEqual({
      phone: '010-61112222',
      phone_sealed: null,
      phone_index: null,
    });
    expect(await openSealed(database(), 'crm_contacts', starred.id, 'phone', ringOf(NEXT))).toBe(starred.phone);
    expect(await copies()).toEqual([]);
    const { tables } = await dump(database());
    expect(Object.keys(tables).filter((name) => canaries.in(JSON.stringify(tables[name])).length)).toEqual([]);
    expect((await findings()).filter(({ kind }) => kind === 'values_unsealed')).toEqual([]);
    expect(await sealExisting(database(), ringOf(NEXT), new Date())).toEqual({ sealed: 0, readable: 0, copies: 0, left: 0 });
  });

  /** Everywhere else where the host keeps what people typed; gives what of it still stands there. */
  async function plantCopies(item: string): Promise<() => Promise<string[]>> {
    const [phone, wechat] = [canaries.phone(), canaries.word()];
    const row = { phone, wechat };
    const flow = randomUUID();
    await database()('directus_versions').insert({
      ...{ id: randomUUID(), key: 'old', name: 'old', collection: 'crm_customers', item, hash: 'x' },
      delta: JSON.stringify({ phone, contacts: { create: [row], update: [], delete: [] } }),
    });
    const presets = [
      { collection: 'crm_contacts', search: `${phone}x12` },
      { collection: 'crm_leads', filter: JSON.stringify({ _or: [{ phone: { _eq: phone } }, { wechat: { _eq: wechat } }] }) },
    ];
    for (const preset of presets) await database()('directus_presets').insert({ ...preset, user: world.id.repA2 });
    await database()('directus_users')
      .where({ id: world.id.repA2 })
      .update({ last_page: `/content/crm_contacts?search=${phone}` });
    const [activity] = await database()('directus_activity')
      .insert({ action: 'run', collection: 'directus_flows', item: flow })
      .returning('id');
    const data = JSON.stringify({ steps: [{ options: { payload: row } }], data: { $trigger: { body: row } } });
    await database()('directus_revisions').insert({ activity: activity.id ?? activity, collection: 'directus_flows', item: flow, data });
    const stands = async () =>
      canaries.in(
        JSON.stringify([
          await database()('directus_versions').where({ item }),
          await database()('directus_presets').where({ user: world.id.repA2 }),
          await database()('directus_users').where({ id: world.id.repA2 }).first('last_page'),
          await database()('directus_revisions').where({ item: flow }),
        ]),
      );
    expect(await stands()).toHaveLength(2);
    expect(await countClear(database())).toBeGreaterThanOrEqual(5);
    return stands;
  }

  test('SEC-1: a sealing that was cut off before the old pages were let go lets them go when it is run again', async () => {
    const contact = await world.create('repA1', 'crm_contacts', { name: '甲', customer });
    await database()('crm_contacts').where({ id: contact.id }).update({ phone: canaries.phone() });
    const said: string[] = [];
    const watched = (isCut: boolean) =>
      new Proxy(database(), {
        get: (target, name) =>
          name === 'raw'
            ? (sql: string, ...values: unknown[]) => {
                said.push(sql);
                if (isCut && sql.startsWith('VACUUM')) throw new Error('killed');
                return (target.raw as (...all: unknown[]) => unknown).call(target, sql, ...values);
              }
            : (target as unknown as Record<string | symbol, unknown>)[name],
        apply: (target, _self, all: [string]) => target(...all),
      });
    await expect(sealExisting(watched(true), ringOf(NEXT), new Date())).rejects.toThrow('killed');
    said.length = 0;
    await sealExisting(watched(false), ringOf(NEXT), new Date());
    expect(said.some((sql) => sql.startsWith('VACUUM'))).toBe(true);
  });

  // Master keys are read from the environment before any database is asked, and what does not open with them is decided in
  // memory: which database holds the rows makes no difference, and each of these is a start of the host.
  if (db === 'sqlite') faultsOfKeys();

  function faultsOfKeys(): void {
    test.each([
      ['no key', '', 'keys_missing'],
      ['an unreadable key', 'k1:short', 'key_unreadable'],
    ])(
      'bad input and faults: with %s the process starts, health says why, lists load, sealed fields answer 503',
      async (_name, keys, reason) => {
        await world.host.restart({ CRM_KEYS: keys }, '/server/ping');
        await expect
          .poll(async () => (await world.host.anonymous.request('GET', '/crm/health')).body.because?.[0]?.kind, { timeout: 20_000 })
          .toBe(reason);
        const health = await world.root.request('GET', '/crm/health');
        expect(health.status).toBe(503);
        expect((await findings()).map(({ kind }) => kind)).toContain(reason);
        const list = await world.as.repA1.request('GET', '/items/crm_contacts?fields=*&limit=5');
        expect([list.status, list.body.data.length]).toEqual([200, 5]);
        const id: string = list.body.data[0].id;
        const tries = [
          await world.as.repA1.request('PATCH', `/items/crm_contacts/${id}`, { phone: canaries.phone() }),
          await world.as.repA1.request('POST', '/items/crm_contacts', { name: '新', customer, phone: canaries.phone() }),
          await reveal(id),
        ];
        for (const answer of tries) {
          expect(answer.status).toBe(503);
          expect(answer.body.errors[0].message).toContain('加密密钥不可用');
          expect(canaries.in(answer.text)).toEqual([]);
        }
        // What cannot be written into the audit log is not written at all (SEC-3).
        const other = await world.as.repA1.request('PATCH', `/items/crm_contacts/${id}`, { hobbies: '围棋' });
        expect([other.status, other.body.errors[0].message]).toEqual([503, expect.stringContaining('CRM_KEYS')]);
      },
    );

    const sealedOne = async () => (await database()('crm_contacts').whereNotNull('phone_sealed').first('id')).id as string;

    test.each([
      ['another key under the same id', key('next', 'wrong'), 'key_wrong'],
      ['a ring without the key', key('other', 'other'), 'key_absent'],
    ])('bad input and faults: with %s nothing opens, and the doctor says so', async (_name, keys, kind) => {
      await world.host.restart({ CRM_KEYS: keys });
      const id = await sealedOne();
      const answer = await reveal(id);
      expect([answer.status, answer.body.errors[0].extensions.reason]).toEqual([503, 'keys_unusable']);
      expect((await world.as.repA1.request('PATCH', `/items/crm_contacts/${id}`, { phone: canaries.phone() })).status).toBe(503);
      expect((await world.as.repA1.request('GET', '/items/crm_contacts?fields=*')).status).toBe(200);
      expect((await findings()).filter(({ path }) => path === 'CRM_KEYS.next').map((found) => found.kind)).toEqual([kind]);
    });

    test('bad input and faults: the right key brings all back, and nothing is called damaged', async () => {
      await world.host.restart({ CRM_KEYS: NEXT });
      expect((await reveal(await sealedOne())).status).toBe(200);
      expect((await findings()).filter(({ kind }) => /^(value|key)/.test(kind))).toEqual([]);
    });
  }
});
