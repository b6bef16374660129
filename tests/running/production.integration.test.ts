import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { createClient, logIn, type Client } from '../harness/client.ts';
import { freePort } from '../harness/free-port.ts';
import { onServer, openPostgres, postgresEnvironment } from '../harness/test-database.ts';
import { breakGlassSuite } from './break-glass.suite.ts';
import { dataFolder, READY, runScript, runStart, type StartRun } from './start-command.ts';
import { findInFiles } from './vault-world.ts';

/** The processes of docker-compose.yml by hand: PostgreSQL, Redis and the app in production mode. */
const data = dataFolder();
const secondData = dataFolder();
const name = `crm_production_${process.pid}`;
const database = openPostgres(name);
let env: Record<string, string>;
let run: StartRun;
let url: string;
let nobody: Client;
let token: string;
let outputs: string[];

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
  // Two nodes that come up together on the empty database.
  run = runStart(env);
  const other = runStart({ ...env, PORT: String(await freePort()), CRM_DATA_DIR: secondData.folder });
  const tokens = await Promise.all([linkOf(run), linkOf(other)]);
  const { hash } = await database('crm_install_state').where({ key: 'first-admin' }).first('hash');
  token = tokens.find((text) => createHash('sha256').update(text).digest('hex') === hash)!;
  outputs = [run.output(), other.output()];
  other.interrupt();
  await other.ended;
});

afterAll(async () => {
  run.interrupt();
  await run.ended;
  await database.destroy();
  await onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`, `DROP ROLE IF EXISTS "${env['DB_USER']}"`);
  data.remove();
  secondData.remove();
});

describe('production on PostgreSQL and Redis (issue 2 §1)', () => {
  it('is installed by one of two nodes that start together; the other says that it waits, and both come up', () => {
    expect(outputs.filter((output) => output.includes('installing the data model'))).toHaveLength(1);
    expect(outputs.filter((output) => output.includes('waiting for another node'))).toHaveLength(1);
    expect(outputs.filter((output) => READY.test(output))).toHaveLength(2);
    expect(token).toBeDefined();
  });

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

const SECOND_ADMIN = 'second.admin@example.com';
/** Whoever of those who came at once was made system admin. */
const firstAdmin = async (): Promise<string> =>
  (
    await database('directus_users')
      .where({ role: ROLE_IDS.system_admin })
      .whereNot({ email: SECOND_ADMIN })
      .orderBy('email')
      .first('email')
  ).email;

describe('break-glass: the technical administrator for a time (design.md 12)', () => {
  const open = async () => {
    const command = runScript('technical-admin.mjs', env, ['--minutes', '5']);
    const [, email, password] = await command.sees(/\n {2}(\S+@\S+)\n {2}([\w-]{24})\n/);
    return { command, email: email!, password: password! };
  };
  const state = async () => (await database('directus_users').where({ email: 'technical-admin@example.com' }).first('status')).status;

  it('opens with a password shown once, tells the system admins, and Ctrl-C closes it with its sessions', async () => {
    const first = await firstAdmin();
    const sysadmin = await logIn(url, first, person.password);
    const second = { ...person, email: SECOND_ADMIN, status: 'active', role: ROLE_IDS.system_admin };
    expect((await sysadmin.request('POST', '/users', second)).status).toBe(200);
    const { command, email, password } = await open();
    const admin = await logIn(url, email, password);
    expect((await admin.request('GET', '/users/me?fields=email')).body.data.email).toBe('technical-admin@example.com');
    command.interrupt();
    expect(await command.ended).toBe(0);
    expect(command.output().split(password)).toHaveLength(2);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await admin.request('GET', '/users/me')).status).toBe(401);
    await expect(logIn(url, email, password)).rejects.toThrow(/401/);
    for (const address of [first, second.email]) {
      const { id: recipient } = await database('directus_users').where({ email: address }).first('id');
      const told = database('directus_notifications').where({ recipient }).andWhere('subject', 'like', '技术管理员%');
      expect([address, ...(await told.orderBy('id').pluck('subject'))]).toEqual([
        address,
        expect.stringContaining('开启 5 分钟'),
        expect.stringMatching(/^技术管理员 technical-admin@example\.com 已登录/u),
        expect.stringContaining('期间登录 1 次'),
      ]);
    }
    // What comes next is about the last system admin.
    await database('directus_users').where({ email: second.email }).update({ status: 'archived' });
    const { id } = await database('directus_users').where({ email }).first('id');
    const logged = await database('crm_audit').where({ item: id, origin: 'command' }).orderBy('nth').select('reason', 'after');
    expect(logged.map(({ reason, after }) => [reason, /active|suspended/.exec(JSON.stringify(after))?.[0]])).toEqual([
      ['npm run technical-admin -- --minutes 5', 'active'],
      ['npm run technical-admin', 'suspended'],
    ]);
  });

  it('is closed by the doctor when the command was killed and its time is over, and at once with --close', async () => {
    const { command } = await open();
    command.kill();
    await command.ended;
    expect(await state()).toBe('active');
    const row = { key: 'technical-admin' };
    const { value } = await database('crm_install_state').where(row).first('value');
    await database('crm_install_state')
      .where(row)
      .update({ value: JSON.stringify({ ...JSON.parse(value), until: '2020-01-01T00:00:00.000Z' }) });
    await runScript('doctor.mjs', env).ended;
    expect(await state()).toBe('suspended');
    const again = await open();
    again.command.kill();
    const close = runScript('technical-admin.mjs', env, ['--close']);
    expect(await close.ended).toBe(0);
    expect(await state()).toBe('suspended');
  });

  it('N4: refuses a second administrator of the host while one is open, so that each has its end', async () => {
    const { command, email } = await open();
    const { role } = await database('directus_users').where({ email }).first('role');
    const other = { id: randomUUID(), email: 'other.root@example.com', status: 'suspended', role };
    await database('directus_users').insert(other);
    const refused = runScript('technical-admin.mjs', env, ['--minutes', '5', '--email', other.email]);
    expect([await refused.ended, refused.output()]).toEqual([1, expect.stringContaining('close it first')]);
    expect((await database('directus_users').where({ id: other.id }).first('status')).status).toBe('suspended');
    command.interrupt();
    expect(await command.ended).toBe(0);
    expect(await state()).toBe('suspended');
    await database('directus_users').where({ id: other.id }).delete();
  });

  it('asks for a time that ends', async () => {
    const command = runScript('technical-admin.mjs', env, ['--minutes', '100000']);
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain('whole number from 1 to 480');
  });
});

describe('freezing in production (ACC-9, N4)', () => breakGlassSuite(() => ({ database, env, url, password: person.password })));

describe('backups and the key export in production (SEC-1, F44)', () => {
  const secret = { CRM_BACKUP_PASSPHRASE: 'correct horse battery staple' };
  /** What the running server says of them to a system admin; the command below says the same. */
  const asked = async () => {
    const admin = await logIn(url, await firstAdmin(), person.password);
    const { findings } = (await admin.request('GET', '/crm/doctor')).body as { findings: { kind: string; text: string; fix: string }[] };
    const duties = findings.filter(({ kind }) => /^(backup|key_export)_/.test(kind));
    return { kinds: duties.map(({ kind }) => kind), texts: duties.map(({ text, fix }) => `${text} ${fix}`).join('\n') };
  };
  const done = async (script: string, words: string[]) => {
    const command = runScript(script, { ...env, ...secret }, words);
    expect([await command.ended, command.output()]).toEqual([0, expect.stringContaining('✓')]);
  };

  it('are asked for by the doctor, with the next command in both languages, until both are there, and again when the last good backup is a day old', async () => {
    const doctor = runScript('doctor.mjs', env, ['--lang', 'en']);
    await doctor.ended;
    expect(doctor.output()).toMatch(/^! backup: There is no backup yet.* npm run backup -- --to <folder/m);
    expect(doctor.output()).toMatch(/^! keys: No export of the keys k1 .*npm run keys -- export <file>.* npm run keys -- confirm\.$/m);
    const chinese = await asked();
    expect(chinese.kinds).toEqual(['backup_missing', 'key_export_missing']);
    expect(chinese.texts).toMatch(
      /还没有校验过的备份。.*npm run backup -- --to <.*\n密钥 k1 还没有确认.*npm run keys -- export <文件>.*confirm。/,
    );
    await done('backup.mjs', []);
    expect((await asked()).kinds).toEqual(['key_export_missing']);
    const file = join(secondData.folder, 'keys.txt');
    await done('keys.mjs', ['export', file]);
    expect((await asked()).kinds).toEqual(['key_export_missing']);
    await done('keys.mjs', ['confirm', file]);
    expect((await asked()).kinds).toEqual([]);
    const { value } = await database('crm_install_state').where({ key: 'backup' }).first('value');
    const old = { ...JSON.parse(value), at: new Date(Date.now() - 27 * 3_600_000).toISOString() };
    await database('crm_install_state')
      .where({ key: 'backup' })
      .update({ value: JSON.stringify(old) });
    expect((await asked()).kinds).toEqual(['backup_old']);
  });

  it('leave no clear key in the database, the files or the logs', async () => {
    const key = env['CRM_KEYS']!.split(':')[1]!;
    expect(JSON.stringify(await database('crm_install_state').select('*'))).not.toContain(key);
    expect(findInFiles([data.folder, secondData.folder], [key, secret.CRM_BACKUP_PASSPHRASE])).toEqual({ holding: [], open: [] });
    expect(run.output()).not.toContain(key);
  });
});
