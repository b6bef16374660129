import { createHmac, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../bin/lib/paths.mjs';
import { runCommand } from '../../bin/lib/run-command.mjs';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { createClient, type Answer } from '../harness/client.ts';
import { startHost, type TestHost } from '../harness/host.ts';
import { runScript } from '../running/start-command.ts';
import { bareHost, type Database } from './installer/bare-host.ts';
import { dump, type Dump } from './installer/database-dump.ts';
import { plantCustomers, REP_TOKEN } from './installer/planted-customers.ts';
import { API_TOKEN, CLERK_TOKEN, makeForeignWorld, REQUESTS } from './installer/foreign-world.ts';

const EXTENSION = 'directus-extension-group-crm';

/** What the host answers to the people of the foreign world, request by request. */
async function answersOf(host: TestHost): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [name, token] of [
    ['api', API_TOKEN],
    ['clerk', CLERK_TOKEN],
    ['public', null],
  ] as const) {
    const client = createClient(host.url, token);
    for (const [method, path, body] of REQUESTS)
      answers[`${name}: ${method} ${path} ${JSON.stringify(body ?? '')}`] = said(await client.request(method, path, body));
  }
  return answers;
}

const said = ({ status, text }: Answer) => ({ status, text: text.replaceAll(/"(schema|uptime|queryLimit)":\{[^}]*\}/g, '') });

/** What the foreign people do to their own collections, files and people; it must go as before. */
async function workOf(host: TestHost): Promise<unknown[]> {
  const api = createClient(host.url, API_TOKEN);
  const clerk = createClient(host.url, CLERK_TOKEN);
  const statuses: unknown[] = [];
  const did = (answer: Answer) => {
    statuses.push(answer.status);
    return (answer.body as { data?: { id?: string } } | undefined)?.data?.id ?? '';
  };
  const task = did(await clerk.request('POST', '/items/tasks', { title: 'new', state: 'open', project: { name: 'Dam' } }));
  did(await clerk.request('PATCH', `/items/tasks/${task}`, { title: 'newer' }));
  did(
    await clerk.request('PATCH', '/items/tasks', { query: { filter: { project: { name: { _eq: 'Dam' } } } }, data: { title: 'newest' } }),
  );
  did(await clerk.request('DELETE', `/items/tasks/${task}`));
  did(await clerk.request('POST', '/items/projects', { name: 'not allowed' }));
  did(await api.request('DELETE', '/items/projects', { query: { filter: { name: { _eq: 'Dam' } } } }));
  did(await api.request('POST', '/collections', { collection: 'scratch', schema: {}, meta: {} }));
  did(await api.request('POST', '/fields/scratch', { field: 'note', type: 'text', schema: {}, meta: {} }));
  did(await api.request('PATCH', '/fields/scratch/note', { meta: { note: 'x' } }));
  did(await api.request('DELETE', '/fields/scratch/note'));
  did(await api.request('PATCH', '/collections/scratch', { meta: { note: 'x' } }));
  did(await api.request('DELETE', '/collections/scratch'));
  const user = did(await api.request('POST', '/users', { email: 'temp@example.com', password: 'Temp-2026-x!', first_name: 'T' }));
  did(await api.request('PATCH', `/users/${user}`, { status: 'suspended' }));
  did(await api.request('DELETE', `/users/${user}`));
  const form = new FormData();
  form.append('file', new Blob(['plain'], { type: 'text/plain' }), 'plan.txt');
  const file = did(await clerk.request('POST', '/files', form));
  did(await clerk.request('GET', `/assets/${file}`));
  did(await api.request('DELETE', `/files/${file}`));
  did(await api.request('POST', '/utils/export/projects', { query: { fields: ['name'] }, format: 'json', file: {} }));
  did(await api.request('PATCH', '/settings', { project_descriptor: 'still ours' }));
  did(await api.request('POST', '/schema/snapshot'));
  const drawing = new FormData();
  drawing.append('file', new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' }), 'logo.svg');
  const logo = did(await api.request('POST', '/files', drawing));
  statuses.push((await api.request('GET', `/assets/${logo}`)).headers.get('content-disposition'));
  did(await api.request('DELETE', `/files/${logo}`));
  // Their policy asks for a second factor, which the host itself never demanded.
  const person = await host.login('clerk@example.com', 'Clerk-2026-x!');
  did(await person.request('GET', '/items/projects'));
  return statuses;
}

/** A folder from which the foreign host could be started: its Directus, its settings, its extensions. */
function hostFolder(host: Pick<TestHost, 'env'>): string {
  const folder = join(host.env['CRM_DATA_DIR']!, 'place');
  mkdirSync(join(folder, 'extensions'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'their-directus', private: true }));
  const wanted = Object.entries(host.env).filter(([name]) => /^(DB_|SECRET|STORAGE_|TEMP_PATH|PUBLIC_URL|LOG_)/.test(name));
  writeFileSync(
    join(folder, '.env'),
    [...wanted, ['EXTENSIONS_PATH', './extensions']].map(([name, value]) => `${name}="${value}"`).join('\n'),
  );
  return folder;
}

async function installInto(folder: string, ...flags: string[]) {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  return runCommand(process.execPath, [join(ROOT, 'bin', 'install-into.mjs'), folder, ...flags], { cwd: ROOT, env });
}

/** Columns that time or our own columns on the host's tables bring along. */
const without = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).filter(([name]) => !name.startsWith('crm_') && !['segment', 'owner', 'last_access', 'last_page'].includes(name)),
  );

const NOT_THEIRS = ['directus_activity', 'directus_revisions', 'directus_sessions', 'sqlite_sequence', 'directus_files'];

function expectNothingLost(before: Dump, after: Dump): void {
  for (const [table, rows] of Object.entries(before.tables)) {
    if (NOT_THEIRS.includes(table)) continue;
    const now = new Set((after.tables[table] ?? []).map((row) => JSON.stringify(without(row))));
    expect(
      rows.filter((row) => !now.has(JSON.stringify(without(row)))),
      table,
    ).toEqual([]);
  }
}

describe.each<Database>(['sqlite', 'pg'])('installing into a Directus with other data on %s', (db) => {
  let host: TestHost;
  let folder: string;
  let before: { data: Dump; answers: Record<string, unknown>; work: unknown[] };
  let first: { code: number; output: string };
  let checked: { code: number; changed: boolean; left: string[] };
  let second: { output: string; before: Dump; after: Dump };
  const label = [{ language: 'zh-CN', translation: '往来单位' }];

  beforeAll(async () => {
    host = await startHost({ db, extension: false, env: { EXTENSIONS_MUST_LOAD: 'true' } });
    await makeForeignWorld(await host.admin());
    before = { work: await workOf(host), answers: await answersOf(host), data: await dump(host.database) };
    folder = hostFolder(host);
    await host.halt();
    const { code } = await installInto(folder, '--check');
    const after = await dump(host.database);
    checked = { code, changed: JSON.stringify(after) !== JSON.stringify(before.data), left: readdirSync(join(folder, 'extensions')) };
    first = await installInto(folder);
    if (first.code !== 0) throw new Error(first.output);
    const ours = host.database('directus_fields').where({ collection: 'crm_customers', field: 'name' });
    await ours.update({ translations: JSON.stringify(label) });
    const between = await dump(host.database);
    second = { output: (await installInto(folder)).output, before: between, after: await dump(host.database) };
    await host.restart({ EXTENSIONS_PATH: join(folder, 'extensions') });
  });
  afterAll(() => host.stop());

  test('issue 5: it goes in with one command, says so, and the CRM can be used', async () => {
    expect(first.output).toMatch(/installed: collections \d+/);
    expect(first.code).toBe(0);
    expect(readdirSync(join(folder, 'extensions'))).toEqual([EXTENSION]);
    expect((await host.anonymous.request('GET', '/crm/health')).status).toBe(200);
  });

  test('issue 5: a mere look beforehand says that something is to be installed and leaves nothing, not even a row of the host', () => {
    expect(checked).toEqual({ code: 2, changed: false, left: [] });
  });

  test('issue 5: every foreign row is as it was, settings and rights included', async () => {
    expectNothingLost(before.data, await dump(host.database));
    const kept = await host.database('directus_settings').first('project_name', 'default_language', 'project_color');
    expect(kept).toEqual({ project_name: 'Works', default_language: 'de-DE', project_color: '#ff0000' });
  });

  test('issue 5: what came bears our name', async () => {
    const { tables } = await dump(host.database);
    const fresh = (table: string) => {
      const old = new Set(before.data.tables[table]!.map((row) => JSON.stringify(row['id'] ?? row['collection'])));
      return tables[table]!.filter((row) => !old.has(JSON.stringify(row['id'] ?? row['collection'])));
    };
    const strangers = [
      ...fresh('directus_collections').filter((row) => !String(row['collection']).startsWith('crm_')),
      ...fresh('directus_fields').filter((row) => !/^crm_|^directus_(users|files)$/.test(String(row['collection']))),
      ...fresh('directus_relations').filter((row) => !/^crm_|^directus_(users|files)$/.test(String(row['many_collection']))),
      ...fresh('directus_policies').filter((row) => !String(row['name']).startsWith('crm_')),
      ...fresh('directus_presets').filter((row) => row['role'] === null),
    ];
    expect(strangers).toEqual([]);
    expect(Object.keys(tables).filter((table) => !(table in before.data.tables) && !table.startsWith('crm_'))).toEqual([]);
  });

  test('issue 5: nothing of theirs is newly refused or answered otherwise', async () => {
    expect(await answersOf(host)).toEqual(before.answers);
    expect(await workOf(host)).toEqual(before.work);
  });

  test("issue 5: the second run reports no change, an administrator's own label on a field of ours survives it", async () => {
    expect(second.output).toContain('no change');
    expect(second.after).toEqual(second.before);
    const api = createClient(host.url, API_TOKEN);
    const answer = await api.request<{ data: { meta: { translations: unknown } } }>('GET', '/fields/crm_customers/name');
    expect(answer.body.data.meta.translations).toEqual(label);
  });

  test('ACC-4, F12: their GraphQL resets no password of ours, and answers for one of ours as for nobody', async () => {
    const email = 'ours@example.com';
    const row = { id: randomUUID(), email, role: ROLE_IDS.sales_rep, status: 'active', provider: 'default', password: 'x' };
    await host.database('directus_users').insert(row);
    const ask = 'mutation($e: String!) { auth_password_request(email: $e) }';
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const tokenFor = (whose: string) => {
      const claims = { email: whose, scope: 'password-reset', hash: '', iss: 'directus', exp: Math.floor(Date.now() / 1000) + 600 };
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
      return `${text}.${createHmac('sha256', host.env['SECRET']!).update(text).digest('base64url')}`;
    };
    const reset = (whose: string) => `mutation { auth_password_reset(token: "${tokenFor(whose)}", password: "Long-2026-enough!") }`;
    for (const client of [host.anonymous, createClient(host.url, API_TOKEN), createClient(host.url, CLERK_TOKEN)]) {
      const mailed = host.logs().length;
      const [ours, nobody] = [await client.graphql(ask, { e: email }, true), await client.graphql(ask, { e: 'nobody@example.com' }, true)];
      expect([ours.status, ours.text]).toEqual([nobody.status, nobody.text]);
      expect(host.logs().slice(mailed)).not.toMatch(/password reset mail/iu);
      const refused = await client.graphql(reset(email), {}, true);
      expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('closed_reset')]);
      expect((await client.graphql(reset('clerk@example.com'), {}, true)).text).not.toContain('closed_reset');
    }
    expect((await host.database('directus_users').where({ email }).first('password')).password).toBe('x');
    await host.database('directus_users').where({ email }).delete();
  });

  test('F46: with the extension taken out, data stays readable and the stored rules still isolate', async () => {
    await host.halt();
    rmSync(join(folder, 'extensions', EXTENSION), { recursive: true });
    await host.restart();
    expect(await answersOf(host)).toEqual(before.answers);
    const rows = await plantCustomers(host.database);
    const rep = createClient(host.url, REP_TOKEN);
    const seen = await rep.request<{ data: { name: string }[] }>('GET', '/items/crm_customers?fields=name');
    expect(seen.body.data).toEqual([{ name: '甲的客户' }]);
    expect((await rep.request('GET', `/items/crm_customers/${rows.foreign}`)).status).toBe(403);
    expect((await rep.request('PATCH', `/items/crm_customers/${rows.foreign}`, { name: 'x' })).status).toBe(403);
    const api = createClient(host.url, API_TOKEN);
    const all = await api.request<{ data: unknown[] }>('GET', '/items/crm_customers?fields=name');
    expect(all.body.data).toHaveLength(2);
  });
});

// Refused before a database is opened, or by the installer itself, whose refusals install.integration.test.ts asks of both.
describe('installing into what it does not fit', () => {
  test('issue 5: another version of the host, none, or another kind of database is refused in one line and left as it was', async () => {
    const host = await bareHost('sqlite');
    const dataDir = host.env['CRM_DATA_DIR']!;
    const folder = join(dataDir, 'old');
    mkdirSync(join(folder, 'node_modules', 'directus'), { recursive: true });
    expect((await installInto(dataDir)).output).toMatch(/there is no Directus/);
    writeFileSync(join(folder, 'node_modules', 'directus', 'package.json'), JSON.stringify({ name: 'directus', version: '12.4.0' }));
    writeFileSync(join(folder, 'node_modules', 'directus', 'cli.js'), '');
    const outcome = await installInto(folder);
    expect(outcome.code).toBe(1);
    expect(outcome.output).toMatch(/12\.4\.0.*nothing was changed/);
    expect(existsSync(join(folder, 'extensions'))).toBe(false);

    const place = hostFolder(host);
    writeFileSync(join(place, '.env'), 'DB_CLIENT=mysql\nDB_HOST=127.0.0.1\n');
    const kind = await installInto(place);
    expect(kind.code).toBe(1);
    expect(kind.output).toMatch(/DB_CLIENT=mysql.*nothing was changed/);
    expect(readdirSync(join(place, 'extensions'))).toEqual([]);
    await host.remove();
  });

  test('issue 5: refused or ended with Ctrl-C, it takes the extension out again and leaves nobody at work', async () => {
    const host = await bareHost('sqlite');
    const folder = hostFolder(host);
    await host.look(async (database) => {
      await database.schema.createTable('crm_customers', (table) => void table.increments('id'));
      await database('directus_collections').insert({ collection: 'crm_customers' });
    });
    const before = await host.look(dump);
    expect((await installInto(folder)).output).toMatch(/crm_customers is there already/);
    expect(await host.look(dump)).toEqual(before);
    expect(readdirSync(join(folder, 'extensions'))).toEqual([]);

    await host.look(async (database) => {
      await database.schema.dropTable('crm_customers');
      await database('directus_collections').where({ collection: 'crm_customers' }).delete();
    });
    const run = runScript('install-into.mjs', {}, [folder]);
    await run.sees(/\[crm\] fields/);
    expect(readdirSync(join(folder, 'extensions'))).toEqual([EXTENSION]);
    run.interrupt();
    expect(await run.ended).toBe(130);
    expect(readdirSync(join(folder, 'extensions'))).toEqual([]);
    expect(await host.look((database) => database('directus_extensions').select('folder'))).toEqual([]);
    const written = () => host.look((database) => database('directus_fields').count({ count: '*' }));
    const then = await written();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await written()).toEqual(then);
    await host.remove();
  });
});
