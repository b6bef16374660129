import { describe, expect, it } from 'vitest';
import { LEAST_KEPT_DAYS, readAuditSettings } from './settings.ts';

describe('SEC-3: how long entries are kept', () => {
  it('is three years where nothing is said, and a look at the rights comes every minute', () => {
    expect(readAuditSettings({})).toEqual({ keepDays: 1096, lookMs: 60_000, dataDir: null });
  });

  it.each([
    ['182', LEAST_KEPT_DAYS],
    ['1', LEAST_KEPT_DAYS],
    ['183', 183],
    ['2000', 2000],
    ['0', 1096],
    ['-5', 1096],
    ['soon', 1096],
    ['12.5', 1096],
  ])('CRM_AUDIT_KEEP_DAYS=%s keeps %d days: less than six months is never taken', (days, keepDays) => {
    expect(readAuditSettings({ CRM_AUDIT_KEEP_DAYS: days }).keepDays).toBe(keepDays);
  });
});
