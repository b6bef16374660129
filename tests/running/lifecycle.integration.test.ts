import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../harness/free-port.ts';
import { openSqlite } from '../harness/test-database.ts';
import { dumpOf } from './database-dump.ts';
import { dataFolder, processesWith, READY, runStart } from './start-command.ts';

const data = dataFolder();
const file = join(data.folder, 'crm.db');
let env: Record<string, string>;

beforeAll(async () => {
  env = { PORT: String(await freePort()), CRM_DATA_DIR: data.folder, CRM_DEMO_DATA: 'false' };
});
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
async function interruptAt(moment: RegExp) {
  const run = runStart(env);
  await run.sees(moment);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const begun = Date.now();
  run.interrupt();
  expect(await run.ended).toBe(130);
  expect(Date.now() - begun).toBeLessThan(10_000);
  expect(processesWith(data.folder)).toEqual([]);
}

async function startAndStop(): Promise<string> {
  const run = runStart(env);
  await run.sees(READY);
  expect(await health()).toBe(200);
  run.interrupt();
  expect(await run.ended).toBe(0);
  expect(processesWith(data.folder)).toEqual([]);
  return run.output();
}

describe('npm start (issue 2 §1)', () => {
  it('can be ended with Ctrl-C while the database is created', async () => {
    await interruptAt(/creating the database/);
    expect(existsSync(file)).toBe(false);
  });

  it('can be ended with Ctrl-C while the CRM is installed', async () => {
    await interruptAt(/installing the data model/);
  });

  it('finishes at the next start what was cut off, and says the log-ins in both languages', async () => {
    const output = await startAndStop();
    expect(output).toMatch(/密码均为 \| Demo log-ins, all with the password: Demo-2026-crm!/);
    expect(output).toContain('admin@example.com');
  });

  it('keeps the secrets of the demo for its owner alone', () => {
    expect(statSync(join(data.folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('changes nothing at the second start and does none of the long steps', async () => {
    const before = await dump();
    const output = await startAndStop();
    expect(output).not.toMatch(/creating the database|installing|building/);
    expect(await dump()).toEqual(before);
  });

  it('refuses to turn the demo into production', async () => {
    const secrets = {
      SECRET: '4b1fd70a2c59e3860d7c1b2a9f8e5d43',
      CRM_KEYS: `k1:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`,
    };
    const run = runStart({ ...env, ...secrets, CRM_DEMO: 'false', PUBLIC_URL: 'https://crm.example.com' });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('already holds the demo');
  });

  it('makes everything anew when the data folder was deleted', async () => {
    rmSync(data.folder, { recursive: true });
    expect(await startAndStop()).toMatch(/creating the database/);
    expect(Object.keys(await dump())).toContain('crm_customers');
  });
});
