import { randomUUID } from 'node:crypto';
import { readPhone } from '../kernel/text/phone.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { BATCH, inBatch } from './batch.ts';
import { countUnsealed, whereClear } from './examine.ts';
import { indexColumn, SEALED_COLLECTIONS, SEALED_FIELDS, sealedColumn, type MaskKind, type SealedField } from './rules/sealed-fields.ts';
import { scrubRevisions } from './scrub-revisions.ts';
import { clearColumns, sealedColumns } from './seal-row.ts';
import { ensureSubject } from './subject-keys.ts';

export interface SealingReport {
  sealed: number;
  /** Readable values of rows that are no person's, which got their index. */
  indexed: number;
  /** Copies in the host's history in which a value was masked. */
  revisions: number;
  /** What the scan afterwards still found in clear; 0 is the proof. */
  left: number;
}

/**
 * Seals an installation that has clear values from before (SEC-1): in short transactions while it runs, each row changed only
 * as long as it is what was read. The rows themselves say what is left to do, so a run that was killed is simply done
 * again. Then the host's history is scrubbed, everything is scanned once more, and the database lets go of the old pages.
 */
export async function sealExisting(
  database: Knex,
  ring: Keyring,
  now: Date,
  tell: (done: { sealed: number; revisions: number }) => void = () => undefined,
): Promise<SealingReport> {
  const done = { sealed: 0, indexed: 0, revisions: 0 };
  for (const declared of SEALED_FIELDS) {
    await inTurns(database, clearRows(declared), async (transaction, row) => {
      const sealed = await sealStored(transaction, ring, declared, row, now);
      if (sealed) await oweLetGo(transaction);
      done.sealed += sealed;
      if (done.sealed % BATCH === 0) tell(done);
    });
    if (declared.when)
      await inTurns(database, unindexedRows(declared), async (transaction, row) => {
        done.indexed += await indexStored(transaction, ring, declared, row);
      });
  }
  for (const collection of SEALED_COLLECTIONS) {
    await inItems(database, collection, async (transaction, items) => {
      const scrubbed = await scrubRevisions(transaction, collection, items);
      if (scrubbed) await oweLetGo(transaction);
      done.revisions += scrubbed;
    });
  }
  if (await database(STATE).where({ key: OWED }).first('id')) {
    await letGo(database);
    await database(STATE).where({ key: OWED }).delete();
  }
  return { ...done, left: await countClear(database) };
}

/** Whether anything of this installation stands in clear; free where nothing does. */
export async function countClear(database: Knex): Promise<number> {
  let left = (await countUnsealed(database)).reduce((sum, { count }) => sum + count, 0);
  for (const collection of SEALED_COLLECTIONS)
    await inItems(database, collection, async (transaction, items) => {
      left += await scrubRevisions(transaction, collection, items, { only: 'count' });
    });
  return left;
}

type Rows = (database: Knex) => Knex.QueryBuilder;

const columnsOf = ({ field }: SealedField) => ['id', field, sealedColumn(field)];

const clearRows =
  (declared: SealedField): Rows =>
  (database) =>
    whereClear(database(declared.collection), declared).select(columnsOf(declared));

const unindexedRows =
  (declared: SealedField): Rows =>
  (database) =>
    database(declared.collection)
      .whereNotNull(declared.field)
      .whereNot(declared.field, '')
      .whereNull(indexColumn(declared.field))
      .whereNull(sealedColumn(declared.field))
      .whereNotIn(declared.when!.field, [...declared.when!.in])
      .select(columnsOf(declared));

/** All rows, batch by batch in the order of their ids. */
async function inTurns(database: Knex, rowsOf: Rows, work: (transaction: Knex, row: Row) => Promise<void>): Promise<void> {
  for (let after = ''; ;) {
    const rows: Row[] = await inBatch(database, (transaction) => {
      const query = rowsOf(transaction).orderBy('id').limit(BATCH);
      return after ? query.where('id', '>', after) : query;
    });
    if (!rows.length) return;
    await inBatch(database, async (transaction) => {
      for (const row of rows) await work(transaction, row);
    });
    after = String(rows.at(-1)!['id']);
  }
}

/** Compares with what was read: a user's write in between wins. */
const stood = ({ field }: SealedField, row: Row): Row => ({
  id: row['id'],
  [field]: row[field],
  [sealedColumn(field)]: row[sealedColumn(field)],
});

async function sealStored(transaction: Knex, ring: Keyring, declared: SealedField, row: Row, now: Date): Promise<number> {
  const { collection, field } = declared;
  const subject = await ensureSubject(transaction, ring, { collection, item: String(row['id']) }, now);
  if (!subject.accepted) return 0;
  const columns = sealedColumns(ring, subject.value, declared, String(row[field]));
  return transaction(collection).where(stood(declared, row)).update(columns);
}

const indexStored = (transaction: Knex, ring: Keyring, declared: SealedField, row: Row): Promise<number> =>
  transaction(declared.collection)
    .where(stood(declared, row))
    .update(clearColumns(ring, declared, toStored(declared.mask, String(row[declared.field]))));

/** A readable number in the one form in which it is written now, so that it is found by whoever types it in full. */
function toStored(mask: MaskKind, value: string): string {
  const reading = mask === 'phone' ? readPhone(value) : null;
  return reading?.ok ? reading.value : value;
}

/** The items of a collection that the host's history knows. */
async function inItems(database: Knex, collection: string, work: (transaction: Knex, items: string[]) => Promise<void>): Promise<void> {
  for (let after = ''; ;) {
    const items: string[] = await database('directus_revisions')
      .where({ collection })
      .where('item', '>', after)
      .distinct('item')
      .orderBy('item')
      .limit(BATCH)
      .pluck('item');
    if (!items.length) return;
    await inBatch(database, (transaction) => work(transaction, items));
    after = items.at(-1)!;
  }
}

const STATE = 'crm_install_state';
const OWED = 'seal-let-go';

/** Noted with the change itself: a run that was killed before the old pages were let go owes it to the next one. */
async function oweLetGo(transaction: Knex): Promise<void> {
  await transaction(STATE).insert({ id: randomUUID(), key: OWED, hash: '' }).onConflict('key').ignore();
}

/** Old pages and old row versions still hold what stood there: both databases are made to write themselves anew. */
async function letGo(database: Knex): Promise<void> {
  if (String(database.client.config.client).startsWith('sqlite')) {
    await database.raw('VACUUM');
    await database.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    return;
  }
  for (const table of [...SEALED_COLLECTIONS, 'directus_revisions']) await database.raw('VACUUM FULL ??', [table]);
}
