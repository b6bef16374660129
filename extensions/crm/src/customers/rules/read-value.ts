import { readCreditCode } from '../../kernel/text/credit-code.ts';
import { readDate } from '../../kernel/text/date.ts';
import { readEmail } from '../../kernel/text/email.ts';
import { toLegalName, toPersonName } from '../../kernel/text/legal-name.ts';
import { readPhone } from '../../kernel/text/phone.ts';
import { toPlain, toProse, toTitle } from '../../kernel/text/plain.ts';
import { readPostcode } from '../../kernel/text/postcode.ts';
import type { Reading } from '../../kernel/text/reading.ts';
import { readWebsite } from '../../kernel/text/website.ts';
import { isContactField, isCustomerFact, isOpportunityField } from './facts.ts';
import type { FieldForm } from './field-forms.ts';
import type { ValueReason } from './value-fault.ts';

export type Verdict = { ok: true; value: unknown } | { ok: false; reason: ValueReason; values?: Record<string, string | number> };

const LONGEST_WECHAT = 64;

/** Reads one typed value; a blank one is stored as empty. The type itself has been judged before (guard). */
export function readValue(form: FieldForm, value: unknown): Verdict {
  if (value === null || value === undefined) return { ok: true, value };
  if (form in LISTS) return readList(form as keyof typeof LISTS, value);
  if (form in NUMBERS) return readNumber(form as keyof typeof NUMBERS, value);
  if (typeof value !== 'string') return { ok: true, value };
  if (form === 'as_typed') return { ok: true, value: value.trim() || null };
  if (!toPlain(value)) return { ok: true, value: null };
  return TEXTS[form as keyof typeof TEXTS](value);
}

const stored = (value: unknown): Verdict => ({ ok: true, value });

function judged<Reason extends string>(kind: string, reading: Reading<Reason>): Verdict {
  return reading.ok ? reading : { ok: false, reason: `${kind}.${reading.reason}` as ValueReason };
}

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

function readNumber(form: keyof typeof NUMBERS, value: unknown): Verdict {
  const { min, max, whole, reason } = NUMBERS[form];
  const number = Number(value);
  return number >= min && number <= max && (!whole || Number.isInteger(number)) ? stored(value) : { ok: false, reason };
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
