import { randomUUID } from 'node:crypto';
import { readPhone } from '../kernel/text/phone.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { BATCH, inBatch } from './batch.ts';
import { countUnsealed, whereClear } from './examine.ts';
import { indexColumn, SEALED_COLLECTIONS, SEALED_FIELDS, sealedColumn, type MaskKind, type SealedField } from './rules/sealed-fields.ts';
import { scrubCopies, storedRelations } from './scrub-copies.ts';
import { scrubRevisions } from './scrub-revisions.ts';
import { clearColumns, sealedColumns } from './seal-row.ts';
import { ensureSubject } from './subject-keys.ts';

export interface SealingReport {
  sealed: number;
  /** Readable values of rows that are no person's, which lost the index of before or got their one form. */
  readable: number;
  /** Copies that the host keeps (history, versions, saved views, runs of flows) in which a value was masked. */
  copies: number;
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
  tell: (done: { sealed: number; copies: number }) => void = () => undefined,
): Promise<SealingReport> {
  const done = { sealed: 0, readable: 0, copies: 0 };
  const relations = await storedRelations(database);
  for (const declared of SEALED_FIELDS) {
    await inTurns(database, clearRows(declared), async (transaction, row) => {
      const sealed = await sealStored(transaction, ring, declared, row, now);
      if (sealed) await oweLetGo(transaction);
      done.sealed += sealed;
      if (done.sealed % BATCH === 0) tell(done);
    });
    if (declared.when)
      await inTurns(database, readableRows(declared), async (transaction, row) => {
        done.readable += await settleReadable(transaction, declared, row);
      });
  }
  for (const collection of SEALED_COLLECTIONS) {
    await inItems(database, collection, async (transaction, items) => {
      const scrubbed = await scrubRevisions(transaction, collection, items, { relations });
      if (scrubbed) await oweLetGo(transaction);
      done.copies += scrubbed;
    });
  }
  done.copies += await scrubCopies(database, { changed: oweLetGo });
  if (await database(STATE).where({ key: OWED }).first('id')) {
    await letGo(database);
    await database(STATE).where({ key: OWED }).delete();
  }
  return { ...done, left: await countClear(database) };
}

/** Whether anything of this installation stands in clear; free where nothing does. */
export async function countClear(database: Knex): Promise<number> {
  const relations = await storedRelations(database);
  let left = (await countUnsealed(database)).reduce((sum, { count }) => sum + count, 0);
  for (const collection of SEALED_COLLECTIONS)
    await inItems(database, collection, async (transaction, items) => {
      left += await scrubRevisions(transaction, collection, items, { relations, only: 'count' });
    });
  return left + (await scrubCopies(database, { only: 'count' }));
}

type Rows = (database: Knex) => Knex.QueryBuilder;

const columnsOf = ({ field }: SealedField) => ['id', field, sealedColumn(field)];

const clearRows =
  (declared: SealedField): Rows =>
  (database) =>
    whereClear(database(declared.collection), declared).select(columnsOf(declared));

/** Readable values with an index, or not in a form in which they are stored now: mobile, or area code and number. */
const readableRows =
  (declared: SealedField): Rows =>
  (database) =>
    database(declared.collection)
      .whereNotNull(declared.field)
      .whereNot(declared.field, '')
      .whereNull(sealedColumn(declared.field))
      .whereNotIn(declared.when!.field, [...declared.when!.in])
      .andWhere(
        (odd) =>
          void odd
            .whereNotNull(indexColumn(declared.field))
            .orWhere(
              (form) =>
                void form
                  .where(declared.field, 'not like', '1__________')
                  .where(declared.field, 'not like', '0__-________')
                  .where(declared.field, 'not like', '0___-________'),
            ),
      )
      .select([...columnsOf(declared), indexColumn(declared.field)]);

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

async function settleReadable(transaction: Knex, declared: SealedField, row: Row): Promise<number> {
  const value = String(row[declared.field]);
  const columns = clearColumns(declared, toStored(declared.mask, value));
  if (columns[declared.field] === value && row[indexColumn(declared.field)] === null) return 0;
  return transaction(declared.collection).where(stood(declared, row)).update(columns);
}

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

/** Tables of the host in which copies were masked. */
const COPIES = ['directus_revisions', 'directus_versions', 'directus_presets', 'directus_users'];
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
  for (const table of [...SEALED_COLLECTIONS, ...COPIES]) await database.raw('VACUUM FULL ??', [table]);
}
