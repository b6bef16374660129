import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../harness/client.ts';
import { startGuardWorld, type GuardWorld } from './guard-world.ts';

const ABSENT = '3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11';
const query = (parts: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(parts).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  ).toString();

describe.each(['sqlite', 'pg'] as const)('reads under the guard (%s)', (db) => {
  let world: GuardWorld;
  let rep: Client;
  let head: Client;
  let executive: Client;
  const read = (client: Client, path: string, parts: Record<string, unknown> = {}) => client.request('GET', `${path}?${query(parts)}`);
  const names = (answer: { body: { data: Record<string, string>[] } }) =>
    answer.body.data.map((row) => row['name'] ?? row['title'] ?? row['subject']).sort();

  beforeAll(async () => {
    world = await startGuardWorld(db);
    [rep, head, executive] = [await world.as('repA'), await world.as('headA'), await world.as('executive')];
  });
  afterAll(() => world?.host.stop());

  it('ORG-2, LEAK 3: a filter through a relation into rows of others is refused; the same filter by a reader of all hits', async () => {
    const filter = { customers: { name: { _eq: '乙方秘密' } } };
    const byRelation = { '$FOLLOW(crm_customers,segment)': { name: { _eq: '乙方秘密' } } };
    expect((await read(executive, '/items/crm_segments', { filter: byRelation, fields: 'id' })).body.data).toEqual([
      { id: world.segmentB },
    ]);
    for (const one of [filter, byRelation]) expect((await read(rep, '/items/crm_segments', { filter: one })).status).toBe(403);
    const onPeople = { '$FOLLOW(crm_customers,owner)': { name: { _eq: '乙方秘密' } } };
    expect((await read(executive, '/users', { filter: onPeople, fields: 'id' })).body.data).toEqual([{ id: world.people.repB }]);
    expect((await read(rep, '/users', { filter: onPeople })).status).toBe(403);
  });

  it("ORG-2: filters, sorts and counts that stay in one's own tree work and give one's own rows only", async () => {
    expect(
      names(await read(rep, '/items/crm_opportunities', { filter: { customer: { name: { _contains: '机械' } } }, fields: 'title' })),
    ).toEqual(['甲方机械商机']);
    expect(
      names(
        await read(head, '/items/crm_opportunities', {
          filter: { customer: { name: { _contains: '机械' } } },
          fields: 'title',
          sort: 'customer.name',
        }),
      ),
    ).toEqual(['同事机械商机', '甲方机械商机']);
    expect(
      names(
        await read(rep, '/items/crm_customers', { filter: { contacts: { _some: { name: { _contains: '联系人' } } } }, fields: 'name' }),
      ),
    ).toEqual(['甲方机械']);
    expect(
      names(await read(rep, '/items/crm_opportunities', { filter: { stage: { name: { _eq: '守护阶段' } } }, fields: 'title' })),
    ).toEqual(['甲方机械商机']);
  });

  it('LEAK 3, facts §13: _some does not leak one relation deeper, nor does a nested query or a sort', async () => {
    const behind = { owner: { first_name: { _eq: 'repA' } } };
    for (const parts of [
      { filter: { contacts: { _some: { customer: behind } } } },
      { filter: behind },
      { sort: 'owner.first_name' },
      { deep: { contacts: { _filter: { customer: behind } } }, fields: 'contacts.id' },
      { alias: { people: 'contacts' }, deep: { people: { _sort: 'customer.owner.first_name' } }, fields: 'people.id' },
    ]) {
      expect([parts, (await read(rep, '/items/crm_customers', parts)).status]).toEqual([parts, 403]);
      expect((await read(executive, '/items/crm_customers', parts)).status).toBe(200);
    }
  });

  it('LEAK 3: GraphQL and SEARCH bodies are judged like addresses', async () => {
    const refused = await rep.graphql('{ crm_customers(filter: {owner: {first_name: {_eq: "repA"}}}) { id } }');
    expect(refused.body.errors[0].extensions.code).toBe('FORBIDDEN');
    const nested = await rep.graphql('{ crm_customers { contacts(filter: {customer: {owner: {first_name: {_eq: "x"}}}}) { id } } }');
    expect(nested.body.errors[0].extensions.code).toBe('FORBIDDEN');
    const aggregated = await rep.graphql('{ crm_customers_aggregated(filter: {owner: {first_name: {_eq: "x"}}}) { count { id } } }');
    expect(aggregated.body.errors[0].extensions.code).toBe('FORBIDDEN');
    expect(
      (await rep.graphql('{ crm_customers(filter: {contacts: {_some: {name: {_contains: "联系人"}}}}) { name } }')).body.data.crm_customers,
    ).toEqual([{ name: '甲方机械' }]);
    expect(
      (await rep.request('SEARCH', '/items/crm_customers', { query: { filter: { owner: { first_name: { _eq: 'x' } } } } })).status,
    ).toBe(403);
    expect(
      names(await rep.request('SEARCH', '/items/crm_customers', { query: { filter: { name: { _contains: '机械' } }, fields: ['name'] } })),
    ).toEqual(['甲方机械']);
  });

  it("ORG-2: people have more columns on their own row than on others': those are not compared", async () => {
    for (const parts of [
      { filter: { email: { _contains: 'rep' } } },
      { sort: '-email' },
      { 'aggregate[min]': 'email' },
      { groupBy: 'email', 'aggregate[count]': 'id' },
    ]) {
      expect([parts, (await read(rep, '/users', parts)).status]).toEqual([parts, 403]);
    }
    expect((await read(rep, '/users', { filter: { first_name: { _eq: 'repA2' } }, fields: 'first_name' })).body.data).toEqual([
      { first_name: 'repA2' },
    ]);
    expect((await read(rep, '/users/me', { fields: 'email' })).body.data).toEqual({ email: 'repa@example.com' });
  });

  it("ORG-2: a variable of the filter reaches no further than the caller's own row", async () => {
    await world.host.database('crm_customers').where({ id: world.mine.customer }).update({ website: 'repb@example.com' });
    for (const path of ['$CURRENT_USER.role.users.email', '$CURRENT_ROLE.users.email', '$CURRENT_ROLES.users.email']) {
      const filter = { website: { _in: path } };
      expect((await read(rep, '/items/crm_customers', { filter })).status).toBe(403);
      expect((await rep.graphql(`{ crm_customers(filter: {website: {_in: "${path}"}}) { id } }`)).status).toBe(403);
      expect((await rep.request('SEARCH', '/items/crm_customers', { query: { filter } })).status).toBe(403);
    }
    expect(
      names(
        await read(rep, '/items/crm_customers', {
          filter: { owner: { _eq: '$CURRENT_USER' }, segment: { _eq: '$CURRENT_USER.crm_segment' } },
          fields: 'name',
        }),
      ),
    ).toEqual(['甲方机械']);
    const oracle = { website: { _in: '$CURRENT_USER.role.users.email' } };
    expect((await (await world.host.admin()).request('GET', `/items/crm_customers?${query({ filter: oracle })}`)).status).toBe(200);
  });

  it('P1, P2: what the Studio asks for runs for every role', async () => {
    const { mine, tag, people } = world;
    const queries: [string, Record<string, unknown>][] = [
      [
        '/items/crm_customers',
        {
          limit: '25',
          fields: 'id,name,owner.first_name,segment.name,contacts.id',
          sort: 'name',
          page: '1',
          search: '机械',
          meta: '*',
          filter: { _and: [{ status: { _neq: 'archived' } }] },
        },
      ],
      ['/items/crm_contacts', { filter: { _and: [{ customer: { _eq: mine.customer } }] }, fields: 'id,name', limit: '15', page: '1' }],
      ['/items/crm_contacts', { 'aggregate[countDistinct]': 'id', filter: { customer: { _eq: mine.customer } } }],
      [
        '/items/crm_contacts',
        {
          filter: { _and: [{ id: { _nin: [ABSENT] } }, { _or: [{ customer: { _neq: mine.customer } }, { customer: { _null: true } }] }] },
          fields: 'id',
        },
      ],
      [
        '/items/crm_tags',
        {
          filter: {
            _and: [{ '$FOLLOW(crm_customers_tags,tag)': { _none: { customer: { _eq: mine.customer } } } }, { id: { _nin: [tag] } }],
          },
          fields: 'id,name',
        },
      ],
      [
        '/items/crm_customers_tags',
        { filter: { customer: { _eq: mine.customer } }, fields: 'id,tag.id,tag.name', sort: 'tag.name', limit: '15' },
      ],
      [
        '/items/crm_opportunities',
        { fields: 'id,title,stage.name', filter: { _and: [{ stage: { _in: [world.stage] } }] }, sort: 'title', limit: '-1' },
      ],
      ['/items/crm_opportunities', { 'groupBy[]': 'stage', 'aggregate[count]': '*' }],
      [
        '/items/crm_activities',
        {
          filter: { _and: [{ due_on: { _gte: '2026-01-01' } }, { due_on: { _lte: '2026-12-31' } }] },
          fields: 'id,subject,due_on',
          limit: '-1',
        },
      ],
      ['/items/crm_activities', { 'groupBy[]': 'year(date_created)', 'aggregate[count]': 'id' }],
      ['/items/crm_stages', { sort: 'sort', limit: '-1' }],
      ['/users', { fields: 'id,first_name,last_name,avatar.id', search: 'rep', limit: '25' }],
      ['/users', { filter: { id: { _in: [people.repA] } }, fields: 'id,first_name' }],
      ['/users/me', { fields: '*,avatar.id,role.id' }],
      [
        '/presets',
        {
          limit: '-1',
          filter: { _or: [{ user: { _eq: people.repA } }, { _and: [{ role: { _null: false } }, { user: { _null: true } }] }] },
        },
      ],
      [
        '/comments',
        {
          filter: { _and: [{ collection: { _eq: 'crm_customers' } }, { item: { _eq: mine.customer } }] },
          sort: '-date_created',
          fields: 'id,comment,user_created.id',
        },
      ],
      ['/notifications', { filter: { status: { _eq: 'inbox' } }, 'aggregate[count]': 'id' }],
      ['/files', { filter: { folder: { _null: true } }, fields: 'id,title,type', sort: '-uploaded_on' }],
      ['/collections', {}],
      ['/fields', {}],
      ['/relations', {}],
      ['/permissions/me', {}],
      ['/roles/me', { fields: 'id' }],
      ['/policies/me/globals', {}],
      ['/settings', {}],
      ['/translations', { limit: '-1', filter: { language: { _eq: 'zh-CN' } } }],
      ['/server/info', {}],
    ];
    for (const person of ['repA', 'headA', 'adminA', 'executive', 'systemAdmin'] as const) {
      const client = await world.as(person);
      for (const [path, parts] of queries)
        expect([person, path, parts, (await read(client, path, parts)).status]).toEqual([person, path, parts, 200]);
    }
  });

  it('SEC-5, F22: exports of the host and versions are closed on our collections, for the administrator too', async () => {
    const admin = await world.host.admin();
    for (const client of [rep, head, executive, admin]) {
      for (const format of ['csv', 'csv_utf8', 'json', 'xml', 'yaml'])
        expect((await read(client, '/items/crm_customers', { export: format })).status).toBe(403);
      expect((await client.request('POST', '/utils/export/crm_customers', { query: {}, format: 'csv' })).status).toBe(403);
      expect((await read(client, `/items/crm_customers/${world.mine.customer}`, { version: 'v1' })).status).toBe(403);
    }
    expect((await read(rep, '/users', { export: 'csv' })).status).toBe(403);
  });

  it('"B\'s row" and "no such row" are the same answer', async () => {
    for (const path of [`/items/crm_customers`, '/items/crm_contacts', '/files', '/assets']) {
      const id =
        { '/items/crm_customers': world.foreign.customer, '/items/crm_contacts': world.foreign.contact }[path] ?? world.foreign.file;
      const [foreign, absent, nonsense] = [
        await rep.request('GET', `${path}/${id}`),
        await rep.request('GET', `${path}/${ABSENT}`),
        await rep.request('GET', `${path}/abc`),
      ];
      expect([path, foreign.status, foreign.text]).toEqual([path, absent.status, absent.text]);
      expect(nonsense.status).toBeLessThan(500);
    }
    expect((await rep.request('GET', `/items/crm_customers/${world.mine.customer}`)).status).toBe(200);
  });

  it("F25: extremes and nonsense in a query are 4xx with a text in the caller's language", async () => {
    const nonsense = [
      'page=9007199254740991&limit=1000',
      'limit=99999',
      'offset=1e30',
      'limit=abc',
      'filter[_or][a][b]=1',
      'filter=[[[',
      'filter[name][_contains]=%00',
      'filter[id][_eq]=abc',
      'filter[employees][_gt]=abc',
      'filter[employees][_eq]=99999999999',
      'filter[date_created][_gt]=abc',
      'aggregate[sum]=name',
      'aggregate[foo]=id',
      'groupBy[]=contacts',
      'groupBy[]=customer.name',
      'sort=nope',
      'search=%00',
      'filter[contacts]=5',
      'filter[name][_ieq][a]=1',
      'filter[next_due_on][_eq]=2026-02-31',
      'fields[]=*.*.*.*.*.*.*.*.*.*.*.*',
      'meta=bogus',
      'alias=5',
      'aggregate[count]=id&groupBy=name&sort=id',
    ];
    for (const part of nonsense) {
      const answer = await rep.request('GET', `/items/crm_customers?${part}`);
      if (answer.status === 200) continue;
      expect([part, answer.status >= 400 && answer.status < 500]).toEqual([part, true]);
      expect([part, answer.body.errors[0].message]).toEqual([part, expect.stringMatching(/[\u4e00-\u9fff]/)]);
      expect([part, answer.text]).not.toEqual([part, expect.stringMatching(/select |SQLITE|from "crm/i)]);
    }
    const deep = `${'{"_and":['.repeat(3000)}{"name":{"_eq":"x"}}${']}'.repeat(3000)}`;
    const answer = await rep.request('SEARCH', '/items/crm_customers', `{"query":{"filter":${deep}}}`, {
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
    expect((await head.request('GET', '/items/crm_customers?limit=abc')).body.errors[0].message).toMatch(/^[\x20-\x7e]+$/);
  });
});
