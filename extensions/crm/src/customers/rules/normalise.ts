import { COLLECTIONS } from '../../kernel/collections.ts';
import { formOf } from './field-forms.ts';
import { readValue, type Verdict } from './read-value.ts';
import type { ValueFault } from './value-fault.ts';

type Record_ = Record<string, unknown>;

const isRow = (value: unknown): value is Record_ => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The stored form of what was sent for one row, and everything in it that cannot be stored. CUS-6, CUS-7. */
export function normalise(collection: string, payload: Record_, now: Date): { row: Record_; faults: ValueFault[] } {
  const row: Record_ = { ...payload };
  const faults: ValueFault[] = [];
  for (const [field, value] of Object.entries(payload)) {
    const verdict = readField(collection, field, value, now);
    if (!verdict) continue;
    if (verdict.ok) row[field] = verdict.value;
    else faults.push({ collection, field, reason: verdict.reason, ...(verdict.values ? { values: verdict.values } : {}) });
  }
  if (
    collection === 'crm_contracts' &&
    typeof row['starts_on'] === 'string' &&
    typeof row['ends_on'] === 'string' &&
    row['ends_on'] < row['starts_on']
  ) {
    faults.push({ collection, field: 'ends_on', reason: 'ends_before_start' });
  }
  return { row, faults };
}

function readField(collection: string, field: string, value: unknown, now: Date): Verdict | null {
  const form = formOf(collection, field);
  if (!form || value === null || value === undefined) return null;
  const { scale, notNull, ...column } = COLLECTIONS[collection]!.fields[field]!;
  const verdict = readValue(form, value, { scale, now });
  if (verdict.ok && verdict.value === null && notNull) return { ok: false, reason: 'blank' };
  return verdict.ok && isLonger(verdict.value, column) ? { ok: false, reason: 'too_long', values: { max: column.length! } } : verdict;
}

/** The one stored form may be longer than what was typed: a scheme before a web address, a space before a bracket. */
function isLonger(value: unknown, { type, length }: { type: string; length?: number }): boolean {
  return type === 'string' && length !== undefined && typeof value === 'string' && [...value].length > length;
}

/**
 * The faults of rows that are written together with this one. They stand at the list of the form (`contacts`), because only
 * what the form itself shows can show a text; `within` says where in the list. So they come before the host opens the
 * nested rows one by one.
 */
export function faultsBelow(collection: string, payload: Record_, now: Date): ValueFault[] {
  const faults: ValueFault[] = [];
  for (const [field, list] of Object.entries(COLLECTIONS[collection]?.lists ?? {})) {
    for (const nested of nestedRows(payload[field])) {
      const below = [...normalise(list.collection, nested, now).faults, ...faultsBelow(list.collection, nested, now)];
      for (const { reason, values, within, ...inner } of below) {
        const path = `${field}.${within?.path ?? inner.field}`;
        faults.push({ collection, field, reason, ...(values ? { values } : {}), within: { path, row: within?.row ?? nameOf(nested) } });
      }
    }
  }
  return faults;
}

/** By what a person knows a row that has no key yet. */
function nameOf(row: Record_): string | null {
  const name = ['name', 'title', 'subject', 'number'].map((field) => row[field]).find((value) => typeof value === 'string' && value.trim());
  return typeof name === 'string' ? name.trim().slice(0, LONGEST_NAME) : null;
}

const LONGEST_NAME = 64;

function nestedRows(value: unknown): Record_[] {
  if (Array.isArray(value)) return value.filter(isRow);
  if (!isRow(value)) return [];
  return [value['create'], value['update']].flatMap((rows) => (Array.isArray(rows) ? rows.filter(isRow) : []));
}
