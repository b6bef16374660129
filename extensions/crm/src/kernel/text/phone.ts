import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type PhoneReason = 'empty' | 'several' | 'spreadsheet' | 'area_code' | 'length' | 'characters' | 'foreign';

const EXTENSION = /(?:转|轉|分机号?|分機|內線|内线|ext\.?|x|#)\s*:?\s*(\d{1,6})$/iu;
/** A last group that may be an extension or the end of the number: `-123`, `(123)`. */
const LAST_GROUP = /\d\D*?(?:-\s*(\d{1,6})|\((\d{1,6})\))\s*$/u;
const LABEL = /^(?:(?:联系|办公|公司)?(?:电话|手机|座机|固话)(?:号码?)?|tel(?:ephone)?|phone|mobile|cell)\.?\s*:?\s*(?=[\d+(])/iu;
/** Numbers that begin with the country code although neither + nor 00 stands before it. */
const WITH_86 = /^86(?=1[3-9]\d{9}$|0\d{9,11}$|(?:10|2\d)\d{8}$|[3-9]\d{9,10}$)/u;

/**
 * Reads a telephone number and gives the one form that is stored (CUS-7):
 * mainland mobile `13800138000`, landline `010-65588888`, service number `400-810-8888` or `95588` (no emergency or city hotlines: they are nobody's number), everything else,
 * Hong Kong, Macau and Taiwan included, international `+85221234567`; an extension follows after a hyphen.
 * Mainland ranges are judged by their shape and not by today's list of issued prefixes: carriers open new ones.
 */
export function readPhone(text: string): Reading<PhoneReason> {
  const typed = toPlain(text)
    .replace(/[【】]/gu, ' ')
    .replace(/[－—–―]/gu, '-')
    .replace(LABEL, '')
    .trim();
  if (!typed) return unreadable('empty');
  if (/^\d+(?:\.\d+)?e\+?\d+$/iu.test(typed)) return unreadable('spreadsheet');
  if (/[,;/、，；|]|\d\s+(?:or|或|和)\s+\d/u.test(typed)) return unreadable('several');

  const labelled = EXTENSION.exec(typed);
  const main = (labelled ? typed.slice(0, labelled.index) : typed).trim();
  if (!/^\(?\+?[\d\s().\-]+$/u.test(main)) return unreadable('characters');

  const whole = readNumber(main);
  if (labelled) return withExtension(whole, labelled[1]!);
  const last = LAST_GROUP.exec(main);
  const group = last?.[1] ?? last?.[2];
  if (!group || (whole.ok && isForeign(main))) return whole;
  // Area codes and numbers vary in length: without its last group a whole number is the number, and the group its extension.
  const shorter = readNumber(main.slice(0, main.lastIndexOf(group)));
  return shorter.ok ? withExtension(shorter, group) : whole;
}

const isInternational = (main: string): boolean => /^[\s(]*(?:\+|00)/u.test(main);
const digitsOf = (main: string): string => main.replace(/\D/gu, '').replace(isInternational(main) ? /^00/u : /^$/u, '');
const isForeign = (main: string): boolean => isInternational(main) && !digitsOf(main).startsWith('86');

function readNumber(main: string): Reading<PhoneReason> {
  const digits = digitsOf(main);
  if (isForeign(main)) return readForeign(digits);
  const international = isInternational(main) || WITH_86.test(digits);
  return readMainland(international ? digits.slice(2) : digits, international);
}

function readMainland(digits: string, international: boolean): Reading<PhoneReason> {
  const mobile = /^0?(1[3-9]\d{9})$/u.exec(digits);
  if (mobile) return read(mobile[1]!);
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

function withExtension(number: Reading<PhoneReason>, extension: string): Reading<PhoneReason> {
  return number.ok ? read(`${number.value}-${extension}`) : number;
}
