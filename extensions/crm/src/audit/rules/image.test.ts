import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.ts';
import { applied, difference, maskOf, plainValue } from './image.ts';

describe('SEC-3: one form for one value', () => {
  it.each([
    ['boolean', 1, true],
    ['boolean', false, false],
    ['json', '{"a":1}', { a: 1 }],
    ['csv', 'id,name', ['id', 'name']],
    ['bigInteger', '3', 3],
    ['bigInteger', '9007199254740993', '9007199254740993'],
    ['date', '2026-11-22', '2026-11-22'],
    ['timestamp', 0, '1970-01-01T00:00:00.000Z'],
    ['timestamp', new Date(5), '1970-01-01T00:00:00.005Z'],
    ['string', undefined, null],
  ])('%s %s', (type, stored, value) => expect(plainValue(type, stored)).toEqual(value));

  it('is the same text whatever the order of keys', () => {
    expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe(canonical({ b: [1, { c: 'x', d: null }] }));
  });
});

describe('SEC-3: before and after', () => {
  it('keeps only what changed', () => {
    expect(difference({ a: 1, b: 2 }, { a: 1, b: 3, c: 4 })).toEqual({ before: { b: 2, c: null }, after: { b: 3, c: 4 } });
    expect(difference({ a: { x: 1 } }, { a: { x: 1 } })).toBeNull();
  });

  it('brings an image forward by what was written since', () => {
    expect(applied({ a: 1, b: 1 }, [{ action: 'update', after: { b: 2 } }])).toEqual({ a: 1, b: 2 });
    expect(applied({ a: 1 }, [{ action: 'delete', after: null }])).toBeNull();
  });

  it('SEC-1: a mask shows one character', () => {
    expect(maskOf('王小明')).toBe('王***');
    expect(maskOf('')).toBe('***');
  });
});
