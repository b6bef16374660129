import { existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../harness/free-port.ts';
import { openSqlite } from '../harness/test-database.ts';
import { dumpOf } from './database-dump.ts';
import { dataFolder, processesWith, READY, runScript, runStart } from './start-command.ts';

const data = dataFolder();
const file = join(data.folder, 'crm.db');
let env: Record<string, string>;

beforeAll(async () => {
  env = { PORT: String(await freePort()), CRM_DATA_DIR: data.folder };
});
const secrets = {
  SECRET: '4b1fd70a2c59e3860d7c1b2a9f8e5d43',
  CRM_KEYS: `k1:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`,
};
const asProduction = () => ({ ...env, ...secrets, CRM_DEMO: 'false', PUBLIC_URL: 'https://crm.example.com' });
afterAll(() => data.remove());

const health = async () => (await fetch(`http://127.0.0.1:${env['PORT']}/crm/health`)).status;

async function dump() {
  const database = openSqlite(file);
  try {
    return await dumpOf(database);
  } finally {
    await database.destroy();
  }
}

/** Ctrl-C at `moment`; the command must be gone, with all it started, within seconds. */
async function interruptAt(moment: RegExp, milliseconds = 1500) {
  const run = runStart(env);
  await run.sees(moment);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const begun = Date.now();
  run.interrupt();
  expect(await run.ended).toBe(130);
  expect(Date.now() - begun).toBeLessThan(10_000);
  expect(processesWith(data.folder)).toEqual([]);
}

async function startAndStop(more: Record<string, string> = {}): Promise<string> {
  const run = runStart({ ...env, ...more });
  await run.sees(READY);
  expect(await health()).toBe(200);
  run.interrupt();
  expect(await run.ended).toBe(0);
  expect(processesWith(data.folder)).toEqual([]);
  return run.output();
}

describe('npm start (issue 2 §1)', () => {
  it('has nothing for the doctor to look at before the first start, which is one clear line', async () => {
    const doctor = runScript('doctor.mjs', env);
    expect(await doctor.ended).toBe(1);
    expect(doctor.output()).toMatch(/^✗ .* \| there is no finished installation yet[^\n]*\n$/);
  });

  it('can be ended with Ctrl-C while the database is created', async () => {
    await interruptAt(/creating the database/);
    expect(existsSync(file)).toBe(false);
  });

  it('can be ended with Ctrl-C while the CRM and the demo group are installed', async () => {
    await interruptAt(/installing the data model, access rules and demo data/, 6000);
  });

  it('is the demo from its first write on: production refuses what the interrupted start left', async () => {
    const run = runStart(asProduction());
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('already holds the demo');
  });

  it('finishes at the next start what was cut off, and says the log-ins in both languages', async () => {
    const output = await startAndStop();
    expect(output).toMatch(/密码均为 \| Demo log-ins, all with the password: Demo-2026-crm!/);
    expect(output).toContain('admin@example.com');
  });

  it('keeps its secrets, database, files and logs for its owner alone', () => {
    expect(statSync(join(data.folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    const open = readdirSync(data.folder, { recursive: true, encoding: 'utf8' }).filter(
      (entry) => (statSync(join(data.folder, entry)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
  });

  it('changes nothing at the second start, does none of the long steps, and says so when its password is not the one that is set now', async () => {
    const before = await dump();
    const output = await startAndStop({ CRM_DEMO_PASSWORD: 'Another-2026-one!' });
    expect(output).not.toMatch(/creating the database|installing|building/);
    expect(output).toContain('still the CRM_DEMO_PASSWORD of the first start');
    expect(output).not.toContain('Another-2026-one!');
    expect(await dump()).toEqual(before);
  });

  it('runs on while its doctor keeps it closed, says why and how to repair it, and opens by itself (F1)', async () => {
    const database = openSqlite(file);
    await database('directus_permissions').where({ collection: 'crm_customers', action: 'read' }).update({ permissions: null });
    await database.destroy();
    const run = runStart(env);
    const [text] = await run.sees(/isolation cannot be vouched for[^]*doctor -- --repair/);
    expect(text).toMatch(/sales_rep\S*crm_customers\S* \(rule_wider\)/);
    expect(await health()).toBe(503);
    const repair = runScript('doctor.mjs', env, ['--repair', '--lang', 'en']);
    expect(await repair.ended).toBe(0);
    await expect.poll(health, { timeout: 15_000 }).toBe(200);
    run.interrupt();
    expect(await run.ended).toBe(0);
  });

  it('refuses to turn the demo into production, also where its own memory of being one is lost', async () => {
    const refused = async (text: string) => {
      const run = runStart(asProduction());
      expect(await run.ended).toBe(1);
      expect(run.output()).toContain(text);
    };
    await refused('already holds the demo');
    const database = openSqlite(file);
    await database('crm_install_state').where({ key: 'start' }).delete();
    await database.destroy();
    await refused('has demo log-ins');
  });

  it('refuses a database file that was cut off', async () => {
    truncateSync(file, Math.floor(statSync(file).size / 2));
    const run = runStart(env);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('the database file is damaged');
  });

  // From here on it is a first start like the one above: that it begins one is what there is to show.
  it('makes everything anew when the data folder was deleted', async () => {
    rmSync(data.folder, { recursive: true });
    await interruptAt(/installing the data model, access rules and demo data/, 0);
    const tables = Object.keys(await dump());
    expect(tables).toContain('directus_users');
    expect(tables).not.toContain('crm_customers');
  });
});
