import { describe, expect, test } from 'vitest';
import { decideSample, mergeResults, toResults } from './sample-result.ts';

const drawn = [4, 9, 12, 30];
const results = (...wrong: number[]) =>
  drawn.map((line) => ({ line, ok: !wrong.includes(line), fields: wrong.includes(line) ? ['phone'] : [] }));

describe('IMP-3: what a sample says of its batch', () => {
  test.each([
    ['all right', results(), 5, { state: 'accepted', errors: 0 }],
    ['wrong, but within the limit', results(9), 25, { state: 'accepted', errors: 1 }],
    ['one more than the limit', results(9, 30), 25, { state: 'returned', errors: 2 }],
    ['any error where none is allowed', results(4), 0, { state: 'returned', errors: 1 }],
    ['everything wrong, and everything allowed', results(...drawn), 100, { state: 'accepted', errors: 4 }],
  ])('%s', (_name, found, limit, value) => {
    expect(decideSample(drawn, found, limit)).toEqual({ accepted: true, value });
  });

  test('nothing is decided while drawn rows are not looked at, whatever else was', () => {
    const other = { line: 7, ok: true, fields: [] };
    expect(decideSample(drawn, [...results().slice(1), other], 100)).toEqual({ accepted: false, reason: { open: 1 } });
    expect(decideSample(drawn, [], 0)).toEqual({ accepted: false, reason: { open: 4 } });
  });

  test('the later word about a row counts, and a right row has no wrong fields', () => {
    const first = [{ line: 9, ok: false, fields: ['phone'] }];
    expect(
      mergeResults(first, [
        { line: 9, ok: true, fields: ['phone'] },
        { line: 4, ok: false, fields: ['name'] },
      ]),
    ).toEqual([
      { line: 4, ok: false, fields: ['name'] },
      { line: 9, ok: true, fields: [] },
    ]);
  });

  test('stored results come as a text from SQLite, parsed from PostgreSQL, and not at all before the first', () => {
    expect([toResults(null), toResults(JSON.stringify(results(4))), toResults(results(4))]).toEqual([[], results(4), results(4)]);
  });
});
