import { MATCH_KEYS } from './judge-row.ts';
import type { ReadRow } from './read-row.ts';
import type { ImportKind } from './targets.ts';

/**
 * What a row says, in one spelling: two rows say the same when this is the same, whatever the order of their columns and
 * the form of their cells (F32). It holds what is sealed, so it is never stored, only its keyed digest.
 */
export function rowContent(kind: ImportKind, { values, lookups }: Pick<ReadRow, 'values' | 'lookups'>): string {
  const fields = Object.entries(values).flatMap(([collection, row]) =>
    Object.entries(row).map(([field, value]) => [`${collection}.${field}`, value] as const),
  );
  const named = lookups.map(({ target, text }) => [`${target.collection}.${target.field}`, text] as const);
  return JSON.stringify([kind, [...fields, ...named].sort(([one], [other]) => (one < other ? -1 : 1))]);
}

/** The collection whose row a file of a kind describes. */
export const ROOT: Record<ImportKind, string> = {
  customers: 'crm_customers',
  contacts: 'crm_contacts',
  leads: 'crm_leads',
  activities: 'crm_activities',
  orders: 'crm_orders',
};

/** The field behind each key, for the collections that are found again by it. */
const KEY_FIELDS: Partial<Record<ImportKind, Partial<Record<(typeof MATCH_KEYS)[number], string>>>> = {
  customers: { uscc: 'uscc', name: 'name', phone: 'phone' },
  contacts: { phone: 'phone', email: 'email' },
  leads: { phone: 'phone', email: 'email' },
  orders: { number: 'number' },
};

/** The keys by which stored rows that are the same as this one are looked for, in the order of their strength (DQ-5). */
export function matchKeys(
  kind: ImportKind,
  { values }: Pick<ReadRow, 'values'>,
): { by: (typeof MATCH_KEYS)[number]; field: string; value: string }[] {
  const row = values[ROOT[kind]] ?? {};
  return MATCH_KEYS.flatMap((by) => {
    const field = KEY_FIELDS[kind]?.[by];
    const value = field ? row[field] : null;
    return field && typeof value === 'string' && value ? [{ by, field, value }] : [];
  });
}
