import { describe, expect, it } from 'vitest';
import { lastRefusal, refuseStanding } from './installation.mjs';
import { readSettings } from './settings.mjs';

describe('what the installer says last reaches the person (issue 2 §1)', () => {
  it('is the sentence that it wrote for people', () => {
    const output = '[crm] fields 3/9 x\n{"level":40}\n[crm] 字段 a 已存在。 | The field a is there already.\n';
    expect(lastRefusal(output)).toBe('字段 a 已存在。 | The field a is there already.');
  });

  it('is not a stack, which stays in the log', () => {
    expect(lastRefusal('[crm] fields 3/9 x\n[crm] Error: no\n    at somewhere\n')).toBeNull();
    expect(lastRefusal('')).toBeNull();
  });
});

describe('which database a start may use', () => {
  const standing = {
    kind: 'ours',
    mode: 'demo',
    begun: false,
    installed: null,
    demoLogins: ['admin@example.com'],
    halfRestored: null,
  } as const;
  const refuse = (env: Record<string, string>, more: object) => () =>
    refuseStanding(readSettings(env), { ...standing, demoLogins: [...standing.demoLogins], ...more });

  it('is its own in its own mode', () => {
    expect(refuse({}, {})).not.toThrow();
    expect(refuse({ CRM_DEMO: 'false' }, { mode: 'production', demoLogins: [] })).not.toThrow();
    expect(refuse({ CRM_DEMO: 'false' }, { kind: 'half_made' })).not.toThrow();
  });

  it('F44: is none whose restore was cut off between its rows and its files: the same command finishes', () => {
    expect(refuse({}, { halfRestored: '2026-11-21T00:00:00.000Z' })).toThrow(/backup of 2026-11-21.* Run the same npm run restore again/);
  });

  it('is no other', () => {
    expect(refuse({ CRM_DEMO: 'false' }, {})).toThrow(/cannot change its mode/);
    expect(refuse({}, { mode: 'production' })).toThrow(/cannot change its mode/);
    expect(refuse({ CRM_DEMO: 'false' }, { mode: null })).toThrow(/demo log-ins/);
    expect(refuse({}, { kind: 'foreign_host' })).toThrow(/install-into/);
    expect(refuse({}, { kind: 'foreign_file' })).toThrow(/DB_FILENAME/);
  });
});
