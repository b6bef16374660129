import { insertMany } from '../../platform/api/bulk-rows.ts';
import type { Row } from '../../platform/api/host.ts';
import { sealRow, sealUpdates, settleKind, SUBJECT_KEYS, type SubjectKeyRow } from '../../privacy/index.ts';
import { insertRowsOf, toColumns, updateRowsOf } from './columns.ts';
import type { Work } from './import-record.ts';

/** A new row in stored forms, with its key, segment and owner. */
export type NewRow = Row & { id: string };

/** What is written over a row that stands. */
export interface Update {
  stored: Row & { id: string };
  values: Row;
}

/**
 * Inserts rows as the form would: sealed, with the keys of their subjects, stamped with the importer and the time.
 *
 * @returns the rows as they stand then.
 */
export async function insertRows(work: Work, collection: string, rows: readonly NewRow[]): Promise<Row[]> {
  const { database, schema, ring, now, actor, mark } = work;
  if (!rows.length) return [];
  const stamps = { user_created: actor.user, date_created: now, pending_import: mark };
  const hasMark = Boolean(schema.collections[collection]!.fields['pending_import']);
  const { pending_import: _mark, ...plainStamps } = stamps;
  const sealed = rows.map((row) => sealRow(ring, collection, { ...row, ...(hasMark ? stamps : plainStamps) }, now));
  const keys = sealed.flatMap(({ key }): SubjectKeyRow[] => (key ? [key] : []));
  await insertMany(database, SUBJECT_KEYS, keys as unknown as Row[]);
  return insertRowsOf(
    database,
    schema,
    collection,
    sealed.map(({ row }) => row),
  );
}

/**
 * Writes each row's values over it, sealed under the key that the row has. Gives the rows whose key does not open: they are
 * left as they are.
 */
export async function updateRows(work: Work, collection: string, updates: readonly Update[]): Promise<Set<string>> {
  const { database, schema, ring, now, actor, mark } = work;
  const unopened = new Set<string>();
  if (!updates.length) return unopened;
  const sealed = await sealUpdates(database, ring, collection, updates, now);
  const stamps = { user_updated: actor.user, date_updated: now, ...(mark ? { pending_import: mark } : {}) };
  const changed = [...new Set([...sealed.flatMap((row) => Object.keys(row ?? {})), ...Object.keys(stamps)])].filter(
    (name) => name !== 'id',
  );
  const rows = updates.flatMap(({ stored }, at) => {
    const values = sealed[at];
    if (!values) unopened.add(stored.id);
    // The statement names the same columns for all rows; what a row does not change is written as it stands.
    const standing = Object.fromEntries(['id', ...changed].map((name) => [name, stored[name] ?? null]));
    return values ? [{ ...standing, ...toColumns(database, schema, collection, { ...values, ...stamps }) }] : [];
  });
  await updateRowsOf(database, schema, collection, rows, changed);
  await sealNewPersons(work, collection, updates);
  return unopened;
}

/** A customer that became a person's has its number sealed in the same transaction. */
async function sealNewPersons({ database, keys, clock, actor }: Work, collection: string, updates: readonly Update[]): Promise<void> {
  for (const { stored, values } of updates)
    if ('kind' in values && values['kind'] !== stored['kind'])
      await settleKind({ database, collection, item: stored.id, action: 'update', schema: null, actor }, keys, clock);
}
