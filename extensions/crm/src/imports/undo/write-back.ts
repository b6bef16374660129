import { markedBy, recountCompleteness, refreshMarks } from '../../customers/index.ts';
import { keepDealsSigned, signedDeals } from '../../pipeline/orders/sales-step.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { eraseSubjects, sealedFieldsOf, withIndexes } from '../../privacy/index.ts';
import { settleStep } from '../../segments/index.ts';
import { rowsById, toColumns, updateRowsOf } from '../commit/columns.ts';
import { leaveFormerOwner, MOVING } from '../commit/settle-moved.ts';
import type { Work } from '../commit/import-record.ts';
import { recountFor } from '../commit/write-contacts.ts';

/** A row that becomes again what it was, and the fields by which it differs. */
export interface Restored {
  stored: Row & { id: string };
  values: Row;
  /** The batch whose check it waits for again; null for none. */
  mark: string | null;
}

const customersOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.flatMap(({ customer }) => (typeof customer === 'string' ? [customer] : []))),
];

/** Puts former values back, with an entry in the log for every row, and brings up to date what the server counts from them. */
export async function restoreRows(work: Work, collection: string, restored: readonly Restored[]): Promise<void> {
  const { database, schema, ring, now, actor, record } = work;
  if (!restored.length) return;
  const ids = restored.map(({ stored }) => stored.id);
  await changeLog().around(database, collection, ids, async () => {
    const back = await withIndexes(
      database,
      ring,
      collection,
      restored.map(({ stored, values }) => ({ ...values, id: stored.id })),
    );
    const stamps = { user_updated: actor.user, date_updated: now };
    const marks = restored.map(({ stored, mark }) => (stored['pending_import'] === record.id ? { pending_import: mark } : {}));
    const changed = [...new Set([...back, ...marks, stamps].flatMap((row) => Object.keys(row)))].filter((name) => name !== 'id');
    const rows = restored.map(({ stored }, at) => ({
      ...Object.fromEntries(['id', ...changed].map((name) => [name, stored[name] ?? null])),
      ...toColumns(database, schema, collection, { ...back[at], ...marks[at], ...stamps }),
    }));
    const deals = await signedDeals(database, collection === 'crm_orders' ? restored.map(({ stored }) => stored) : []);
    await updateRowsOf(database, schema, collection, rows, changed);
    await keepDealsSigned({ database, collection, actor }, deals);
    await eraseUnused(work, collection, rows);
    // What is below another row stands where that stands now, and takes what hangs on it along; whoever goes first takes a tree.
    for (const { stored, values } of restored.toSorted((one, other) => Number('owner' in other.values) - Number('owner' in one.values)))
      if (MOVING.some((field) => field in values)) {
        await leaveFormerOwner(database, collection, { stored, values });
        await settleStep.afterWrite!({ database, collection, item: stored.id, action: 'update', schema: null, actor });
      }
    if (collection === 'crm_customers') await recountCompleteness(database, { customers: ids }, { demote: true });
  });
  await settleParents(
    database,
    collection,
    restored.flatMap(({ stored, values }) => [stored, { ...stored, ...values }]),
  );
}

/** A row in which nothing is sealed any more needs no key: the import had made it. */
async function eraseUnused({ database }: Work, collection: string, rows: readonly Row[]): Promise<void> {
  const columns = sealedFieldsOf(collection).map(({ field }) => `${field}_sealed`);
  const emptied = rows.filter((row) => columns.some((column) => column in row)).map(({ id }) => String(id));
  if (!emptied.length) return;
  const standing = await rowsById(database, collection, emptied);
  const unused = [...standing.values()].filter((row) => columns.every((column) => !row[column])).map(({ id }) => id);
  await eraseSubjects(database, collection, unused);
}

/** Removes rows that an import made, with the keys of their subjects. */
export async function removeRows({ database }: Work, collection: string, rows: readonly Row[]): Promise<void> {
  if (!rows.length) return;
  const ids = rows.map(({ id }) => String(id));
  await changeLog().around(database, collection, ids, async () => {
    for (let at = 0; at < ids.length; at += CHUNK) {
      const part = ids.slice(at, at + CHUNK);
      await database(collection).whereIn('id', part).delete();
      await eraseSubjects(database, collection, part);
    }
  });
  await settleParents(database, collection, rows);
}

const CHUNK = 400;

/** What rows count for elsewhere. */
async function settleParents(database: Knex, collection: string, rows: readonly Row[]): Promise<void> {
  if (collection === 'crm_contacts' || collection === 'crm_customers_tags') await recountFor(database, customersOf(rows));
  if (collection === 'crm_activities') await refreshMarks(database, await markedBy(database, rows));
}
