import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mergedEnvironment, parseDotEnv } from './dot-env.mjs';
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
