import type { Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { blindIndex } from './blind-index.ts';
import { refuseFields } from './refuse.ts';
import { isMask, toMask } from './rules/mask.ts';
import { indexColumn, isSealedIn, sealedColumn, sealedFieldsOf, type SealedField } from './rules/sealed-fields.ts';
import { newSubject, sealValue, type Subject, type SubjectKeyRow } from './subject-key.ts';

/**
 * Refuses to write a mask over a value, or to seal one: what stands behind it would be lost.
 *
 * @throws a refusal, so that whoever writes many rows knows that it is of this one.
 */
export function refuseMask(collection: string, { field }: SealedField, value: string): void {
  if (isMask(value)) refuseFields([{ collection, field, reason: 'hidden_value' }], null);
}

/** What one value becomes in the database: mask, cipher and index, in one UPDATE. */
export const sealedColumns = (ring: Keyring, subject: Subject, { field, mask }: SealedField, value: string): Row => ({
  [field]: toMask(mask, value),
  [sealedColumn(field)]: sealValue(subject, field, value),
  [indexColumn(field)]: blindIndex(ring, mask, value),
});

/**
 * A value that is not personal in this row stays readable, and has no index: beside the value it would tell whoever has the
 * database which sealed values are the same.
 */
export const clearColumns = ({ field }: SealedField, value: string): Row => ({ ...emptyColumns({ field }), [field]: value });

export const emptyColumns = ({ field }: Pick<SealedField, 'field'>): Row => ({
  [field]: null,
  [sealedColumn(field)]: null,
  [indexColumn(field)]: null,
});

export interface SealedRow {
  row: Row;
  /** The key of the row's subject, to be stored with it; null where nothing in the row is sealed. */
  key: SubjectKeyRow | null;
}

/**
 * Seals a new row for our own set-based writes (demo, imports, benches): the same columns as the write path makes
 * (SEC-1). The row names its `id`, and `kind` where the declaration looks at it; values are in their stored form.
 */
export function sealRow(ring: Keyring, collection: string, row: Row, now: Date): SealedRow {
  let made: ReturnType<typeof newSubject> | null = null;
  let sealed = row;
  for (const declared of sealedFieldsOf(collection)) {
    const value = row[declared.field];
    if (value === null || value === undefined || value === '') continue;
    if (typeof value !== 'string') throw new TypeError(`${collection}.${declared.field} is no text: it would not be sealed`);
    refuseMask(collection, declared, value);
    if (isSealedIn(declared, row)) made ??= newSubject(ring, collection, String(row['id']), now);
    sealed = {
      ...sealed,
      ...(isSealedIn(declared, row) ? sealedColumns(ring, made!.subject, declared, value) : clearColumns(declared, value)),
    };
  }
  return { row: sealed, key: made?.row ?? null };
}
