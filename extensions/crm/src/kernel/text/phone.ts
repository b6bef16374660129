import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type PhoneReason = 'empty' | 'several' | 'spreadsheet' | 'area_code' | 'length' | 'characters' | 'foreign';

const EXTENSION = /(?:转|轉|分机号?|分機|內線|内线|ext\.?|x|#)\s*:?\s*(\d{1,6})$/iu;

/**
 * Reads a telephone number and gives the one form that is stored (CUS-7):
 * mainland mobile `13800138000`, landline `010-65588888`, service number `400-810-8888` or `95588` (no emergency or city hotlines: they are nobody's number), everything else,
 * Hong Kong, Macau and Taiwan included, international `+85221234567`; an extension follows after a hyphen.
 * Mainland ranges are judged by their shape and not by today's list of issued prefixes: carriers open new ones.
 */
export function readPhone(text: string): Reading<PhoneReason> {
  const typed = toPlain(text)
    .replace(/[（）【】]/gu, ' ')
    .replace(/[－—–―]/gu, '-');
  if (!typed) return unreadable('empty');
  if (/^\d+(?:\.\d+)?e\+?\d+$/iu.test(typed)) return unreadable('spreadsheet');
  if (/[,;/、，；|]|\d\s+(?:or|或|和)\s+\d/u.test(typed)) return unreadable('several');

  const labelled = EXTENSION.exec(typed);
  const main = labelled ? typed.slice(0, labelled.index) : typed;
  if (!/^\(?\+?[\d\s().\-]+$/u.test(main.trim())) return unreadable('characters');

  const international = /^[\s(]*(?:\+|00)/u.test(main);
  const digits = main.replace(/\D/gu, '').replace(international ? /^00/u : /^$/u, '');
  const foreign = international && !digits.startsWith('86');
  const national = international && !foreign ? digits.slice(2) : /^86(?:1[3-9]\d{9}|0\d{9,11})$/u.test(digits) ? digits.slice(2) : digits;
  const readNumber = (number: string) => (foreign ? readForeign(number) : readMainland(number, international));

  const whole = readNumber(national);
  if (whole.ok) return withExtension(whole, labelled?.[1]);
  const dashed = labelled ? undefined : /\d[^\d]*-\s*(\d{1,6})\s*$/u.exec(main)?.[1];
  const shorter = dashed && readNumber(national.slice(0, -dashed.length));
  return shorter && shorter.ok ? withExtension(shorter, dashed) : whole;
}

function readMainland(digits: string, international: boolean): Reading<PhoneReason> {
  if (/^1[3-9]\d{9}$/u.test(digits)) return read(digits);
  if (/^[48]00\d{7}$/u.test(digits)) return read(`${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`);
  if (/^(?:9[56]\d{3,4}|100\d{2})$/u.test(digits)) return read(digits);
  const landline = /^0?(10|2\d)(\d{8})$/u.exec(digits) ?? /^0?([3-9]\d{2})(\d{7,8})$/u.exec(digits);
  if (landline && (international || digits.startsWith('0'))) return read(`0${landline[1]}-${landline[2]}`);
  if (/^[2-9]\d{6,7}$/u.test(digits)) return unreadable('area_code');
  return unreadable('length');
}

function readForeign(digits: string): Reading<PhoneReason> {
  const number = parsePhoneNumberFromString(`+${digits}`);
  return number?.isValid() ? read(number.number) : unreadable('foreign');
}

function withExtension(number: { ok: true; value: string }, extension: string | undefined): Reading<PhoneReason> {
  return extension ? read(`${number.value}-${extension}`) : number;
}
