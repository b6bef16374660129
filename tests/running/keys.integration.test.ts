import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprint } from '../../bin/lib/keys/key-ring.mjs';
import { GROUP_SEGMENT_ID } from '../../extensions/crm/src/kernel/roles.ts';
import { createClient } from '../harness/client.ts';
import { freePort } from '../harness/free-port.ts';
import { dataFolder, runScript, runStart, type StartRun } from './start-command.ts';
import { databases, findInFiles, installationIn, type Installation, type Kind } from './vault-world.ts';

const fresh = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const keyPart = (entry: string) => entry.split(':')[1]!;

describe.each<Kind>(['sqlite', 'pg'])('npm run keys on %s (SEC-1)', (kind) => {
  const [data, out] = [dataFolder(), dataFolder()];
  const server = databases(kind);
  const secrets = join(data.folder, 'secrets.json');
  let live: Installation;
  let outputs = '';
  let first = '';

  const stored = () => (JSON.parse(readFileSync(secrets, 'utf8')) as { CRM_KEYS: string }).CRM_KEYS.split(',');
  const keys = async (words: string[], more: Record<string, string> = {}) => {
    const result = await live.command('keys.mjs', words, more);
    outputs += result.output;
    return result;
  };
  const inDatabase = async <Result>(work: (database: Knex) => Promise<Result>): Promise<Result> => {
    const database = live.open();
    return work(database).finally(() => database.destroy());
  };
  const lead = async (phone: string) => {
    const admin = await live.admin();
    const made = await admin.request('POST', '/items/crm_leads', { title: '换钥', phone, segment: GROUP_SEGMENT_ID });
    return String(made.body.data.id);
  };
  const reveal = async (item: string) => {
    const admin = await live.admin();
    return (await admin.request('POST', `/crm/leads/${item}/reveal`, { field: 'phone', reason: 'verify_data' })).body as { value: string };
  };
  /** The key of somebody, wrapped by a master key that is not given. */
  const STRAY = '00000000-0000-4000-8000-00000000000f';
  const strayKey = (key_id: string) =>
    inDatabase((database) =>
      database('crm_subject_keys').insert({ id: STRAY, collection: 'crm_leads', item: STRAY, key_id, key: 'crm1.A256GCM.k9.AA.AA.AA' }),
    );
  const takeAway = () => inDatabase((database) => database('crm_subject_keys').where({ id: STRAY }).delete());

  beforeAll(async () => {
    live = await installationIn(kind, data.folder, await server.make('keys'));
    await live.install();
    await live.start();
  });
  afterAll(async () => {
    await live.stop();
    await server.drop();
    data.remove();
    out.remove();
  });

  it('names the keys, which one is active and how many rows hang on each, and never shows one', async () => {
    first = await lead('13800004321');
    await strayKey('k9');
    const { code, output } = await keys(['list']);
    expect(code).toBe(0);
    expect(output).toMatch(/\* k1 {2}[0-9a-f]{8} {2}\d+ 行 \| rows \(crm_subject_keys 1, crm_leads 1, crm_audit \d+/);
    expect(output).toMatch(/! k9 .*not given {2}1 行/);
    expect(output).not.toContain(keyPart(stored()[0]!));
    await takeAway();
  });

  it('adds a key in front, for its owner alone, which a running server may read at once; a new id every time', async () => {
    const [oldest] = stored();
    expect((await keys(['add'])).output).toContain('✓ k2');
    expect(stored().map((entry) => entry.split(':')[0])).toEqual(['k2', 'k1']);
    expect(stored()[1]).toBe(oldest);
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    expect((await fetch(`${live.url}/crm/health`)).status).toBe(200);
  });

  it('retires none that something still needs', async () => {
    const before = readFileSync(secrets, 'utf8');
    for (const [id, said] of [
      ['k1', 'still used by \\d+ rows \\(crm_subject_keys, crm_leads, crm_audit'],
      ['k2', 'is the active key'],
      ['k7', 'no key with the id "k7"'],
    ] as const) {
      const { code, output } = await keys(['retire', id]);
      expect([code, output]).toEqual([1, expect.stringMatching(new RegExp(`^✗ [^\\n]* \\| [^\\n]*${said}[^\\n]*\\n$`))]);
    }
    expect(readFileSync(secrets, 'utf8')).toBe(before);
  });

  it('rotates while the server runs; then the old key can go, values open, are found, and the log can still be verified', async () => {
    const during = await lead('13800005678');
    const rotated = await keys(['rotate']);
    expect([rotated.code, rotated.output]).toEqual([0, expect.stringContaining('left with an old key: 0 subject keys, 0 indexes')]);
    expect(stored().map((entry) => entry.split(':')[0])).toEqual(['k2', 'k1']);
    expect((await keys(['retire', 'k1'])).output).toContain('✓ k1');
    expect(stored()).toHaveLength(1);
    await live.stop();
    await live.start();
    expect(await reveal(first)).toEqual({ value: '13800004321' });
    expect(await reveal(during)).toEqual({ value: '13800005678' });
    const admin = await live.admin();
    const found = await admin.request('GET', '/items/crm_leads?search=13800004321&fields=id');
    expect(found.body.data).toEqual([{ id: first }]);
    const verified = await live.command('audit.mjs', ['verify']);
    expect([verified.code, verified.output]).toEqual([0, expect.any(String)]);
    expect((await keys(['add'])).output).toContain('✓ k3');
  });

  it('exports under a passphrase, never over a file, and believes a confirmation only of what was exported', async () => {
    const file = join(out.folder, 'keys.txt');
    expect((await keys(['confirm'])).output).toContain('were never exported');
    expect((await keys(['export', file], { CRM_BACKUP_PASSPHRASE: '' })).output).toContain('a passphrase is needed');
    expect((await keys(['export', file], { CRM_BACKUP_PASSPHRASE: 'short' })).output).toContain('too weak');
    expect(existsSync(file)).toBe(false);
    expect((await keys(['export', file])).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await keys(['export', file])).output).toContain('exists and is never overwritten');
    expect((await keys(['confirm', file])).code).toBe(0);
    await keys(['add']);
    expect((await keys(['confirm'])).output).toMatch(/the keys k4 were never exported/);
    expect((await keys(['confirm', file])).output).toContain('does not hold the keys k4');
    expect((await keys(['import', file])).code).toBe(0);
    expect(stored().map((entry) => entry.split(':')[0])).toEqual(['k4', 'k3', 'k2']);
  });

  it('finishes a rotation that was cut off instead of making one more key', async () => {
    const before = stored();
    await strayKey('k2');
    const { code, output } = await keys(['rotate']);
    expect([code, output]).toEqual([1, expect.stringContaining('left with an old key: 1 subject keys, 0 indexes')]);
    expect(stored()).toEqual(before);
    await takeAway();
  });

  it('prints the line for an environment that rules, to a terminal or when asked only', async () => {
    const given = { CRM_KEYS: stored().join(',') };
    const silent = await keys(['add'], given);
    expect([silent.code, silent.output]).toEqual([1, expect.stringContaining('add --print')]);
    const { code, output } = await live.command('keys.mjs', ['add', '--print'], given);
    const line = /^CRM_KEYS=(\S+)$/m.exec(output)?.[1] ?? '';
    expect(code).toBe(0);
    expect(line.split(',').slice(1)).toEqual(stored());
    expect(line).toMatch(/^k5:/);
  });

  it('never shows a key or puts one anywhere but into the file of secrets', () => {
    const parts = stored().map(keyPart);
    for (const part of parts) expect(outputs).not.toContain(part);
    expect(findInFiles([data.folder, out.folder], parts)).toEqual({ holding: [secrets], open: [] });
    expect(live.run.output()).not.toMatch(new RegExp(parts.map((part) => part.replace(/\W/g, '\\$&')).join('|')));
  });

  it('refuses other keys under a known id, and a demo that lost its keys; without an old key it starts and names it', async () => {
    await live.stop();
    const all = readFileSync(secrets, 'utf8');
    const [other, lost] = [refusedStart({ CRM_KEYS: fresh('k4') }), refusedStart({ CRM_DATA_DIR: join(data.folder, 'lost'), ...sameFile })];
    expect(await other).toContain('the key k4 is not the k4 that this database was used with');
    expect(await lost).toContain('was written with the keys k2, k3, k4');
    writeFileSync(secrets, JSON.stringify({ SECRET: 'x'.repeat(40), CRM_KEYS: stored()[0] }));
    chmodSync(secrets, 0o600);
    await live.start();
    await live.run.sees(/The keys k3, k2 are not given|The keys k2, k3 are not given/);
    writeFileSync(secrets, all);
  });

  /** The database of this one, whatever the folder. */
  const sameFile: Record<string, string> = kind === 'sqlite' ? { DB_FILENAME: join(data.folder, 'crm.db') } : {};

  const refusedStart = async (more: Record<string, string>) => {
    const run = runStart({ ...live.env, PORT: String(await freePort()), ...more });
    expect(await run.ended).toBe(1);
    expect(run.output()).not.toMatch(/^\s+at /m);
    return run.output();
  };
});

// What follows decides before a database is asked: one of the two will do.
describe('npm run keys and CRM_KEYS before anything is opened (SEC-1)', () => {
  const data = dataFolder();
  afterAll(() => data.remove());
  const good = fresh('k1');
  const production = { CRM_DEMO: 'false', SECRET: randomBytes(32).toString('hex'), PUBLIC_URL: 'https://crm.example.com' };
  const outcome = async (run: StartRun) => ({ code: await run.ended, output: run.output() });

  it('says how it is used', async () => {
    const wrong = [[], ['burn'], ['export'], ['list', 'k1'], ['constructor']];
    const runs = await Promise.all(wrong.map((words) => outcome(runScript('keys.mjs', { CRM_DATA_DIR: data.folder }, words))));
    for (const run of runs) {
      expect(run).toEqual({ code: 1, output: expect.stringMatching(/^✗ 用法.* \| usage: npm run keys[^\n]*\n$/) });
    }
  });

  it.each([
    ['an entry that is none', `${good},k2:abc`, 'entry 2 is no usable key'],
    ['an id that is there twice', `${good},${fresh('k1')}`, 'the key id "k1" twice'],
    ['a key of one letter', `k1:${'A'.repeat(43)}=`, 'entry 1 is not random'],
  ])('keys that cannot be used are one clear line in the demo and in production: %s', async (_, CRM_KEYS, said) => {
    const modes = [{}, production].map((mode) => runStart({ PORT: '8499', CRM_DATA_DIR: data.folder, ...mode, CRM_KEYS }));
    for (const { code, output } of await Promise.all(modes.map(outcome))) {
      expect(code).toBe(1);
      expect(output).toMatch(new RegExp(`^✗ CRM_KEYS：[^\\n]* \\| CRM_KEYS: [^\\n]*${said}[^\\n]*\\n$`));
      for (const entry of CRM_KEYS.split(',')) expect(output).not.toContain(keyPart(entry));
    }
  });

  it('in the file of the demo they name that file', async () => {
    writeFileSync(join(data.folder, 'secrets.json'), JSON.stringify({ SECRET: 'x'.repeat(40), CRM_KEYS: 'k1:abc' }));
    const run = await outcome(runStart({ PORT: '8499', CRM_DATA_DIR: data.folder }));
    expect(run).toEqual({ code: 1, output: expect.stringMatching(/secrets\.json: entry 1 is no usable key/) });
    rmSync(join(data.folder, 'secrets.json'));
  });

  it('they are made once where two starts come together: one knows what the other does', async () => {
    const one = await installationIn('sqlite', data.folder, '');
    const other = await installationIn('sqlite', data.folder, '');
    await one.install();
    await Promise.all([one.start(), other.start()]);
    const { token } = await one.admin();
    expect((await createClient(other.url, token).request('GET', '/users/me')).status).toBe(200);
    const database = one.open();
    const { value } = await database('crm_install_state').where({ key: 'master-keys' }).first('value');
    await database.destroy();
    const { CRM_KEYS } = JSON.parse(readFileSync(join(data.folder, 'secrets.json'), 'utf8')) as { CRM_KEYS: string };
    const [id, key] = CRM_KEYS.split(':') as [string, string];
    expect(JSON.parse(value)).toEqual({ [id]: { fingerprint: fingerprint({ id, key }) } });
    await Promise.all([one.stop(), other.stop()]);
  });
});
