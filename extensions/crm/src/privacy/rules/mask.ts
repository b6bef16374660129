import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { readEmail } from '../../kernel/text/email.ts';
import { readPhone } from '../../kernel/text/phone.ts';
import type { MaskKind } from './sealed-fields.ts';

/** What stands in every mask and in no value that the CRM stores: so one look tells them apart. */
const HIDDEN = '****';
const SIGN = '***';

/** Whether what somebody typed is a mask. Nobody has a number, an address or a messenger name with three stars in it. */
export const isMask = (text: unknown): boolean => typeof text === 'string' && text.includes(SIGN);

/** The forms that `toMask` gives: how much may stand before and after the stars. */
const FORMS: Record<MaskKind, RegExp> = {
  phone: /^[+\d-]{0,5}\*{4}\d{0,4}(?:-\*\*)?$/u,
  email: /^.?\*{3}(?:@.*|.?)$/su,
  handle: /^.?\*{3}.?$/su,
};

/** Whether a stored value is a mask of its kind: an older value may hold stars and the number beside them. */
export const isMaskOf = (kind: MaskKind, stored: unknown): boolean => typeof stored === 'string' && FORMS[kind].test(stored);

/** What people see of a sealed value: enough to tell two of them apart on a call list, too little to call or write (SEC-5). */
export function toMask(kind: MaskKind, value: string): string {
  return MASKS[kind](value.trim());
}

const MASKS: Record<MaskKind, (value: string) => string> = {
  phone: maskPhone,
  email: maskEmail,
  handle: maskHandle,
};

/** Forms that `readPhone` gives: mobile, area code or service prefix and the rest, short service number, international. */
function maskPhone(value: string): string {
  const reading = readPhone(value);
  if (!reading.ok) return maskUnknownNumber(value);
  const { main, extension } = splitExtension(reading.value);
  return `${maskNumber(main)}${extension ? '-**' : ''}`;
}

function maskNumber(main: string): string {
  if (/^1\d{10}$/u.test(main)) return `${main.slice(0, 3)}${HIDDEN}${main.slice(-4)}`;
  if (main.startsWith('+')) return maskForeign(main);
  const [prefix = '', ...rest] = main.split('-');
  return rest.length ? `${prefix}-${keepEnd(rest.join(''))}` : `${main.slice(0, 1)}${HIDDEN}`;
}

function maskForeign(main: string): string {
  const code = `+${parsePhoneNumberFromString(main)?.countryCallingCode ?? main.slice(1, 2)}`;
  return `${code}${keepEnd(main.slice(code.length))}`;
}

/** Of a long number the last four digits, of a shorter one fewer: at least three stay hidden. */
function keepEnd(digits: string): string {
  const kept = digits.length >= 7 ? 4 : digits.length >= 5 ? 2 : 0;
  return `${HIDDEN}${kept ? digits.slice(-kept) : ''}`;
}

/** An older value that is no number in today's rules (an installation from before they held). */
const maskUnknownNumber = (value: string): string => {
  const digits = value.replace(/\D/gu, '');
  return `${HIDDEN}${digits.length >= 8 ? digits.slice(-2) : ''}`;
};

/** A last group after a whole number is its extension: `010-65588888-12`, `13800138000-5`, `+85221234567-8`. */
function splitExtension(number: string): { main: string; extension: boolean } {
  const groups = number.split('-');
  const service = /^[48]00$/u.test(groups[0]!);
  const whole = service ? 3 : groups[0]!.startsWith('0') ? 2 : 1;
  return { main: groups.slice(0, whole).join('-'), extension: groups.length > whole };
}

/** In the one form in which addresses are stored, so that masks of equal ones are equal, of those from before too. */
function maskEmail(typed: string): string {
  const reading = readEmail(typed);
  const value = reading.ok ? reading.value : typed;
  const at = value.lastIndexOf('@');
  if (at < 1) return maskHandle(value);
  const name = [...value.slice(0, at)];
  return `${name.length > 1 ? name[0]! : ''}${SIGN}${value.slice(at)}`;
}

function maskHandle(value: string): string {
  const signs = [...value];
  if (signs.length < 3) return SIGN;
  return `${signs[0]!}${SIGN}${signs.length > 3 ? signs.at(-1)! : ''}`;
}
