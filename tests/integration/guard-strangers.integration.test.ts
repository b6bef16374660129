import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import type { Client } from '../harness/client.ts';
import { startGuardWorld, type GuardWorld } from './guard-world.ts';

const ABSENT = '3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11';
const CHINESE = /[\u4e00-\u9fff]/;

describe.each(['sqlite', 'pg'] as const)('detours and broken requests under the guard (%s)', (db) => {
  let world: GuardWorld;
  let rep: Client;
  let systemAdmin: Client;

  beforeAll(async () => {
    world = await startGuardWorld(db);
    [rep, systemAdmin] = [await world.as('repA'), await world.as('systemAdmin')];
  });
  afterAll(() => world?.host.stop());

  it('LEAK 2, P9: whoever is not logged in, or may not, learns nothing by a filter on any route, and changes nothing on the way', async () => {
    const { database, anonymous } = world.host;
    const own = 'other_notes';
    const technical = await world.host.admin();
    const made = await technical.request('POST', '/collections', {
      collection: own,
      schema: {},
      fields: [
        { field: 'id', type: 'uuid', schema: { is_primary_key: true }, meta: { special: ['uuid'] } },
        { field: 'author', type: 'uuid', schema: {}, meta: { special: ['m2o'] } },
      ],
    });
    expect(made.status, made.text).toBe(200);
    await technical.request('POST', '/relations', { collection: own, field: 'author', related_collection: 'directus_users' });
    expect((await technical.request('POST', `/items/${own}`, { author: world.people.repB })).status).toBe(200);

    const byName = (name: string) => ({ '$FOLLOW(crm_customers,owner)': { name: { _eq: name } } });
    const ofPeople = (name: string) => ({ query: { filter: byName(name) }, data: {} });
    const ofNotes = (name: string) => ({ query: { filter: JSON.stringify({ author: byName(name) }) }, data: {} });
    const cases = [
      ...['/users', '/files', '/roles', '/presets', '/comments', '/notifications', '/flows'].map((path) => [path, ofPeople] as const),
      [`/items/${own}`, ofNotes] as const,
    ];
    for (const [path, body] of cases) {
      for (const method of ['PATCH', 'DELETE']) {
        for (const who of [anonymous, rep]) {
          const [hit, miss] = [await who.request(method, path, body('乙方秘密')), await who.request(method, path, body('没有这个'))];
          expect([method, path, hit.status]).toEqual([method, path, 403]);
          expect([method, path, hit.text]).toEqual([method, path, miss.text]);
        }
      }
    }
    await database('directus_comments').insert({
      id: ABSENT,
      collection: 'crm_customers',
      item: world.mine.customer,
      comment: '备注',
      user_updated: world.people.repA,
    });
    expect((await anonymous.request('DELETE', '/users', { keys: [world.people.repA] })).status).toBe(403);
    expect((await rep.request('DELETE', '/users', { keys: [world.people.repA] })).status).toBe(403);
    expect((await rep.request('DELETE', '/flows', [ABSENT])).status).toBe(403);
    expect(await database('directus_comments').where({ id: ABSENT }).first('user_updated')).toEqual({ user_updated: world.people.repA });
    await database('directus_comments').where({ id: ABSENT }).delete();
    expect((await technical.request('DELETE', `/collections/${own}`)).status).toBe(204);
  });

  it('Bad input: a nested change without a key, a broken address, an unknown place for files: 4xx with words', async () => {
    for (const [collection, { lists }] of Object.entries(COLLECTIONS)) {
      for (const list of Object.keys(lists)) {
        const body = { [list]: { create: [], update: [{ name: 'x' }], delete: [] } };
        const answer = await systemAdmin.request('PATCH', `/items/${collection}/${ABSENT}`, body);
        expect([collection, list, answer.status >= 400 && answer.status < 500]).toEqual([collection, list, true]);
        expect([collection, list, answer.body.errors[0].message]).toEqual([collection, list, expect.stringMatching(CHINESE)]);
      }
    }
    for (const path of ['/items/%E0%A4%A', '/items/crm_customers/%E0%A4%A', '/items/%C0']) {
      const answer = await rep.request('GET', path);
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
    }
    const form = new FormData();
    form.append('storage', 'elsewhere');
    form.append('file', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
    expect((await rep.request('POST', '/files', form)).status).toBe(400);
  });

  it('bad input: GraphQL variables of another type are told to the caller as such, and nothing is written', async () => {
    const before = await world.host.database('crm_customers').count({ n: '*' }).first();
    for (const [query, variables] of [
      ['mutation ($n: String!) { create_crm_customers_item(data: {name: $n}) { id } }', { n: { a: 1 } }],
      ['query ($l: Int) { crm_customers(limit: $l) { id } }', { l: 'abc' }],
    ] as const) {
      const answer = await systemAdmin.request('POST', '/graphql', { query, variables });
      const [error] = answer.body.errors as { message: string; extensions: { code: string } }[];
      expect([answer.status, error!.extensions.code]).toEqual([400, 'GRAPHQL_VARIABLES']);
      expect(error!.message).toMatch(/变量|variables/u);
    }
    expect(await world.host.database('crm_customers').count({ n: '*' }).first()).toEqual(before);
  });

  it('CUS-7: every day of our collections may be written as people write it, and is stored in one form', async () => {
    for (const [collection, { tenancy, fields }] of Object.entries(COLLECTIONS)) {
      const days = Object.entries(fields).filter(([, { type, computed }]) => type === 'date' && !computed);
      const row = tenancy === 'owned' ? await world.host.database(collection).first('id') : null;
      for (const [field] of row ? days : []) {
        // What is expected lies ahead; everything else may have been.
        const year = field === 'expected_close_on' ? new Date().getUTCFullYear() + 1 : 2026;
        for (const [typed, stored] of [
          [`${year}年1月5日`, `${year}-01-05`],
          [`${year}/1/6`, `${year}-01-06`],
        ] as const) {
          const answer = await systemAdmin.request('PATCH', `/items/${collection}/${row.id}`, { [field]: typed });
          expect([collection, field, answer.status, answer.body.data?.[field]]).toEqual([collection, field, 200, stored]);
        }
      }
    }
  });

  it('CUS-8: a row that others point at is not deleted, and the answer says why; nobody below learns of it', async () => {
    const { mine, foreign, stage } = world;
    for (const path of [`/items/crm_customers/${mine.customer}`, `/items/crm_stages/${stage}`]) {
      const answer = await systemAdmin.request('DELETE', path);
      expect([path, answer.status, answer.body?.errors?.[0]?.message]).toEqual([path, 409, expect.stringMatching(/不能删除/)]);
    }
    const about = { subject: '跟进商机', type: 'call', opportunity: mine.opportunity };
    expect((await rep.request('POST', '/items/crm_activities', about)).status).toBe(200);
    const nested = await systemAdmin.request('PATCH', `/items/crm_customers/${mine.customer}`, {
      opportunities: { create: [], update: [], delete: [mine.opportunity] },
    });
    expect([nested.status, nested.body.errors[0].extensions.code]).toEqual([409, 'RECORD_IN_USE']);
    const graph = await systemAdmin.graphql(`mutation { delete_crm_customers_item(id: "${mine.customer}") { id } }`);
    expect(graph.body.errors[0].message).toMatch(/不能删除/);
    const [hers, none] = [
      await rep.request('DELETE', `/items/crm_customers/${foreign.customer}`),
      await rep.request('DELETE', `/items/crm_customers/${ABSENT}`),
    ];
    expect([hers.status, hers.text]).toEqual([403, none.text]);
    expect(await world.host.database('crm_customers').where({ id: mine.customer }).first('id')).toBeTruthy();
  });
});
