import type { MATCH_KEYS } from './judge-row.ts';
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

interface KeyPlace {
  by: (typeof MATCH_KEYS)[number];
  collection: string;
  field: string;
}

const keys = (collection: string, ...fields: KeyPlace['by'][]): KeyPlace[] => fields.map((by) => ({ by, collection, field: by }));

/** What stored rows of a kind are found again by, and where a line says it; a customer also by the number and mail of its contact. */
const KEY_PLACES: Partial<Record<ImportKind, readonly KeyPlace[]>> = {
  customers: [...keys('crm_customers', 'uscc', 'name', 'phone'), ...keys('crm_contacts', 'phone', 'email')],
  contacts: keys('crm_contacts', 'phone', 'email'),
  leads: keys('crm_leads', 'phone', 'email'),
  orders: keys('crm_orders', 'number'),
};

/** The keys by which stored rows that are the same as this one are looked for, in the order of their strength (DQ-5). */
export const matchKeys = (kind: ImportKind, { values }: Pick<ReadRow, 'values'>): (KeyPlace & { value: string })[] =>
  (KEY_PLACES[kind] ?? []).flatMap((place) => {
    const value = values[place.collection]?.[place.field];
    return typeof value === 'string' && value ? [{ ...place, value }] : [];
  });
