import { describe, expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';
import { planPatch } from './meta.ts';
import { rememberProps } from './remember-meta.ts';

const installed = { label: 'Name', width: 'half', special: ['date-created'] };
/** The host adds its own flag to what we asked for. */
const stored = { ...installed, special: ['date-created', 'cast-timestamp'], note: null };
const known = rememberProps(installed, stored);

describe('F45: labels and forms in an upgrade', () => {
  test('nothing new, nothing written', () => {
    expect(planPatch(installed, stored, known).changed).toEqual({});
  });

  test('what we changed and nobody touched is written', () => {
    expect(planPatch({ ...installed, label: 'Full name' }, stored, known).changed).toEqual({ label: 'Full name' });
  });

  test("an administrator's own value stays, beside a change of ours", () => {
    const own = { ...stored, label: 'Our customers' };
    expect(planPatch({ ...installed, label: 'Full name', width: 'full' }, own, known).changed).toEqual({ width: 'full' });
  });

  test('what was kept once is kept by every later version', () => {
    const own = { ...stored, label: 'Our customers' };
    const { props } = planPatch({ ...installed, label: 'Full name' }, own, known);
    expect(planPatch({ ...installed, label: 'Whole name' }, own, props).changed).toEqual({});
  });

  test('flags that the host added are not taken away', () => {
    expect(planPatch({ ...installed, special: ['date-updated'] }, stored, known).changed).toEqual({
      special: ['date-updated', 'cast-timestamp'],
    });
  });

  test('a property that is new in our version is taken where it is empty, left where somebody set it', () => {
    expect(planPatch({ ...installed, note: 'Legal name' }, stored, known).changed).toEqual({ note: 'Legal name' });
    expect(planPatch({ ...installed, note: 'Legal name' }, { ...stored, note: 'mine' }, known).changed).toEqual({});
  });
});

test('the same content has the same hash, however it is written', () => {
  expect(contentHash({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(contentHash({ b: { c: [1, 2] }, a: 1 }));
  expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
});
