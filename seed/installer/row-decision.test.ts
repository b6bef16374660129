import { describe, expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';
import type { RowPart, RowPolicy } from './parts.ts';
import { decideRows, keyOf, storedHash, type RememberedRows } from './row-decision.ts';

const row = { id: 'a', name: 'ours' };
const older = { id: 'a', name: 'ours before' };
const part = (policy: RowPolicy, rows = [row]): RowPart => ({ kind: 'rows', name: 'x', collection: 'crm_x', policy, rows });
const hash = (values: { id: string; name: string }) => storedHash(['id', 'name'], values);
const remember = (values: typeof row): RememberedRows => ({ [keyOf(part('exact'), values)]: ['a', contentHash(values), hash(values)] });

type Stands = { id: string; name: string } | null;

/** What happens to the one row of a part, in one word. */
function fate(policy: RowPolicy, memory: RememberedRows, stands: Stands, repair = false): string {
  const standing = new Map(stands ? [[keyOf(part(policy), stands), 'a']] : []);
  const stored = new Map(stands && policy !== 'insert-missing' ? [['a', hash(stands)]] : []);
  const decision = decideRows({ part: part(policy), memory, standing, stored, repair });
  if (decision.inserts.length) return 'inserted';
  if (decision.updates.length) return 'updated';
  return Object.keys(decision.noted).length ? 'noted' : 'left';
}

const edited = { id: 'a', name: 'edited by the administrator' };

describe('F45: what an upgrade does with a row', () => {
  test.each<[string, RowPolicy, RememberedRows, Stands, string]>([
    ['a new row is written', 'insert-missing', {}, null, 'inserted'],
    ['a new row is written', 'keep-ours', {}, null, 'inserted'],
    ['a new row is written', 'exact', {}, null, 'inserted'],
    ['what the administrator deleted stays away', 'insert-missing', remember(row), null, 'left'],
    ['what the administrator deleted stays away, changed or not', 'keep-ours', remember(older), null, 'left'],
    ['a deleted rule stays away until our version changes it', 'exact', remember(row), null, 'left'],
    ['a deleted rule comes with a new version', 'exact', remember(older), null, 'inserted'],
    ['a row of base data is never written twice', 'insert-missing', remember(older), older, 'left'],
    ['an untouched row follows our version', 'keep-ours', remember(older), older, 'updated'],
    ['an edited row stays', 'keep-ours', remember(older), edited, 'left'],
    ['a row of others that bears our key is left alone', 'keep-ours', {}, edited, 'noted'],
    ['a rule follows our version even when edited', 'exact', remember(older), edited, 'updated'],
    ['an edited rule of our version is the doctor’s to report', 'exact', remember(row), edited, 'left'],
    ['a rule that is as we want it is only remembered', 'exact', {}, row, 'noted'],
  ])('%s (%s)', (_, policy, memory, stands, expected) => {
    expect(fate(policy, memory, stands)).toBe(expected);
  });

  test.each<[string, RememberedRows, Stands, string]>([
    ['brings an edited rule back', remember(row), edited, 'updated'],
    ['brings a deleted rule back', remember(row), null, 'inserted'],
    ['leaves a right one alone', remember(row), row, 'left'],
  ])('repair %s', (_, memory, stands, expected) => {
    expect(fate('exact', memory, stands, true)).toBe(expected);
  });

  test('a rule that our version dropped is deleted, base data and bookmarks are not', () => {
    const situation = (policy: RowPolicy) => ({
      part: part(policy, []),
      memory: remember(row),
      standing: new Map(),
      stored: new Map(),
      repair: false,
    });
    expect(decideRows(situation('exact')).deletes).toEqual(['a']);
    expect(decideRows(situation('keep-ours')).deletes).toEqual([]);
    expect(decideRows(situation('insert-missing')).deletes).toEqual([]);
  });
});
