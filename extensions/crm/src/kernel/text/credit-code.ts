import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type CreditCodeReason = 'length' | 'characters' | 'region' | 'check_digit' | 'old_code';

/** GB 32100-2015 table 1: the 31 characters in the order of their values 0 … 30; I, O, S, V and Z are not used. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;

/**
 * Reads a unified social credit code (统一社会信用代码, GB 32100-2015): upper case, half-width, without separators.
 * A wrong one is refused, none is ever demanded (CUS-7, Q20): foreign firms and old registrations have none.
 */
export function readCreditCode(text: string): Reading<CreditCodeReason> {
  const code = toPlain(text)
    .toUpperCase()
    .replace(/[\s\-–—_.]/gu, '');
  if (/^\d{15}$/u.test(code)) return unreadable('old_code');
  if (code.length !== LENGTH) return unreadable('length');
  if ([...code].some((char) => !ALPHABET.includes(char))) return unreadable('characters');
  if (!/^\d{6}$/u.test(code.slice(2, 8))) return unreadable('region');
  if (code[LENGTH - 1] !== creditCodeCheckDigit(code)) return unreadable('check_digit');
  return read(code);
}

/** Check digit over the first 17 characters: weights 3^(i-1) mod 31, (31 - sum mod 31) mod 31, by table look-up. */
export function creditCodeCheckDigit(code: string): string {
  let weight = 1;
  let sum = 0;
  for (const char of code.slice(0, LENGTH - 1)) {
    sum += ALPHABET.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
