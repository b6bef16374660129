import { readDate } from '../../kernel/text/date.ts';
import { hasUnstorableText, isMoment, isPlainRecord, isUuid, type PlainRecord } from './plain-values.ts';

/** The model's word on one field, as `kernel/collections.ts` has it; a field of the administrator's own has only a type. */
export interface FieldShape {
  type: string;
  length?: number;
  precision?: number;
  scale?: number;
  choices?: readonly string[];
  sealed?: boolean;
  relation?: unknown;
}

export type ValueFault =
  | { reason: 'wrong_type'; expected: 'text' | 'whole_number' | 'number' | 'yes_no' | 'date' | 'id' | 'list' | 'record' }
  | { reason: 'too_long'; max: number }
  | { reason: 'out_of_range' }
  | { reason: 'not_a_choice' }
  | { reason: 'unstorable' };

/** Longest text where the column sets no limit: a note of some ten pages. */
const LONGEST_TEXT = 20_000;
/** A phone number, an address of a mailbox or a messenger name never needs more, sealed or not. */
const LONGEST_SEALED = 500;
const LONGEST_STRING = 255;
const LONGEST_JSON = 100_000;
const LARGEST_INTEGER = 2 ** 31 - 1;
const NUMERIC_TEXT = /^[+-]?\d{1,24}(\.\d{1,12})?$/;

/** What is wrong with `value` for a column of this shape; null where it can be stored. Empty values are the host's matter. */
export function findValueFault(shape: FieldShape, value: unknown): ValueFault | null {
  if (value === null || value === undefined) return null;
  if (shape.relation && isPlainRecord(value)) return null;
  switch (shape.type) {
    case 'uuid':
      return isUuid(value) ? null : { reason: 'wrong_type', expected: 'id' };
    case 'string':
    case 'text':
    case 'csv':
      return textFault(shape, value);
    case 'integer':
    case 'bigInteger':
    case 'decimal':
    case 'float':
      return numberFault(shape, value);
    case 'boolean':
      return typeof value === 'boolean' ? null : { reason: 'wrong_type', expected: 'yes_no' };
    case 'date':
      return isMoment(value) || isWrittenDay(shape, value) ? null : { reason: 'wrong_type', expected: 'date' };
    case 'dateTime':
    case 'timestamp':
      return isMoment(value) ? null : { reason: 'wrong_type', expected: 'date' };
    default:
      return jsonFault(value);
  }
}

/** `2026年1月5日`, `2026/1/5`: our own days are read as people write them (CUS-7), before anything is stored. */
const isWrittenDay = ({ relation }: FieldShape, value: unknown): boolean => !relation && typeof value === 'string' && readDate(value).ok;

function textFault(shape: FieldShape, value: unknown): ValueFault | null {
  if (shape.type === 'csv' && Array.isArray(value)) return jsonFault(value);
  if (typeof value !== 'string') return { reason: 'wrong_type', expected: 'text' };
  const max = shape.sealed ? LONGEST_SEALED : (shape.length ?? (shape.type === 'string' ? LONGEST_STRING : LONGEST_TEXT));
  if (value.length > max && [...value.slice(0, max * 2 + 1)].length > max) return { reason: 'too_long', max };
  if (hasUnstorableText(value)) return { reason: 'unstorable' };
  return shape.choices && !shape.choices.includes(value) ? { reason: 'not_a_choice' } : null;
}

function numberFault({ type, precision, scale }: FieldShape, value: unknown): ValueFault | null {
  const whole = type === 'integer' || type === 'bigInteger';
  const wrong: ValueFault = { reason: 'wrong_type', expected: whole ? 'whole_number' : 'number' };
  if (typeof value === 'string' ? !NUMERIC_TEXT.test(value) : typeof value !== 'number' || !Number.isFinite(value)) return wrong;
  const number = Number(value);
  if (whole && !Number.isInteger(number)) return wrong;
  return Math.abs(number) <= largest(type, precision ?? 10, scale ?? 5) ? null : { reason: 'out_of_range' };
}

function largest(type: string, precision: number, scale: number): number {
  if (type === 'integer') return LARGEST_INTEGER;
  if (type === 'bigInteger') return Number.MAX_SAFE_INTEGER;
  return type === 'decimal' ? 10 ** (precision - scale) - 10 ** -scale : Number.MAX_VALUE;
}

function jsonFault(value: unknown): ValueFault | null {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length > LONGEST_JSON) return { reason: 'too_long', max: LONGEST_JSON };
  return /\\u0000|\\ud[89a-f]/i.test(text) || hasUnstorableText(text) ? { reason: 'unstorable' } : null;
}

/** A nested list of a form: the rows themselves, or what to create, update and delete. */
export function findListFault(value: unknown, longest: number): ValueFault | null {
  if (value === null || value === undefined) return null;
  const lists = isPlainRecord(value) ? Object.entries(value) : [['rows', value] as const];
  for (const [name, entries] of lists) {
    if (!Array.isArray(entries) || !['rows', 'create', 'update', 'delete'].includes(name))
      return { reason: 'wrong_type', expected: 'list' };
    if (entries.length > longest) return { reason: 'out_of_range' };
    const fits = (entry: unknown) =>
      name === 'rows'
        ? isUuid(entry) || isKey(entry) || isPlainRecord(entry)
        : name === 'delete'
          ? isUuid(entry) || isKey(entry)
          : isPlainRecord(entry) && (name === 'create' || hasKey(entry));
    if (!entries.every(fits)) return { reason: 'wrong_type', expected: name === 'delete' ? 'id' : 'record' };
  }
  return null;
}

/** The host looks for the row of an update by its key, and stumbles over none. */
const hasKey = (entry: PlainRecord) => isUuid(entry['id']) || isKey(entry['id']);
const isKey = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0;
