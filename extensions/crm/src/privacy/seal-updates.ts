import type { Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { blindIndex } from './blind-index.ts';
import { indexColumn, isSealedIn, sealedColumn, sealedFieldsOf } from './rules/sealed-fields.ts';
import { clearColumns, refuseMask, sealedColumns } from './seal-row.ts';
import { newSubject, openValue, SUBJECT_KEYS, subjectKeyId, type Subject } from './subject-key.ts';
import { subjectsOf } from './subject-keys.ts';

/** Values in their stored form that are about to be written over a stored row. */
export interface Change {
  stored: Row & { id: string };
  values: Row;
}

/**
 * What our own set-based updates write instead of `values` (SEC-1): mask, cipher and index of every sealed field, with the key
 * that each row has, or a new one. Null for a row whose key exists and does not open: it is never replaced. A mask is refused.
 */
export async function sealUpdates(
  database: Knex,
  ring: Keyring,
  collection: string,
  changes: readonly Change[],
  now: Date,
): Promise<(Row | null)[]> {
  const declared = sealedFieldsOf(collection);
  for (const { values } of changes)
    for (const one of declared) if (typeof values[one.field] === 'string') refuseMask(collection, one, values[one.field] as string);
  const personalIn = ({ stored, values }: Change) =>
    declared.filter((one) => typeof values[one.field] === 'string' && isSealedIn(one, { ...stored, ...values }));
  const items = changes.filter((change) => personalIn(change).length).map(({ stored }) => stored.id);
  const subjects = await withKeys(database, ring, collection, items, now);
  return changes.map((change) => {
    const { stored, values } = change;
    const personal = personalIn(change);
    const subject = subjects.get(subjectKeyId(collection, stored.id));
    if (personal.length && !subject) return null;
    let row = values;
    for (const one of declared) {
      const value = values[one.field];
      if (typeof value !== 'string') continue;
      row = { ...row, ...(personal.includes(one) ? sealedColumns(ring, subject!, one, value) : clearColumns(one, value)) };
    }
    return row;
  });
}

/** The keys of rows, new ones for rows that have none. */
async function withKeys(database: Knex, ring: Keyring, collection: string, items: readonly string[], now: Date) {
  if (!items.length) return new Map<string, Subject>();
  const ids = items.map((item) => subjectKeyId(collection, item));
  const known = new Set<string>(await database(SUBJECT_KEYS).whereIn('id', ids).pluck('id'));
  const fresh = items.filter((item) => !known.has(subjectKeyId(collection, item))).map((item) => newSubject(ring, collection, item, now));
  if (fresh.length)
    await database(SUBJECT_KEYS)
      .insert(fresh.map(({ row }) => row))
      .onConflict('id')
      .ignore();
  return subjectsOf(database, ring, collection, items);
}

/** What stands behind the masks of stored rows, in clear, by id; for comparing only, nothing of it may leave. */
export async function openRows(
  database: Knex,
  ring: Keyring,
  collection: string,
  rows: readonly Row[],
): Promise<Map<string, Record<string, string | null>>> {
  const declared = sealedFieldsOf(collection);
  const sealed = rows.filter((row) => declared.some(({ field }) => row[sealedColumn(field)]));
  const subjects = sealed.length
    ? await subjectsOf(
        database,
        ring,
        collection,
        sealed.map((row) => String(row['id'])),
      )
    : new Map<string, Subject>();
  return new Map(
    rows.map((row) => {
      const subject = subjects.get(subjectKeyId(collection, String(row['id'])));
      const values = declared.map(({ field }) => [field, valueOf(row, field, subject)] as const);
      return [String(row['id']), Object.fromEntries(values)];
    }),
  );
}

function valueOf(row: Row, field: string, subject: Subject | undefined): string | null {
  const sealed = row[sealedColumn(field)];
  if (typeof sealed !== 'string') return typeof row[field] === 'string' ? row[field] : null;
  const opened = subject && openValue(subject, field, sealed);
  // A value that does not open is told apart by its cipher: the same one is the same value.
  return opened?.accepted ? opened.value : sealed;
}

/** A former state of sealed columns as it is put back: the ciphers as they were, the indexes with the key of today. */
export async function withIndexes(database: Knex, ring: Keyring, collection: string, rows: readonly Row[]): Promise<Row[]> {
  const opened = await openRows(database, ring, collection, rows);
  return rows.map((row) => {
    const back: Row = { ...row };
    for (const { field, mask } of sealedFieldsOf(collection)) {
      const sealed = row[sealedColumn(field)];
      if (!(field in row) && sealed === undefined) continue;
      const value = opened.get(String(row['id']))![field];
      // What stands readable has no index, nor has a cipher that does not open.
      back[indexColumn(field)] = typeof sealed === 'string' && value && value !== sealed ? blindIndex(ring, mask, value) : null;
    }
    return back;
  });
}
