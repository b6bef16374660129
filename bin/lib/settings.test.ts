import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseAddress, postgresConfig } from './database-address.mjs';
import { mergedEnvironment, parseDotEnv } from './dot-env.mjs';
import { hostEnvironment } from './host-env.mjs';
import { withFileSettings } from './setting-files.mjs';
import { isLoopback, readSettings } from './settings.mjs';

describe('settings (contract.md "Running")', () => {
  it('are those of the demo on this machine when nothing is set', () => {
    expect(readSettings({})).toMatchObject({
      port: 8055,
      host: '127.0.0.1',
      demo: true,
      demoPassword: 'Demo-2026-crm!',
      rehearsal: false,
      postgres: false,
      publicUrl: 'http://127.0.0.1:8055',
    });
  });

  it('follow the environment', () => {
    const settings = readSettings({
      PORT: '9000',
      HOST: '::1',
      CRM_DEMO: 'false',
      CRM_REHEARSAL: 'true',
      DB_CLIENT: 'pg',
      REDIS_HOST: 'r',
    });
    expect(settings).toMatchObject({
      port: 9000,
      publicUrl: 'http://[::1]:9000',
      demo: false,
      rehearsal: true,
      postgres: true,
      redis: true,
    });
  });

  it.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['127.0.0.1.example.com', false],
    ['192.168.1.2', false],
    ['', false],
  ])('know whether %s is this machine alone', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('.env', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-env-'));
  const file = join(folder, '.env');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read with quotes, comments and empty values', () => {
    expect(parseDotEnv('# x\nA=1\nexport B="two words" # why\nC=\'#3\'\nD=4 # four\nE=\r\nnot a line\n')).toEqual({
      A: '1',
      B: 'two words',
      C: '#3',
      D: '4',
      E: '',
    });
  });

  it('loses against the environment', () => {
    writeFileSync(file, 'PORT=8157\nCRM_DEMO=false\n');
    expect(mergedEnvironment(file, { PORT: '9999' })).toEqual({ PORT: '9999', CRM_DEMO: 'false' });
  });

  it('may be absent', () => {
    expect(mergedEnvironment(join(folder, 'none'), { A: 'b' })).toEqual({ A: 'b' });
  });
});

describe('settings in files of their own, as the host names them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-files-'));
  const file = join(folder, 'password');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('stand in the place of their names, without the end of the line', () => {
    writeFileSync(file, 's3cret, with a comma\n');
    expect(
      withFileSettings({ DB_PASSWORD_FILE: file, SECRET_FILE: file, DB_SSL__CA_FILE: file, DB_FILENAME: 'crm.db', A_FILE: 'x' }),
    ).toEqual({
      DB_PASSWORD: 's3cret, with a comma',
      SECRET: 's3cret, with a comma',
      DB_SSL__CA: 's3cret, with a comma',
      DB_FILENAME: 'crm.db',
      A_FILE: 'x',
    });
  });

  it('that cannot be read are named in one line, as is an unreadable .env', () => {
    expect(() => withFileSettings({ DB_PASSWORD_FILE: join(folder, 'none') })).toThrow(/DB_PASSWORD_FILE.*ENOENT/);
    expect(() => mergedEnvironment(folder, {})).toThrow(/\.env.*EISDIR/);
  });
});

describe('the database is reached as the host reaches it', () => {
  it('by its parts', () => {
    const env = { DB_HOST: 'db', DB_USER: 'crm', DB_PASSWORD: 'p', DB_DATABASE: 'crm', DB_SEARCH_PATH: 'crm,public' };
    expect(postgresConfig({ ...env, DB_SSL__CA: 'PEM', DB_SSL__REJECT_UNAUTHORIZED: 'true' })).toMatchObject({
      client: 'pg',
      searchPath: ['crm', 'public'],
      connection: { host: 'db', port: 5432, user: 'crm', password: 'p', database: 'crm', ssl: { ca: 'PEM', rejectUnauthorized: true } },
    });
    expect(postgresConfig({ ...env, DB_SSL: 'false' })).toMatchObject({ connection: { ssl: false } });
  });

  it('by one string', () => {
    const text = 'postgres://crm:p%40ss@db.example.com:6432/the_crm?sslmode=require';
    expect(postgresConfig({ DB_CONNECTION_STRING: text })).toMatchObject({ connection: { connectionString: text } });
    expect(databaseAddress({ DB_CONNECTION_STRING: text })).toEqual({
      host: 'db.example.com',
      port: '6432',
      user: 'crm',
      password: 'p@ss',
      database: 'the_crm',
    });
  });
});

describe('Redis', () => {
  it.each([
    [{}, false],
    [{ REDIS: 'redis://cache' }, true],
    [{ REDIS_PORT: '6380' }, true],
    [{ REDIS_HOST: '' }, false],
    [{ REDIS_HOST: 'cache', REDIS_ENABLED: 'false' }, false],
    [{ REDIS_ENABLED: 'true' }, true],
    [{ REDIS_LOCK_NAMESPACE: 'x' }, false],
  ])('with %o is used: %s, by the host too', (env, expected) => {
    const settings = readSettings(env);
    expect(settings.redis).toBe(expected);
    expect(hostEnvironment(settings, {})).toMatchObject({
      REDIS_ENABLED: String(expected),
      SYNCHRONIZATION_STORE: expected ? 'redis' : 'memory',
    });
  });
});
