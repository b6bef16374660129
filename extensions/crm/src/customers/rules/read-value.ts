import { readTimeZone } from '../../kernel/calendar/time-zone.ts';
import { readCreditCode } from '../../kernel/text/credit-code.ts';
import { readDate, readMoment } from '../../kernel/text/date.ts';
import { toScale } from '../../kernel/text/decimal.ts';
import { readEmail } from '../../kernel/text/email.ts';
import { toLegalName, toPersonName } from '../../kernel/text/legal-name.ts';
import { readPhone } from '../../kernel/text/phone.ts';
import { isBlank, toPlain, toProse, toTitle } from '../../kernel/text/plain.ts';
import { readPostcode } from '../../kernel/text/postcode.ts';
import type { Reading } from '../../kernel/text/reading.ts';
import { readWebsite } from '../../kernel/text/website.ts';
import { isContactField, isCustomerFact, isOpportunityField } from './facts.ts';
import type { FieldForm } from './field-forms.ts';
import type { ValueReason } from './value-fault.ts';

export type Verdict = { ok: true; value: unknown } | { ok: false; reason: ValueReason; values?: Record<string, string | number> };

const LONGEST_WECHAT = 64;

/** What a value is judged by besides its form: digits behind the point that the column holds, and the time it is. */
export interface Setting {
  scale?: number | undefined;
  now: Date;
}

/** Reads one typed value; a blank one is stored as empty. The type itself has been judged before (guard). */
export function readValue(form: FieldForm, value: unknown, setting: Setting): Verdict {
  if (value === null || value === undefined) return { ok: true, value };
  if (form in LISTS) return readList(form as keyof typeof LISTS, value);
  if (form in NUMBERS) return readNumber(form as keyof typeof NUMBERS, value, setting);
  if (typeof value !== 'string') return { ok: true, value };
  if (form === 'as_typed') return { ok: true, value: value.trim() || null };
  if (isBlank(value)) return { ok: true, value: null };
  return TEXTS[form as keyof typeof TEXTS](value, setting);
}

const stored = (value: unknown): Verdict => ({ ok: true, value });

function judged<Reason extends string>(kind: string, reading: Reading<Reason>): Verdict {
  return reading.ok ? reading : { ok: false, reason: `${kind}.${reading.reason}` as ValueReason };
}

/** Clocks differ, and a form without a zone may mean any; nobody is a whole day ahead. */
const ONE_DAY = 86_400_000;

const moment = (reading: ReturnType<typeof readMoment>): Verdict =>
  reading.ok ? reading : { ok: false, reason: reading.reason === 'range' ? 'date.range' : reading.reason };

const TEXTS = {
  legal_name: (text: string) => stored(toLegalName(text)),
  person_name: (text: string) => stored(toPersonName(text)),
  title: (text: string) => stored(toTitle(text)),
  code: (text: string) => stored(toPlain(text)),
  prose: (text: string) => stored(toProse(text)),
  credit_code: (text: string) => judged('credit_code', readCreditCode(text)),
  phone: (text: string) => judged('phone', readPhone(text)),
  email: (text: string) => judged('email', readEmail(text)),
  postcode: (text: string) => judged('postcode', readPostcode(text)),
  website: (text: string) => judged('website', readWebsite(text)),
  date: (text: string) => judged('date', readDate(text)),
  moment: (text: string) => moment(readMoment(text)),
  past_moment: (text: string, { now }: Setting) => moment(readMoment(text, new Date(now.getTime() + ONE_DAY))),
  time_zone: (text: string): Verdict => {
    const zone = readTimeZone(toPlain(text));
    return zone.ok ? zone : { ok: false, reason: 'time_zone' };
  },
  wechat: (text: string): Verdict =>
    text.trim().length > LONGEST_WECHAT ? { ok: false, reason: 'too_long', values: { max: LONGEST_WECHAT } } : stored(text.trim()),
  period: (text: string): Verdict =>
    /^\d{4}(?:-(?:Q[1-4]|0[1-9]|1[0-2]))?$/u.test(toPlain(text).toUpperCase())
      ? stored(toPlain(text).toUpperCase())
      : { ok: false, reason: 'period' },
  customer_field: (text: string): Verdict =>
    isCustomerFact(text.trim())
      ? stored(text.trim())
      : { ok: false, reason: 'unknown_customer_field', values: { name: text.slice(0, 64) } },
} as const;

const NUMBERS = {
  amount: { min: 0, max: Infinity, whole: false, reason: 'negative' },
  employees: { min: 0, max: 10_000_000, whole: true, reason: 'employees' },
  percent: { min: 0, max: 100, whole: false, reason: 'percent' },
  weight: { min: 0, max: 100, whole: true, reason: 'weight' },
} as const;

/** Digits that the column does not hold are rounded here, so that every database stores the same number. */
function readNumber(form: keyof typeof NUMBERS, value: unknown, { scale }: Setting): Verdict {
  const { min, max, whole, reason } = NUMBERS[form];
  const number = Number(value);
  if (!(number >= min && number <= max) || (whole && !Number.isInteger(number))) return { ok: false, reason };
  return stored(scale === undefined ? value : toScale(value as number | string, scale));
}

const LISTS = {
  customer_fields: { knows: isCustomerFact, reason: 'unknown_customer_field' },
  contact_fields: { knows: isContactField, reason: 'unknown_contact_field' },
  opportunity_fields: { knows: isOpportunityField, reason: 'unknown_opportunity_field' },
} as const;

/** A list of field names; `a|b` asks for one of the two. */
function readList(form: keyof typeof LISTS, value: unknown): Verdict {
  const { knows, reason } = LISTS[form];
  const names: unknown = typeof value === 'string' ? parseList(value) : value;
  if (!Array.isArray(names)) return { ok: false, reason, values: { name: '' } };
  const tidy = names.map((name: unknown) => (typeof name === 'string' ? name.replace(/\s/gu, '') : ''));
  const stranger = tidy.find((name) => !name.split('|').every(knows));
  return stranger === undefined ? stored(tidy) : { ok: false, reason, values: { name: stranger.slice(0, 64) } };
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.split(',');
  }
}
