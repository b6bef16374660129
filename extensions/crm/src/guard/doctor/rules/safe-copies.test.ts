import { describe, expect, it } from 'vitest';
import { levelOf } from './finding.ts';
import { checkSafeCopies } from './safe-copies.ts';

const now = new Date('2026-11-22T12:00:00Z');
const good = { backupAt: '2026-11-21T11:00:00Z', keys: { k1: 'aa', k2: 'bb' }, confirmed: { k1: 'aa', k2: 'bb' } };
const found = (change: Partial<typeof good> | { backupAt: null }) =>
  checkSafeCopies({ ...good, ...change }, 26, now).map(({ kind, values }) => [kind, ...Object.values(values)]);

describe('SEC-1, F44: backups and the key export', () => {
  it('are fine when both are there', () => expect(found({})).toEqual([]));
  it.each([
    ['no backup', { backupAt: null }, [['backup_missing']]],
    ['a backup of 26 hours ago', { backupAt: '2026-11-21T10:00:00Z' }, [['backup_old', 26, 26]]],
    ['a backup without a time', { backupAt: 'x' }, [['backup_old', NaN, 26]]],
    ['no export', { confirmed: {} }, [['key_export_missing', 'k1, k2']]],
    ['an export from before the rotation', { confirmed: { k1: 'aa' } }, [['key_export_missing', 'k2']]],
    ['an export of other keys', { confirmed: { k1: 'xx', k2: 'bb' } }, [['key_export_missing', 'k1']]],
    ['keys that no start has noted yet', { keys: {} }, [['key_export_missing', '—']]],
  ] as const)('are asked for: %s', (_, change, wanted) => expect(found(change as never)).toEqual(wanted));
  it('never close the CRM', () => {
    const all = checkSafeCopies({ backupAt: null, keys: {}, confirmed: {} }, 26, now);
    expect(all.map(levelOf)).toEqual(['warning', 'warning']);
  });
});
