import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { productionProblems } from './production.mjs';
import { readSettings } from './settings.mjs';

const complete = {
  CRM_DEMO: 'false',
  SECRET: randomBytes(32).toString('hex'),
  CRM_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  PUBLIC_URL: 'https://crm.example.com',
  DB_CLIENT: 'pg',
  DB_HOST: 'db',
  DB_USER: 'crm',
  DB_DATABASE: 'crm',
  DB_PASSWORD: randomBytes(12).toString('hex'),
};

const namesOf = (change: Record<string, string>) =>
  productionProblems(readSettings({ ...complete, ...change })).map(
    ({ message }) => /\| (?:production \(CRM_DEMO=false\) needs )?(\w+):/.exec(message)?.[1],
  );

describe('production refuses to start without secrets of its own (issue 2 §1)', () => {
  it('starts when all is there', () => {
    expect(namesOf({})).toEqual([]);
  });

  it.each([
    ['SECRET', ''],
    ['SECRET', 'too-short-but-random-3f9'],
    ['SECRET', 'a'.repeat(40)],
    ['SECRET', 'replace-me-with-32-random-characters'],
    ['SECRET', '6116487b-cda1-52c2-b5b5-c8022c45e263'],
    ['CRM_KEYS', ''],
    ['CRM_KEYS', 'k1:short'],
    ['CRM_KEYS', `k1:${'A'.repeat(43)}=`],
    ['CRM_KEYS', `${complete.CRM_KEYS},${complete.CRM_KEYS}`],
    ['PUBLIC_URL', ''],
    ['PUBLIC_URL', 'crm.example.com'],
    ['PUBLIC_URL', 'http://crm.example.com'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', 'postgres'],
    ['DB_PASSWORD', 'Demo-2026-crm!'],
    ['DB_HOST', ''],
    ['DB_USER', ''],
    ['DB_DATABASE', ''],
    ['IP_TRUST_PROXY', 'true'],
    ['IP_TRUST_PROXY', '1'],
    ['IP_TRUST_PROXY', '0.0.0.0/0'],
    ['IP_TRUST_PROXY', '10.0.0.1,true'],
    ['IP_TRUST_PROXY', '10.0.0.1/'],
    ['IP_TRUST_PROXY', 'proxy.example.com'],
    ['ADMIN_EMAIL', 'Admin@example.com'],
    ['DB_CONNECTION_STRING', 'postgres://crm:postgres@db/crm'],
    ['DB_CONNECTION_STRING', 'postgres://crm:0f1e2d3c4b5a6978@db/'],
  ])('names %s when it is "%s"', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([name]);
  });

  it('names all that is missing at once', () => {
    expect(namesOf({ SECRET: '', PUBLIC_URL: '', CRM_KEYS: '', DB_PASSWORD: '' })).toEqual([
      'SECRET',
      'PUBLIC_URL',
      'CRM_KEYS',
      'DB_PASSWORD',
    ]);
  });

  it.each(['', 'false', '10.0.0.1', '10.0.0.1, 10.0.0.2', '172.28.55.0/24', '::1', 'fd00::/64', 'loopback'])(
    'trusts exactly the proxies that are named: "%s"',
    (value) => {
      expect(namesOf({ IP_TRUST_PROXY: value })).toEqual([]);
    },
  );

  it('takes the database from one string as well', () => {
    const parts = { DB_HOST: '', DB_USER: '', DB_DATABASE: '', DB_PASSWORD: '' };
    expect(namesOf({ ...parts, DB_CONNECTION_STRING: 'postgres://crm:0f1e2d3c4b5a6978@db/crm' })).toEqual([]);
  });

  it('asks for no database password where the database is a file', () => {
    expect(namesOf({ DB_CLIENT: 'sqlite3', DB_PASSWORD: '', DB_HOST: '' })).toEqual([]);
  });
});
