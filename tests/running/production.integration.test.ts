import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { createClient, logIn, type Client } from '../harness/client.ts';
import { freePort } from '../harness/free-port.ts';
import { onServer, openPostgres, postgresEnvironment } from '../harness/test-database.ts';
import { dataFolder, READY, runStart, type StartRun } from './start-command.ts';

/** The processes of docker-compose.yml by hand: PostgreSQL, Redis and the app in production mode. */
const data = dataFolder();
const name = `crm_production_${process.pid}`;
const database = openPostgres(name);
let env: Record<string, string>;
let run: StartRun;
let url: string;
let nobody: Client;
let token: string;

const person = { last_name: '王', first_name: '敏', email: 'wang.min@example.com', password: 'Long-enough-2026!', language: 'zh-CN' };
const claim = (body: object) => nobody.request('POST', '/crm/first-admin', body);
const linkOf = async (started: StartRun) => (await started.sees(/crm\/first-admin#([\w-]{43})/))[1]!;

beforeAll(async () => {
  await onServer(`CREATE DATABASE "${name}"`);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  nobody = createClient(url, null);
  const postgres = postgresEnvironment(name);
  const user = `crm_owner_${process.pid}`;
  const password = randomBytes(18).toString('hex');
  await onServer(`CREATE ROLE "${user}" LOGIN PASSWORD '${password}'`, `ALTER DATABASE "${name}" OWNER TO "${user}"`);
  env = {
    ...postgres,
    DB_USER: user,
    DB_PASSWORD: password,
    PORT: String(port),
    CRM_DATA_DIR: data.folder,
    CRM_DEMO: 'false',
    SECRET: randomBytes(32).toString('hex'),
    CRM_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    PUBLIC_URL: url,
    REDIS: process.env['CRM_TEST_REDIS'] ?? 'redis://127.0.0.1:6379',
    IP_TRUST_PROXY: '127.0.0.1',
    LOGIN_STALL_TIME: '0',
  };
  run = runStart(env);
  token = await linkOf(run);
});

afterAll(async () => {
  run.interrupt();
  await run.ended;
  await database.destroy();
  await onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`, `DROP ROLE IF EXISTS "${env['DB_USER']}"`);
  data.remove();
});

describe('production on PostgreSQL and Redis (issue 2 §1)', () => {
  it('has no demo user, and nobody who could log in', async () => {
    expect(await database('directus_users').where({ status: 'active' }).select('email')).toEqual([]);
    expect(await database('crm_customers').count({ count: '*' })).toEqual([{ count: '0' }]);
    await expect(logIn(url, 'admin@example.com', 'Demo-2026-crm!')).rejects.toThrow(/401/);
  });

  it('never offers the set-up page of the host', async () => {
    const info = await nobody.request('GET', '/server/info');
    expect(info.body.data.setupCompleted).toBe(true);
    expect((await nobody.request('POST', '/server/setup', { project_owner: 'x@example.com', password: 'x' })).status).toBe(403);
  });

  it('keeps no copy of the one-time link', async () => {
    const row = await database('crm_install_state').where({ key: 'first-admin' }).first();
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it('serves the page behind the link in both languages, with a script that its content policy allows', async () => {
    const page = await nobody.request('GET', '/crm/first-admin');
    expect(page.status).toBe(200);
    expect(page.text).toContain('创建第一位系统管理员');
    expect(page.text).toContain('Create the first system admin');
    expect(page.text).not.toMatch(/<script>|onclick/);
    expect((await nobody.request('GET', '/crm/first-admin.js')).headers.get('content-type')).toMatch(/javascript/);
  });

  it.each([
    ['a wrong link', { ...person, token: 'x'.repeat(43) }, 403, '此链接无效'],
    ['a link of one character more', { ...person, token: 'REAL+' }, 403, '此链接无效'],
    ['a weak password', { ...person, token: 'REAL', password: 'short' }, 400, '至少 12 位'],
    ['a simple password', { ...person, token: 'REAL', password: 'aaaaaaaaaaaaaaaa' }, 400, '密码过于简单'],
    ['no e-mail address', { ...person, token: 'REAL', email: 'nobody' }, 400, '有效的邮箱'],
    ['a smuggled role', { ...person, token: 'REAL', role: 'x' }, 400, '请填写'],
    ['no body', {}, 400, 'Please|请填写'],
  ])('refuses %s and leaves the link good', async (_, body, status, text) => {
    const sent = 'token' in body ? { ...body, token: body.token.replace('REAL+', `${token}x`).replace('REAL', token) } : body;
    const answer = await claim(sent);
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].message).toMatch(new RegExp(text));
    expect(await database('directus_users').where({ role: ROLE_IDS.system_admin })).toEqual([]);
  });

  it('makes exactly one system admin of several who come at once, in the group pool, who can log in', async () => {
    const answers = await Promise.all([
      claim({ ...person, token }),
      claim({ ...person, email: 'second@example.com', token }),
      claim({ ...person, email: 'third@example.com', token }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
    const [user] = await database('directus_users').where({ role: ROLE_IDS.system_admin }).select('email', 'crm_segment', 'status');
    expect(user).toMatchObject({ crm_segment: GROUP_SEGMENT_ID, status: 'active' });
    const client = await logIn(url, user.email, person.password);
    expect((await client.request('GET', '/users/me?fields=email')).body.data.email).toBe(user.email);
  });

  it('believes the listed proxy, and only it, about the address of a person', async () => {
    const { email } = await database('directus_users').where({ role: ROLE_IDS.system_admin }).first('email');
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
    await nobody.request('POST', '/auth/login', { email, password: person.password, mode: 'json' }, { headers });
    const last = await database('directus_activity').where({ action: 'login' }).orderBy('id', 'desc').first('ip');
    expect(last.ip).toBe('198.51.100.7');
  });

  it('takes the link once only', async () => {
    const answer = await claim({ ...person, email: 'fourth@example.com', token });
    expect(answer.status).toBe(403);
    expect(answer.body.errors[0].extensions.code).toBe('LINK_INVALID');
  });

  it('prints no link any more once there is a system admin, and the second start installs nothing', async () => {
    run.interrupt();
    expect(await run.ended).toBe(0);
    run = runStart(env);
    await run.sees(READY);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(run.output()).not.toMatch(/first-admin#|installing|creating/);
  });
});
