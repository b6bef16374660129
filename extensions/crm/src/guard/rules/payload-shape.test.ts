import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldShape } from './field-shape.ts';
import { findPayloadFault, type PayloadShape } from './payload-shape.ts';

const FIELDS: Record<string, FieldShape> = {
  id: { type: 'uuid' },
  name: { type: 'string', length: 10 },
  notes: { type: 'text' },
  phone: { type: 'text', sealed: true },
  grade: { type: 'string', choices: ['A', 'B'] },
  employees: { type: 'integer' },
  amount: { type: 'decimal', precision: 6, scale: 2 },
  active: { type: 'boolean' },
  due_on: { type: 'date' },
  at: { type: 'timestamp' },
  extra: { type: 'json' },
  customer: { type: 'uuid', relation: { to: 'crm_customers' } },
};
const shape: PayloadShape = {
  fieldOf: (name) => (Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined),
  isList: (name) => name === 'contacts',
  isDecoration: (name) => name === 'section',
};
const ID = '3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11';

describe('Bad input: what a collection cannot hold is named', () => {
  it.each<[string, unknown, string]>([
    ['a number where text belongs', { name: 5 }, 'wrong_type'],
    ['a list where text belongs', { name: ['a'] }, 'wrong_type'],
    ['a record where text belongs', { notes: { a: 1 } }, 'wrong_type'],
    ['eleven characters in ten', { name: '一二三四五六七八九十百' }, 'too_long'],
    ['a text of 10 MB', { notes: 'x'.repeat(10_000_000) }, 'too_long'],
    ['a sealed value of a page', { phone: '1'.repeat(501) }, 'too_long'],
    ['a NUL character', { notes: 'a\u0000b' }, 'unstorable'],
    ['half of an emoji', { notes: 'a\ud83d' }, 'unstorable'],
    ['a grade that is none', { grade: 'Z' }, 'not_a_choice'],
    ['a broken number', { employees: '12abc' }, 'wrong_type'],
    ['half an employee', { employees: 1.5 }, 'wrong_type'],
    ['more people than there are', { employees: 2 ** 31 }, 'out_of_range'],
    ['more money than the column holds', { amount: 10_000 }, 'out_of_range'],
    ['a word for a number', { amount: 'many' }, 'wrong_type'],
    ['a word for a yes', { active: 'yes' }, 'wrong_type'],
    ['a day that does not exist', { due_on: '2026-02-29' }, 'wrong_type'],
    ['a moment that does not exist', { at: '2026-01-01T25:00:00Z' }, 'wrong_type'],
    ['a key that is none', { customer: 'abc' }, 'wrong_type'],
    ['a number for a key', { id: 7 }, 'wrong_type'],
    ['a field that does not exist', { nope: 1 }, 'unknown_field'],
    ['the prototype', JSON.parse('{"__proto__":{"admin":true}}'), 'unknown_field'],
    ['the constructor', { constructor: { prototype: {} } }, 'unknown_field'],
    ['a NUL inside JSON', { extra: { a: '\u0000' } }, 'unstorable'],
    ['a text where a list belongs', { contacts: 'x' }, 'wrong_type'],
    ['a verb that does not exist', { contacts: { replace: [] } }, 'wrong_type'],
    ['a record to delete', { contacts: { delete: [{ id: ID }] } }, 'wrong_type'],
    ['an endless list', { contacts: Array.from({ length: 501 }, () => ({})) }, 'out_of_range'],
    ['no record at all', [1], 'no_record'],
  ])('%s', (_name, payload, reason) => {
    expect(findPayloadFault(shape, payload)).toMatchObject({ reason });
  });

  it.each<[string, unknown]>([
    [
      'a full row',
      {
        id: ID,
        name: '甲方机械𠮷😀',
        grade: 'A',
        employees: 0,
        amount: '9999.99',
        active: false,
        due_on: '2028-02-29',
        at: '2026-01-01T08:00:00+08:00',
        extra: [1],
        customer: ID,
      },
    ],
    ['empty values', { name: null, amount: null, customer: null, contacts: null, extra: null }],
    ['a nested record', { customer: { name: 'x' } }],
    ['a nested list of the Studio', { contacts: { create: [{ name: 'x' }], update: [{ id: ID }], delete: [ID] } }],
    ['a nested list of keys and rows', { contacts: [ID, { name: 'x' }] }],
    ['a section of the form', { section: null }],
  ])('%s passes', (_name, payload) => {
    expect(findPayloadFault(shape, payload)).toBeNull();
  });

  it('never throws, whatever is sent', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(FIELDS), 'contacts', '__proto__'), fc.anything()), (payload) => {
        findPayloadFault(shape, payload);
      }),
    );
  });
  it('a text that passes has no NUL, no half character, and no more than the column holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
        const passes = findPayloadFault(shape, { name }) === null;
        expect(passes).toBe(!name.includes('\u0000') && name.isWellFormed() && [...name].length <= 10);
      }),
    );
  });
});
