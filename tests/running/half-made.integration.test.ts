import { mkdtempSync, rmSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bootstrap } from '../../bin/lib/bootstrap.mjs';
import { firstAdminLink } from '../../bin/lib/first-admin.mjs';
import { readStanding, rememberInstalled } from '../../bin/lib/install-state.mjs';
import { refuseStanding } from '../../bin/lib/installation.mjs';
import { oneAtATime } from '../../bin/lib/one-at-a-time.mjs';
import { readSettings, type Settings } from '../../bin/lib/settings.mjs';
import { onServer, openPostgres, openSqlite, postgresEnvironment } from '../harness/test-database.ts';

/**
 * The steps of a start on a real database, with a stand-in for the host's `bootstrap` that can die half way: the host itself
 * takes a half-made set of tables for a whole one.
 */
const folder = mkdtempSync(join(tmpdir(), 'crm-half-'));
const name = `crm_half_${process.pid}`;
let database: Knex;

const settingsOf = (more: Record<string, string>): Settings => readSettings({ CRM_DATA_DIR: folder, ...more });
const demo = () => settingsOf(postgresEnvironment(name));
const production = () => settingsOf({ ...postgresEnvironment(name), CRM_DEMO: 'false' });

beforeAll(async () => {
  await onServer(`CREATE DATABASE "${name}"`);
  database = openPostgres(name);
});
beforeEach(() => database.raw('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));
afterAll(async () => {
  await database.destroy();
  await onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  rmSync(folder, { recursive: true });
});

/** What the host does on an empty database, as far as `until`; nothing when its first table stands. */
const host =
  (at: Knex, until: 'collections' | 'users' | 'end' = 'end') =>
  async (_command: string[], env: Record<string, string>) => {
    if (await at.schema.hasTable('directus_collections')) return;
    await at.schema.createTable('directus_collections', (table) => void table.string('collection').primary());
    if (until === 'collections') throw new Error('killed');
    await at.schema.createTable('directus_users', (table) => {
      table.increments('id');
      table.string('email');
      table.string('status');
    });
    if (until === 'users') throw new Error('killed');
    await at('directus_users').insert({ email: env['ADMIN_EMAIL'], status: 'active' });
  };

async function start(settings: Settings, until?: 'collections' | 'users' | 'end') {
  const standing = await readStanding(settings);
  refuseStanding(settings, standing);
  await bootstrap(settings, { ADMIN_EMAIL: 'someone@example.com' }, standing, host(database, until));
}

const people = () => database('directus_users').select('email', 'status');

async function foreignDirectus(at: Knex) {
  await host(at)([], { ADMIN_EMAIL: 'theirs@example.org' });
}

describe('a start that was killed while the host made its tables (issue 2 §1)', () => {
  it.each(['collections', 'users'] as const)('after %s: the next one begins anew, and in production nobody can log in', async (until) => {
    await expect(start(production(), until)).rejects.toThrow('killed');
    await start(production());
    expect(await people()).toEqual([{ email: 'someone@example.com', status: 'suspended' }]);
  });

  it('before its first person was suspended: the next one does that', async () => {
    await expect(start(production(), 'users')).rejects.toThrow('killed');
    await database('directus_users').insert({ email: 'made@example.com', status: 'active' });
    await start(production());
    expect(await people()).toEqual([{ email: 'made@example.com', status: 'suspended' }]);
  });

  it('of the demo: the data that is there stays the demo, from the first write on', async () => {
    await start(demo());
    await expect(start(production())).rejects.toThrow(/already holds the demo/);
    expect(await people()).toEqual([{ email: 'someone@example.com', status: 'active' }]);
  });
});

describe('what is not ours is never touched (issue 2 §1, §5)', () => {
  it('refuses a Directus of others, even where an earlier start of ours was killed on another database', async () => {
    writeFileSync(join(folder, 'bootstrap-begun'), '');
    await foreignDirectus(database);
    await expect(start(demo())).rejects.toThrow(/install-into/);
    await expect(start(production())).rejects.toThrow(/install-into/);
    expect(await people()).toEqual([{ email: 'theirs@example.org', status: 'active' }]);
  });

  it('refuses one that the CRM was installed into', async () => {
    await foreignDirectus(database);
    await makeState({ product: 'group-crm', host: 'shared' });
    await expect(start(production())).rejects.toThrow(/install-into/);
  });

  it.each([
    ['a Directus', foreignDirectus, /install-into/],
    ['another program', (at: Knex) => at.schema.createTable('photos', (table) => void table.increments()), /DB_FILENAME/],
  ])('refuses the SQLite file of %s and leaves it as it is', async (_, make, text) => {
    const file = join(folder, 'theirs.db');
    rmSync(file, { force: true });
    const theirs = openSqlite(file);
    await make(theirs);
    await theirs.destroy();
    const settings = settingsOf({ DB_FILENAME: file });
    await expect(readStanding(settings).then((standing) => refuseStanding(settings, standing))).rejects.toThrow(text);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it('takes nothing that lies beside a SQLite file that is gone for a part of the new one', async () => {
    const file = join(folder, 'ours.db');
    for (const end of ['-journal', '-wal', '-shm']) writeFileSync(file + end, 'stale');
    const settings = settingsOf({ DB_FILENAME: file });
    const run = async (_command: string[], env: Record<string, string>) => {
      const fresh = openSqlite(env['DB_FILENAME']!);
      await host(fresh)([], env);
      await fresh.destroy();
    };
    await bootstrap(settings, {}, await readStanding(settings), run);
    expect(['-journal', '-wal', '-shm'].filter((end) => existsSync(file + end))).toEqual([]);
    expect(await readStanding(settings)).toMatchObject({ kind: 'ours', mode: 'demo', begun: false, installed: null });
  });
});

async function makeState(rows: Record<string, string>) {
  await database.schema.createTable('crm_install_state', (table) => {
    table.uuid('id').primary();
    table.string('key').unique();
    table.text('value');
    table.string('hash');
  });
  for (const [key, value] of Object.entries(rows))
    await database('crm_install_state').insert({ id: crypto.randomUUID(), key, value: JSON.stringify(value) });
}

describe('a finished installation', () => {
  beforeEach(async () => {
    await start(production());
    await makeState({ product: 'group-crm', host: 'own' });
    await rememberInstalled(production(), { built: 'x', mode: 'production' });
  });

  it('leaves no mark behind and is known by its own memory', async () => {
    expect(await database.schema.hasTable('crm_start_mark')).toBe(false);
    expect(await readStanding(production())).toMatchObject({ kind: 'ours', mode: 'production', installed: { built: 'x' } });
  });

  it.each(['admin@example.com', 'SysAdmin1@example.com', 'rep2.s07@example.com'])(
    'does not start in production with the demo log-in %s, whatever its state',
    async (email) => {
      await database('directus_users').insert({ email, status: 'suspended' });
      await expect(start(production())).rejects.toThrow(/demo log-ins/);
    },
  );

  it('lets two nodes write the one-time link at the same moment', async () => {
    await database.schema.alterTable('directus_users', (table) => void table.uuid('role'));
    const links = await Promise.all([1, 2, 3, 4].map(() => firstAdminLink(production(), new Date())));
    expect(new Set(links).size).toBe(4);
    expect(await database('crm_install_state').where({ key: 'first-admin' })).toHaveLength(1);
  });

  it('is made by one node while the others wait', async () => {
    const seen: string[] = [];
    const node = (label: string) =>
      oneAtATime(production(), async () => {
        seen.push(`${label} begins`);
        await new Promise((resolve) => setTimeout(resolve, 300));
        seen.push(`${label} ends`);
      });
    await Promise.all([node('one'), node('two')]);
    expect(seen.map((text) => text.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
  });
});
