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
  productionProblems(readSettings({ ...complete, ...change })).map(({ message }) => /needs (\w+):/.exec(message)?.[1]);

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
    ['PUBLIC_URL', ''],
    ['PUBLIC_URL', 'crm.example.com'],
    ['PUBLIC_URL', 'http://crm.example.com'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', 'postgres'],
    ['DB_PASSWORD', 'Demo-2026-crm!'],
    ['DB_HOST', ''],
    ['DB_USER', ''],
    ['DB_DATABASE', ''],
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

  it('asks for no database password where the database is a file', () => {
    expect(namesOf({ DB_CLIENT: 'sqlite3', DB_PASSWORD: '', DB_HOST: '' })).toEqual([]);
  });
});
