import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import type { Client } from '../harness/client.ts';
import { startGuardWorld, type GuardWorld } from './guard-world.ts';

const ABSENT = '3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11';
const CHINESE = /[\u4e00-\u9fff]/;

/** Values that no column of a type can hold; every one must be answered with 4xx in the caller's language. */
const BAD: Record<string, unknown[]> = {
  uuid: ['abc', 7, ['x'], true],
  string: [{ a: 1 }, 5, 'x'.repeat(30_000), 'a\u0000b', '\ud83d'],
  text: [['a'], 'x'.repeat(200_000), 'a\u0000b'],
  integer: ['abc', 1.5, 2 ** 40, {}, true],
  decimal: ['many', 1e300, [1]],
  boolean: ['maybe', 7],
  date: ['2026-02-30', 'soon', 5],
  timestamp: ['2026-13-01T00:00:00Z', 'now()', {}],
  json: ['\u0000'],
};

const COUNTED = Object.keys(COLLECTIONS).filter((name) => !['crm_audit_blocks', 'crm_install_state', 'crm_logins'].includes(name));

describe.each(['sqlite', 'pg'] as const)('writes under the guard (%s)', (db) => {
  let world: GuardWorld;
  let rep: Client;
  let systemAdmin: Client;
  const countAll = async () =>
    Object.fromEntries(
      await Promise.all(
        // Blocks and their head come by themselves, some seconds after the entries; that there are no more entries is part of the count.
        COUNTED.map(async (name) => [name, Number((await world.host.database(name).count({ n: '*' }))[0]!['n'])]),
      ),
    );

  beforeAll(async () => {
    world = await startGuardWorld(db);
    [rep, systemAdmin] = [await world.as('repA'), await world.as('systemAdmin')];
  });
  afterAll(() => world?.host.stop());

  it('HOLE 4, P9: a foreign key to a row of others is refused like one to no row, flat and nested, before anything is written', async () => {
    const { mine, foreign, colleague } = world;
    const contact = (customer: unknown) => ['POST', '/items/crm_contacts', { name: '张三', customer }] as const;
    const onMine = (body: unknown) => ['PATCH', `/items/crm_customers/${mine.customer}`, body] as const;
    const cases: [string, (id: { customer: string; contact: string; person: string }) => readonly [string, string, unknown]][] = [
      ['flat', ({ customer }) => contact(customer)],
      ['nested record with a key', ({ customer }) => contact({ id: customer })],
      ['nested record with a key and a change', ({ customer }) => contact({ id: customer, name: 'x' })],
      ['moving a row', ({ customer }) => ['PATCH', `/items/crm_contacts/${mine.contact}`, { customer }]],
      ['list of keys', (id) => onMine({ contacts: [id.contact] })],
      ['list of rows', (id) => onMine({ contacts: [{ id: id.contact, name: 'x' }] })],
      ['list with update', (id) => onMine({ contacts: { create: [], update: [{ id: id.contact, name: 'x' }], delete: [] } })],
      ['list with delete', (id) => onMine({ contacts: { create: [], update: [], delete: [id.contact] } })],
      ['two levels down', (id) => onMine({ opportunities: { create: [{ title: 't', orders: [id.contact] }], update: [], delete: [] } })],
      ['parent', ({ customer }) => onMine({ parent: customer })],
      ['a person', ({ person }) => ['PATCH', `/items/crm_activities/${mine.activity}`, { owner: person }]],
    ];
    const before = await countAll();
    for (const [name, request] of cases) {
      const answers = [];
      for (const id of [
        { customer: foreign.customer, contact: foreign.contact, person: world.people.repB },
        { customer: colleague.customer, contact: colleague.contact, person: world.people.repB },
        { customer: ABSENT, contact: ABSENT, person: ABSENT },
      ]) {
        const [method, path, body] = request(id);
        const answer = await rep.request(method, path, body);
        answers.push([answer.status, answer.text]);
      }
      expect([name, answers[0]![0]]).toEqual([name, 403]);
      expect([name, answers[1]]).toEqual([name, answers[0]]);
      expect([name, answers[2]]).toEqual([name, answers[0]]);
    }
    expect(await countAll()).toEqual(before);
    expect((await rep.request('POST', '/items/crm_contacts', { name: '李四', customer: mine.customer })).status).toBe(200);
    expect((await rep.request('PATCH', `/items/crm_contacts/${mine.contact}`, { customer: mine.customer })).status).toBe(200);
  });

  it('P9: GraphQL writes are judged the same', async () => {
    const create = (customer: string) =>
      rep.graphql('mutation ($c: ID!) { create_crm_contacts_item(data: {name: "王五", customer: {id: $c}}) { id } }', { c: customer });
    const [foreign, absent] = [await create(world.foreign.customer), await create(ABSENT)];
    expect(foreign.text).toBe(absent.text);
    expect(foreign.body.data?.create_crm_contacts_item ?? null).toBeNull();
  });

  it('P9: an answer to a change of a row of others is that of an absent row, whatever else is wrong with it', async () => {
    for (const body of [
      { name: 'x' },
      { name: 5 },
      { nope: 1 },
      { owner: world.people.repB },
      { segment: world.segmentB },
      { contacts: [world.foreign.contact] },
      {},
    ]) {
      const [foreign, absent] = [
        await rep.request('PATCH', `/items/crm_customers/${world.foreign.customer}`, body),
        await rep.request('PATCH', `/items/crm_customers/${ABSENT}`, body),
      ];
      expect([body, foreign.status, foreign.text]).toEqual([body, absent.status, absent.text]);
      expect(foreign.status).toBeGreaterThanOrEqual(400);
    }
    const [foreign, absent] = [
      await rep.request('DELETE', `/items/crm_customers/${world.foreign.customer}`),
      await rep.request('DELETE', `/items/crm_customers/${ABSENT}`),
    ];
    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text]);
  });

  it('F7, P9: a key that a client chooses says nothing about rows that have it', async () => {
    for (const id of [world.foreign.customer, world.mine.customer, ABSENT]) {
      const answer = await rep.request('POST', '/items/crm_customers', { id, name: `键位测试${id.slice(0, 4)}有限公司` });
      expect(answer.status).toBe(200);
      expect(answer.body.data.id).not.toBe(id);
    }
    expect((await world.host.database('crm_customers').where({ id: world.foreign.customer }).first('name')).name).toBe('乙方秘密');
  });

  it('LEAK 2: changing or deleting by a filter is refused; by keys it works', async () => {
    const query = { filter: { name: { _eq: '乙方秘密' } } };
    for (const path of ['/items/crm_customers', '/users', '/files', '/presets']) {
      expect([path, (await rep.request('PATCH', path, { query, data: { name: 'x' } })).status]).toEqual([path, 403]);
      expect([path, (await rep.request('DELETE', path, { query })).status]).toEqual([path, 403]);
    }
    const [hit, miss] = [
      await rep.request('PATCH', '/items/crm_customers', { query, data: { name: 'x' } }),
      await rep.request('PATCH', '/items/crm_customers', { query: { filter: { name: { _eq: 'nobody' } } }, data: { name: 'x' } }),
    ];
    expect(hit.text).toBe(miss.text);
    expect((await rep.request('PATCH', '/items/crm_customers', { keys: [world.mine.customer], data: { short_name: '甲方' } })).status).toBe(
      200,
    );
  });

  it('Bad input: every field of every collection refuses what it cannot hold, in Chinese, and nothing is written', async () => {
    const before = await countAll();
    for (const [collection, { tenancy, fields }] of Object.entries(COLLECTIONS)) {
      if (tenancy === 'internal') continue;
      for (const [field, { type }] of Object.entries(fields)) {
        for (const value of BAD[type] ?? []) {
          const answer = await systemAdmin.request('POST', `/items/${collection}`, { [field]: value });
          expect([collection, field, String(value).slice(0, 20), answer.status >= 400 && answer.status < 500]).toEqual([
            collection,
            field,
            String(value).slice(0, 20),
            true,
          ]);
          const [{ message, extensions }] = answer.body.errors;
          expect([collection, field, message]).toEqual([collection, field, expect.stringMatching(CHINESE)]);
          if (extensions.code === 'FAILED_VALIDATION') expect([collection, extensions.field]).toEqual([collection, field]);
        }
      }
      for (const body of [{ nope: 1 }, [], [1], [[]], 'text', 5, [null], { id: 'abc' }, { id: [] }]) {
        const answer = await systemAdmin.request('POST', `/items/${collection}`, JSON.stringify(body), {
          headers: { 'content-type': 'application/json' },
        });
        expect([collection, body, answer.status < 500]).toEqual([collection, body, true]);
      }
      for (const [method, path, body] of [
        ['PATCH', `/items/${collection}/abc`, { nope: 1 }],
        ['PATCH', `/items/${collection}/${ABSENT}`, { nope: 1 }],
        ['PATCH', `/items/${collection}`, { keys: ['abc'], data: { nope: 1 } }],
        ['PATCH', `/items/${collection}`, [{ nope: 1 }]],
        ['PATCH', `/items/${collection}`, [{ id: 'abc' }]],
        ['PATCH', `/items/${collection}`, { keys: 5, data: 5 }],
        ['DELETE', `/items/${collection}`, ['abc']],
        ['DELETE', `/items/${collection}`, [{}]],
        ['DELETE', `/items/${collection}/abc`, undefined],
      ] as const) {
        const answer = await systemAdmin.request(method, path, body);
        expect([method, path, body, answer.status >= 400 && answer.status < 500]).toEqual([method, path, body, true]);
      }
    }
    expect(await countAll()).toEqual(before);
  });

  it('Bad input: 10 MB, deep nests and broken JSON are 4xx; emoji and rare characters come back as they went', async () => {
    const post = (text: string) => rep.request('POST', '/items/crm_customers', text, { headers: { 'content-type': 'application/json' } });
    expect((await post(`{"name":"${'x'.repeat(10_000_000)}"}`)).status).toBeLessThan(500);
    expect((await post(`{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).status).toBe(400);
    expect((await post('{"name":')).status).toBe(400);
    expect((await post('{"name":"a","__proto__":{"admin":true}}')).status).toBe(400);
    const name = '𠮷野家䶮😀有限公司';
    const created = await rep.request('POST', '/items/crm_customers', { name, needs: '第一行\n👩‍👩‍👧 䶮' });
    expect(created.status).toBe(200);
    const stored = await rep.request('GET', `/items/crm_customers/${created.body.data.id}?fields=name,needs`);
    expect(stored.body.data).toMatchObject({ needs: '第一行\n👩‍👩‍👧 䶮' });
    expect(stored.body.data.name).toContain('𠮷野家䶮😀');
  });

  it('F7: a nested row cannot smuggle a segment or an owner', async () => {
    for (const smuggled of [{ segment: world.segmentB }, { owner: world.people.repB }]) {
      const answer = await rep.request('POST', '/items/crm_customers', { name: '夹带有限公司', contacts: [{ name: '夹带', ...smuggled }] });
      if (answer.status === 200) {
        const row = await world.host.database('crm_contacts').where({ customer: answer.body.data.id }).first('segment', 'owner');
        expect(row).toEqual({ segment: world.segmentA, owner: world.people.repA });
      } else expect(answer.status).toBeLessThan(500);
    }
  });

  it("F46b: a bookmark is its maker's; nobody plants one in the menus of others", async () => {
    const created = await rep.request('POST', '/presets', { bookmark: '我的', collection: 'crm_customers', user: null, role: null });
    expect(created.body.data).toMatchObject({ user: world.people.repA, role: null });
    const other = await rep.request('POST', '/presets', { bookmark: '别人的', collection: 'crm_customers', user: world.people.repB });
    expect(other.body.data?.user ?? world.people.repA).toBe(world.people.repA);
    for (const change of [{ user: null }, { user: world.people.repB }, { role: 'c0a1d000-0000-4000-8000-000000000005' }]) {
      expect((await rep.request('PATCH', `/presets/${created.body.data.id}`, change)).status).toBe(403);
    }
    expect((await rep.request('PATCH', `/presets/${created.body.data.id}`, { bookmark: '改名', user: world.people.repA })).status).toBe(
      200,
    );
  });

  it('F15, P6: comments point only at rows and people the writer can see; shares and versions of our rows do not exist', async () => {
    const { mine, foreign, people } = world;
    const comment = (item: string, text: string) => rep.request('POST', '/comments', { collection: 'crm_customers', item, comment: text });
    const [other, absent] = [await comment(foreign.customer, 'x'), await comment(ABSENT, 'x')];
    expect([other.status, other.text]).toEqual([absent.status, absent.text]);
    expect(other.status).toBe(403);
    expect((await comment(mine.customer, '自己的')).status).toBe(200);
    const [mention, nobody] = [await comment(mine.customer, `@${people.repB} x`), await comment(mine.customer, `@${ABSENT} x`)];
    expect([mention.status, mention.text]).toEqual([nobody.status, nobody.text]);
    expect(mention.status).toBe(403);
    for (const client of [rep, systemAdmin, await world.host.admin()]) {
      expect((await client.request('POST', '/shares', { collection: 'crm_customers', item: mine.customer, name: 's' })).status).toBe(403);
      expect(
        (await client.request('POST', '/versions', { collection: 'crm_customers', item: mine.customer, key: 'v', name: 'v' })).status,
      ).toBeGreaterThanOrEqual(400);
    }
    expect(
      (
        await rep.request('POST', '/notifications', {
          recipient: people.repB,
          subject: 'x',
          collection: 'crm_customers',
          item: mine.customer,
        })
      ).status,
    ).toBe(403);
  });

  it('F20: an error says nothing of values, SQL or names of constraints', async () => {
    const secret = '13912345678';
    for (const body of [
      { name: 'x', phone: secret, industry: ABSENT },
      { phone: secret, name: null },
      { phone: secret, name: 'x', employees: '9'.repeat(20) },
    ]) {
      const answer = await rep.request('POST', '/items/crm_customers', body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toMatch(new RegExp(`${secret}|insert into|constraint|SQLITE|select `, 'i'));
      expect(answer.body.errors[0].message).toMatch(CHINESE);
    }
  });
});
