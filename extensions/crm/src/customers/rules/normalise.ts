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
 * The faults of rows that are written together with this one, as the form names them (`contacts.phone`), so that they
 * show beside the list before the host opens the nested rows one by one.
 */
export function faultsBelow(collection: string, payload: Record_, now: Date): ValueFault[] {
  const faults: ValueFault[] = [];
  for (const [name, list] of Object.entries(COLLECTIONS[collection]?.lists ?? {})) {
    for (const nested of nestedRows(payload[name])) {
      const below = [...normalise(list.collection, nested, now).faults, ...faultsBelow(list.collection, nested, now)];
      faults.push(...below.map((fault) => ({ ...fault, field: `${name}.${fault.field}` })));
    }
  }
  return faults;
}

function nestedRows(value: unknown): Record_[] {
  if (Array.isArray(value)) return value.filter(isRow);
  if (!isRow(value)) return [];
  return [value['create'], value['update']].flatMap((rows) => (Array.isArray(rows) ? rows.filter(isRow) : []));
}
