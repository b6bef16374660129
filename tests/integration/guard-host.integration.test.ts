import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { createClient, logIn, type Client } from '../harness/client.ts';
import { startGuardWorld, type GuardWorld } from './guard-world.ts';

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** The guard keeps a user's state for a second (B9). */
const A_SECOND = 1100;

describe.each(['sqlite', 'pg'] as const)('the host under the guard (%s)', (db) => {
  let world: GuardWorld;
  let rep: Client;
  let admin: Client;
  const suspend = (person: string) => world.host.database('directus_users').where({ id: person }).update({ status: 'suspended' });
  const activate = (person: string) => world.host.database('directus_users').where({ id: person }).update({ status: 'active' });

  beforeAll(async () => {
    world = await startGuardWorld(db);
    [rep, admin] = [await world.as('repA'), await world.host.admin()];
  });
  afterAll(() => world?.host.stop());

  it('§11: strangers find no hash, random, health or description of the API; the log-in page still works', async () => {
    const { anonymous } = world.host;
    for (const [method, path, body] of [
      ['POST', '/utils/hash/generate', { string: 'x' }],
      ['POST', '/utils/hash/verify', { string: 'x', hash: 'y' }],
      ['POST', '/UTILS/hash/generate/', { string: 'x' }],
      ['GET', '/utils/random/string', undefined],
      ['GET', '/server/health', undefined],
      ['POST', '/users/invite', { email: 'repb@example.com', role: 'c0a1d000-0000-4000-8000-000000000005' }],
    ] as const) {
      expect([path, (await anonymous.request(method, path, body)).status]).toEqual([path, 403]);
    }
    for (const path of ['/server/specs/oas', '/server/specs/graphql'])
      expect([403, 404]).toContain((await anonymous.request('GET', path)).status);
    for (const text of ['{ server_health }', 'mutation { utils_hash_generate(string: "x") }', 'mutation { utils_random_string }'])
      expect((await anonymous.graphql(text, {}, true)).status).toBe(403);
    for (const path of ['/server/info', '/server/ping', '/auth', '/crm/health'])
      expect([path, (await anonymous.request('GET', path)).status]).toEqual([path, 200]);
    expect((await anonymous.request('GET', '/items/crm_customers')).status).toBe(403);
    expect((await admin.request('GET', '/server/health')).status).toBe(200);
  });

  it('ORG-11: routes around the rules are closed to people of the CRM', async () => {
    for (const [method, path, body] of [
      ['POST', '/utils/import/crm_customers', new FormData()],
      ['POST', '/utils/sort/crm_customers', { item: world.mine.customer, to: world.foreign.customer }],
      ['POST', '/utils/revert/1', {}],
      ['POST', '/files/import', { url: 'https://example.com/a.png' }],
      ['POST', '/users/invite', { email: 'repb@example.com', role: 'c0a1d000-0000-4000-8000-000000000005' }],
      ['POST', '/flows/trigger/3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11', {}],
      ['POST', '/shares/invite', {}],
      ['POST', '/versions', {}],
      ['POST', '/mcp', {}],
      ['GET', '/permissions', undefined],
      ['GET', '/access', undefined],
      ['GET', '/revisions', undefined],
    ] as const) {
      expect([path, (await rep.request(method, path, body)).status]).toEqual([path, 403]);
    }
    for (const text of [
      'mutation { users_invite(email: "a@example.com", role: "b") }',
      `mutation { utils_sort(collection: "crm_stages", item: "${world.stage}", to: "${world.stage}") }`,
    ])
      expect((await rep.graphql(text, {}, true)).status).toBe(403);
    expect((await admin.request('POST', '/utils/import/crm_customers', new FormData())).status).toBe(403);
  });

  it('F2, F3: a suspended user is out within a second, on every path; logging in again tells nothing', async () => {
    const person = await logIn(world.host.url, 'repa2@example.com', DEMO_PASSWORD);
    expect((await person.request('GET', '/items/crm_customers')).status).toBe(200);
    await suspend(world.people.repA2);
    await wait(A_SECOND);
    for (const [method, path, body] of [
      ['GET', '/items/crm_customers', undefined],
      ['POST', '/graphql', { query: '{ crm_customers { id } }' }],
      ['GET', '/users/me', undefined],
      ['GET', `/assets/${world.colleague.file}`, undefined],
      ['PATCH', `/items/crm_customers/${world.colleague.customer}`, { name: 'x' }],
    ] as const) {
      expect([path, (await person.request(method, path, body)).status]).toEqual([path, 401]);
    }
    expect((await person.request('GET', '/server/info')).status).toBe(200);
    const again = (email: string) => world.host.anonymous.request('POST', '/auth/login', { email, password: DEMO_PASSWORD });
    const [frozen, unknown] = [await again('repa2@example.com'), await again('nobody@example.com')];
    expect([frozen.status, frozen.text]).toEqual([unknown.status, unknown.text]);
    await activate(world.people.repA2);
    await wait(A_SECOND);
    expect((await person.request('GET', '/items/crm_customers')).status).toBe(200);
  });

  it("F2: a suspended user's cookie is taken away, so that the next load shows the log-in page", async () => {
    const signedIn = await world.host.anonymous.request('POST', '/auth/login', {
      email: 'repa2@example.com',
      password: DEMO_PASSWORD,
      mode: 'session',
    });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0]!;
    const asCookie = (path: string) => world.host.anonymous.request('GET', path, undefined, { headers: { cookie } });
    expect((await asCookie('/users/me')).status).toBe(200);
    await suspend(world.people.repA2);
    await wait(A_SECOND);
    const refused = await asCookie('/users/me');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('set-cookie') ?? '').toMatch(/directus_session_token=;/);
    await activate(world.people.repA2);
  });

  it('facts §8: a token of a former role ends with the role', async () => {
    const person = await logIn(world.host.url, 'heada@example.com', DEMO_PASSWORD);
    expect((await person.request('GET', '/items/crm_customers?fields=id')).body.data.length).toBeGreaterThanOrEqual(2);
    const { role } = await world.host.database('directus_users').where({ id: world.people.headA }).first('role');
    await world.host.database('directus_users').where({ id: world.people.headA }).update({ role: 'c0a1d000-0000-4000-8000-000000000005' });
    await wait(A_SECOND);
    const refused = await person.request('GET', '/items/crm_customers');
    expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([401, 'TOKEN_EXPIRED']);
    await world.host.database('directus_users').where({ id: world.people.headA }).update({ role });
    await wait(A_SECOND);
  });

  it('ORG-6, B9: a change of role counts before its request is answered: the old token is out, a new one is in', async () => {
    const { database, url } = world.host;
    const { role } = await database('directus_users').where({ id: world.people.headA }).first('role');
    const change = (to: string) => admin.request('PATCH', `/users/${world.people.headA}`, { role: to });
    const customers = (person: Client) => person.request('GET', '/items/crm_customers?fields=id');
    const before = await logIn(url, 'heada@example.com', DEMO_PASSWORD);
    expect((await customers(before)).status).toBe(200);
    expect((await change(ROLE_IDS.sales_rep)).status).toBe(200);
    expect((await customers(before)).status).toBe(401);
    const after = await logIn(url, 'heada@example.com', DEMO_PASSWORD);
    expect((await customers(after)).status).toBe(200);
    // Changed past this node: what it read less than a second ago refuses nobody whose token fits.
    await database('directus_users').where({ id: world.people.headA }).update({ role });
    expect((await customers(await logIn(url, 'heada@example.com', DEMO_PASSWORD))).status).toBe(200);
  });

  it('ACC-7: a policy that demands a second factor is kept by the API, not only by the Studio', async () => {
    await world.host.database('directus_policies').where({ name: 'crm_segment_admin' }).update({ enforce_tfa: true });
    const person = await logIn(world.host.url, 'admina@example.com', DEMO_PASSWORD);
    const refused = await person.request('GET', '/items/crm_customers');
    expect([refused.status, refused.body.errors[0].message]).toEqual([403, expect.stringMatching(/[\u4e00-\u9fff]/)]);
    expect((await person.graphql('{ crm_customers { id } }')).status).toBe(403);
    expect((await person.request('GET', '/users/me')).status).toBe(200);
    expect((await person.request('POST', '/users/me/tfa/generate', { password: DEMO_PASSWORD })).status).toBe(200);
    await world.host.database('directus_policies').where({ name: 'crm_segment_admin' }).update({ enforce_tfa: false });
  });

  it('F4: a lock-out after failed log-ins ends the sessions it leaves behind', async () => {
    await world.host.database('directus_settings').update({ auth_login_attempts: 2 });
    const signedIn = await world.host.anonymous.request('POST', '/auth/login', {
      email: 'headb@example.com',
      password: DEMO_PASSWORD,
      mode: 'session',
    });
    expect(signedIn.status).toBe(200);
    const sessions = async () =>
      Number((await world.host.database('directus_sessions').where({ user: world.people.headB }).count({ n: '*' }))[0]!['n']);
    expect(await sessions()).toBeGreaterThan(0);
    for (let attempt = 0; attempt < 5; attempt += 1)
      await world.host.anonymous.request('POST', '/auth/login', { email: 'headb@example.com', password: 'wrong' });
    await wait(300);
    expect((await world.host.database('directus_users').where({ id: world.people.headB }).first('status')).status).toBe('suspended');
    expect(await sessions()).toBe(0);
  });

  it("design.md 3: what we installed is neither deleted nor altered; labels and fields of one's own are welcome", async () => {
    for (const [method, path, body] of [
      ['DELETE', '/collections/crm_customers', undefined],
      ['PATCH', '/collections/crm_customers', { meta: { accountability: null } }],
      ['PATCH', '/collections/crm_customers', { meta: { versioning: true } }],
      ['DELETE', '/fields/crm_customers/name', undefined],
      ['DELETE', '/fields/directus_users/crm_segment', undefined],
      ['PATCH', '/fields/crm_customers/segment', { schema: { is_nullable: true } }],
      ['PATCH', '/fields/crm_customers', [{ field: 'name', type: 'text', schema: { data_type: 'text' } }]],
      ['DELETE', '/relations/crm_contacts/customer', undefined],
      ['PATCH', '/relations/crm_contacts/customer', { schema: { on_delete: 'CASCADE' } }],
      [
        'POST',
        '/schema/apply',
        {
          hash: 'x',
          diff: { collections: [], fields: [{ collection: 'crm_customers', field: 'name', diff: [{ kind: 'D' }] }], relations: [] },
        },
      ],
    ] as const) {
      expect([method, path, (await admin.request(method, path, body)).status]).toEqual([method, path, 403]);
    }
    for (const text of [
      'mutation { delete_collections_item(collection: "crm_customers") { collection } }',
      'mutation { delete_relations_item(collection: "crm_contacts", field: "customer") { field } }',
      'mutation { delete_fields_item(collection: "crm_customers", field: "name") { field } }',
    ]) {
      const answer = await admin.graphql(text, {}, true);
      expect([text, answer.body.errors[0].extensions.code]).toEqual([text, 'FORBIDDEN']);
    }
    expect(
      (
        await admin.request('PATCH', '/fields/crm_customers/name', {
          meta: { note: '说明', translations: [{ language: 'zh-CN', translation: '客户全称' }] },
        })
      ).status,
    ).toBe(200);
    expect(
      (await admin.request('POST', '/fields/crm_customers', { field: 'shoe_size', type: 'integer', meta: {}, schema: {} })).status,
    ).toBe(200);
    expect((await admin.request('DELETE', '/fields/crm_customers/shoe_size')).status).toBe(204);
    expect((await admin.request('POST', '/collections', { collection: 'articles', schema: {}, meta: {} })).status).toBe(200);
    expect((await admin.request('DELETE', '/collections/articles')).status).toBe(204);
  });

  it('F22: what people upload never opens as a page of ours', async () => {
    const form = new FormData();
    form.append('file', new Blob(['<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'], { type: 'image/svg+xml' }), 'a.svg');
    const uploaded = await admin.request('POST', '/files', form);
    if (uploaded.status === 200) {
      const asset = await admin.request('GET', `/assets/${uploaded.body.data.id}`);
      expect(asset.headers.get('content-disposition')).toMatch(/^attachment/);
    } else expect(uploaded.status).toBeLessThan(500);
    expect((await world.host.anonymous.request('GET', '/server/ping')).headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('P9, F14: replacing the content of a file of others is refused like of no file', async () => {
    const replace = async (id: string) => {
      const form = new FormData();
      form.append('file', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
      const answer = await rep.request('PATCH', `/files/${id}`, form);
      return [answer.status, answer.text];
    };
    const absent = '3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11';
    expect(await replace(world.foreign.file)).toEqual(await replace(absent));
    expect((await world.host.database('directus_files').where({ id: absent })).length).toBe(0);
  });

  it('errors speak the language of the person; an unknown address too', async () => {
    expect((await rep.request('GET', '/nothing')).body.errors[0].message).toMatch(/[\u4e00-\u9fff]/);
    const english = await logIn(world.host.url, 'heada@example.com', DEMO_PASSWORD);
    expect((await english.request('GET', '/items/crm_nothing')).body.errors[0].message).toMatch(/^[\x20-\x7e]+$/);
    expect((await createClient(world.host.url, 'nonsense').request('GET', '/items/crm_customers')).status).toBe(401);
  });

  it('LEAK 2 and 5: where sockets are on, people of the CRM get none, and our collections are not read or watched there', async () => {
    await admin.request('POST', '/collections', { collection: 'articles', schema: {}, meta: {} });
    const { access_token: token } = (
      await world.host.anonymous.request('POST', '/auth/login', { email: 'admin@example.com', password: DEMO_PASSWORD })
    ).body.data;
    await world.host.restart({
      WEBSOCKETS_ENABLED: 'true',
      WEBSOCKETS_REST_ENABLED: 'true',
      WEBSOCKETS_REST_AUTH: 'handshake',
      WEBSOCKETS_GRAPHQL_ENABLED: 'false',
    });
    const talk = async (messages: object[]) => {
      const socket = new WebSocket(`${world.host.url.replace('http', 'ws')}/websocket`);
      const answers: Record<string, unknown>[] = [];
      socket.onmessage = ({ data }) => void answers.push(JSON.parse(String(data)));
      await new Promise((open, fail) => Object.assign(socket, { onopen: open, onerror: fail }));
      for (const message of messages) {
        const heard = answers.length;
        socket.send(JSON.stringify(message));
        for (let tries = 0; tries < 50 && answers.length === heard; tries += 1) await wait(50);
      }
      socket.close();
      return answers.filter(({ type }) => type !== 'ping').map(({ type, status, data }) => [type, status ?? (data ? 'data' : null)]);
    };
    const person = (await world.as('repA')).token;
    expect(await talk([{ type: 'auth', access_token: person }])).toEqual([['auth', 'error']]);
    expect(
      await talk([
        { type: 'auth', access_token: token },
        { type: 'items', collection: 'articles', action: 'read' },
      ]),
    ).toEqual([
      ['auth', 'ok'],
      ['items', 'data'],
    ]);
    for (const message of [
      { type: 'items', collection: 'crm_customers', action: 'read' },
      { type: 'subscribe', collection: 'crm_customers' },
    ]) {
      const [, answer] = await talk([{ type: 'auth', access_token: token }, message]);
      expect([message, answer?.[1]]).toEqual([message, 'error']);
    }
  });
});
