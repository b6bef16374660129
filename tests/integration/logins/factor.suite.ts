import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { RoleName } from '../../../extensions/crm/src/kernel/roles.ts';
import { createClient } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { enter, type Hired } from '../freeze/credentials.ts';
import { openBrowser, PASSWORD, reasonIn, settled, tryLogIn } from './people.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator shows (RFC 6238), worked out here and not by the server's own program. */
function codeOf(secret: string, now = Date.now()): string {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/gu)!.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = digest.at(-1)! & 15;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

const STEP_MS = 30_000;
/** So long a log-in may take on a machine that does much else. */
const TAKES_MS = 12_000;

/** A code that is still good when the server comes to look at it. */
async function freshCode(secret: string): Promise<string> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < TAKES_MS) await new Promise((resolve) => setTimeout(resolve, left));
  return codeOf(secret);
}

/** ACC-7: the second factor that a policy demands, and how people get one. */
export function factorSuite(world: () => World): void {
  const database = () => world().host.database;
  const demand = async (isDemanded: boolean, role: RoleName = 'segment_head') => {
    await database()('directus_policies')
      .where({ name: `crm_${role}` })
      .update({ enforce_tfa: isDemanded });
    // What a node has read counts for a second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
  };
  afterEach(() => demand(false));
  const head = () => settled(world(), 'segment_head', world().segment.b);
  const opens = async (client: { request: Hired['client']['request'] }) => {
    const answer = await client.request('GET', '/items/crm_customers');
    return answer.status === 200 ? 'open' : /两步验证|second factor/u.test(answer.text) ? 'factor' : answer.text;
  };
  const setUp = async (client: { request: Hired['client']['request'] }): Promise<string> => {
    const made = await client.request('POST', '/users/me/tfa/generate', { password: PASSWORD });
    expect(made.status, made.text).toBe(200);
    const { secret, otpauth_url: url } = made.body.data;
    expect(new URL(url).searchParams.get('secret')).toBe(secret);
    const done = await client.request('POST', '/users/me/tfa/enable', { otp: await freshCode(secret), secret });
    expect(done.status, done.text).toBe(204);
    return secret;
  };

  test('ACC-7: demanded, it is asked of a session that was open before, of what renews it, and of a static token', async () => {
    const person = await head();
    const browser = await openBrowser(world(), person.email);
    const { refresh_token: first } = ((await tryLogIn(world(), person.email, PASSWORD)).body as { data: { refresh_token: string } }).data;
    expect([await opens(browser), await opens(person.client)]).toEqual(['open', 'open']);
    await demand(true);
    expect([await opens(browser), await opens(person.client)]).toEqual(['factor', 'factor']);
    expect((await browser.refresh()).status).toBe(200);
    const renewed = await world().host.anonymous.request('POST', '/auth/refresh', { refresh_token: first, mode: 'json' });
    const program = createClient(world().host.url, renewed.body.data.access_token);
    expect([await opens(browser), await opens(program)]).toEqual(['factor', 'factor']);
    for (const [method, path] of [
      ['GET', '/crm/my-day'],
      ['GET', '/users'],
      ['POST', '/graphql'],
      ['GET', '/assets/00000000-0000-4000-8000-000000000000'],
    ] as const)
      expect([
        path,
        (await person.client.request(method, path, method === 'POST' ? { query: '{ crm_customers { id } }' } : undefined)).status,
      ]).toEqual([path, 403]);
    await demand(false);
    expect([await opens(browser), await opens(program)]).toEqual(['open', 'open']);
  });

  test('ACC-7: without it one’s own row tells nothing of colleagues, by any link', async () => {
    const person = await head();
    const client = await enter(world().host.url, person);
    const links = [
      '/users/me?fields=role.users.email',
      '/roles/me?fields=*,users.*',
      '/presets?fields=user.role.users.id',
      '/users/me?fields=*.*.*',
    ];
    for (const path of links) expect([path, (await client.request('GET', path)).status]).toEqual([path, 200]);
    await demand(true);
    for (const path of links) {
      const answer = await client.request('GET', path);
      expect([path, answer.status, /两步验证|second factor/u.test(answer.text)]).toEqual([path, 403, true]);
    }
    for (const path of ['/users/me', '/users/me?fields=*,avatar.*,role.*', '/roles/me', '/settings', '/presets'])
      expect([path, (await client.request('GET', path)).status]).toEqual([path, 200]);
  });

  test('ACC-7: whoever is asked sets it up by the Studio’s own addresses, goes on at once, and logs in with it from then on', async () => {
    await demand(true);
    const person = await head();
    const client = await enter(world().host.url, person);
    expect(await opens(client)).toBe('factor');
    const secret = await setUp(client);
    expect(await opens(client), 'the same session goes on').toBe('open');
    expect(await opens(person.client), 'a static token of somebody who has it').toBe('open');
    const bare = await tryLogIn(world(), person.email, PASSWORD);
    expect([bare.status, reasonIn(bare)?.code]).toEqual([401, 'INVALID_OTP']);
    const entered = await tryLogIn(world(), person.email, PASSWORD, { otp: await freshCode(secret) });
    expect(entered.status, entered.text).toBe(200);
    expect(await opens(createClient(world().host.url, (entered.body as { data: { access_token: string } }).data.access_token))).toBe(
      'open',
    );
    const logged = await database()('crm_audit')
      .where({ collection: 'directus_users', item: person.id, action: 'update' })
      .orderBy('nth', 'desc')
      .first();
    expect(JSON.stringify(logged)).not.toContain(secret);
    const off = await client.request('POST', '/users/me/tfa/disable', { otp: await freshCode(secret) });
    expect([off.status, reasonIn(off)?.reason]).toEqual([403, 'factor_demanded']);
    await demand(false);
    expect(reasonIn(await client.request('POST', '/users/me/tfa/disable', { otp: '000000' }))?.reason).toBe('wrong_code');
    expect((await client.request('POST', '/users/me/tfa/disable', { otp: await freshCode(secret) })).status).toBe(204);
    expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(200);
  });

  test.each(['sales_rep', 'segment_admin', 'group_executive', 'system_admin'] as const)(
    'ACC-7: a %s sets it up too, demanded or not',
    async (role) => {
      const person = await settled(world(), role, role === 'sales_rep' || role === 'segment_admin' ? world().segment.c : null);
      await setUp(person.client);
      expect(Boolean((await world().row('directus_users', person.id))['tfa_secret'])).toBe(true);
      await database()('directus_users').where({ id: person.id }).update({ status: 'archived' });
    },
  );

  test('ACC-7: without the password, a code or a secret of this server nothing is set up, and by no form', async () => {
    const person = await head();
    const client = await enter(world().host.url, person);
    const enable = (body: object) => client.request('POST', '/users/me/tfa/enable', body);
    const own = 'JBSWY3DPEHPK3PXP';
    expect(reasonIn(await enable({ secret: own, otp: codeOf(own) }))?.reason).toBe('factor_over');
    const { secret } = (await client.request('POST', '/users/me/tfa/generate', { password: PASSWORD })).body.data;
    expect(reasonIn(await enable({ secret, otp: '000000' }))?.reason).toBe('wrong_code');
    for (const body of [{}, { secret }, { secret, otp: 7 }, { secret: [secret], otp: codeOf(secret) }, { otp: 'x'.repeat(300), secret }])
      expect([body, (await enable(body)).status]).toEqual([body, 400]);
    expect(reasonIn(await person.client.request('POST', '/users/me/tfa/generate', {}))?.reason).toBe('bad_value');
    const asOther = (await settled(world(), 'sales_rep', world().segment.b)).client;
    expect(reasonIn(await asOther.request('POST', '/users/me/tfa/enable', { secret, otp: codeOf(secret) }))?.reason).toBe('factor_over');
    for (const [method, path, body] of [
      ['PATCH', '/users/me', { tfa_secret: secret }],
      ['PATCH', `/users/${person.id}`, { tfa_secret: secret }],
      ['POST', '/graphql/system', { query: `mutation { update_users_me(data: { tfa_secret: "${secret}" }) { id } }` }],
      ['POST', '/graphql/system', { query: `mutation { users_me_tfa_enable(secret: "${secret}", otp: "${codeOf(secret)}") }` }],
      ['POST', `/users/${person.id}/tfa/disable`, {}],
    ] as const)
      await client.request(method, path, body);
    expect((await world().row('directus_users', person.id))['tfa_secret']).toBeNull();
    expect((await world().host.anonymous.request('POST', '/users/me/tfa/generate', { password: PASSWORD })).status).toBe(401);
  });

  test('ACC-4: a password guessed at the second factor or at a new password is a failed log-in, and five of them end the session', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.b);
    const browser = await openBrowser(world(), person.email);
    const guess = (n: number) =>
      n % 2
        ? browser.request('POST', '/users/me/tfa/generate', { password: `Wrong-${n}-pass!` })
        : browser.request('POST', '/crm/session/password', { current: `Wrong-${n}-pass!`, password: 'Quite-another-2026!' });
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push((await guess(n)).status);
    expect(answers).toEqual([403, 403, 403, 403, 401]);
    expect((await browser.request('GET', '/users/me')).status).toBe(401);
    expect(await database()('crm_logins').where({ user: person.id, kind: 'failure' })).toHaveLength(5);
    expect(await database()('crm_audit').where({ item: person.id, action: 'login_failed' })).toHaveLength(5);
    const program = await enter(world().host.url, person);
    const oracle = await program.graphql('mutation { users_me_tfa_generate(password: "x") { secret } }', {}, true);
    expect(oracle.status).toBe(403);
    const more = [];
    for (let n = 0; n < 6; n += 1)
      more.push((await program.request('POST', '/users/me/tfa/generate', { password: `Wrong-${n}-pass!` })).status);
    expect(more).toEqual([403, 403, 403, 403, 401, 401]);
    expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(200);
  });
}
