import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditCodeCheckDigit, readCreditCode } from './credit-code.ts';

describe('CUS-7: unified social credit code (GB 32100-2015)', () => {
  it.each([
    ['as printed', '91350100M000100Y43', '91350100M000100Y43'],
    ['lower case', '91350100m000100y43', '91350100M000100Y43'],
    ['full-width', '９１３５０１００Ｍ０００１００Ｙ４３', '91350100M000100Y43'],
    ['with spaces and hyphens', ' 913501-00M0 00100Y-43 ', '91350100M000100Y43'],
    ['with an invisible character from a web page', '\u200B91350100M000100Y43\uFEFF', '91350100M000100Y43'],
    ['a check digit 0 … X family', '91110000600037341L', '91110000600037341L'],
  ])('is stored in one form: %s', (_title, typed, stored) => {
    expect(readCreditCode(typed)).toEqual({ ok: true, value: stored });
  });

  it.each([
    ['a wrong check digit', '91350100M000100Y44', 'check_digit'],
    ['a letter that the standard does not use', '91350100M000100Y4Z', 'characters'],
    ['O for 0', '9135O100M000100Y43', 'characters'],
    ['one character short', '91350100M000100Y4', 'length'],
    ['nothing at all', '  ', 'length'],
    ['a letter in the region', '9135A100M000100Y43', 'region'],
    ['an old 15-digit registration number', '350100100012345', 'old_code'],
    ['two characters exchanged', '91350100M000100Y34', 'check_digit'],
  ])('is refused: %s', (_title, typed, reason) => {
    expect(readCreditCode(typed)).toEqual({ ok: false, reason });
  });

  it('finds every single mistyped character', () => {
    const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    const code = fc
      .tuple(
        fc.constantFrom('1', '5', '9'),
        fc.constantFrom('1', '2'),
        fc.array(digit, { minLength: 6, maxLength: 6 }),
        fc.array(fc.constantFrom(...alphabet), { minLength: 9, maxLength: 9 }),
      )
      .map(([department, kind, region, organisation]) => department + kind + region.join('') + organisation.join(''))
      .map((body) => body + creditCodeCheckDigit(body));
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 17 }), fc.constantFrom(...alphabet), (good, position, other) => {
        expect(readCreditCode(good)).toEqual({ ok: true, value: good });
        if (good[position] === other) return;
        expect(readCreditCode(good.slice(0, position) + other + good.slice(position + 1)).ok).toBe(false);
      }),
    );
  });
});
