import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Keys } from '../../platform/api/keys.ts';
import { findSubject, type Subject } from '../../privacy/index.ts';
import { WRITTEN, type ImportRecord, type SampleState, type StagedRow } from '../commit/import-record.ts';
import { ROOT } from '../rules/row-key.ts';
import { IMPORT_ROWS, IMPORTS } from '../staging.ts';
import { touchedBy, type Touched } from '../undo/touched.ts';

const CHUNK = 500;

/** States of a batch whose rows bear its key: it waits for its check, or was sent back. */
export const UNACCEPTED: readonly SampleState[] = ['waiting', 'returned'];

export const isUnaccepted = ({ sample_state: state }: Pick<ImportRecord, 'sample_state'>): boolean => UNACCEPTED.includes(state);

/** Of some batches those whose rows bear their key still. */
export async function waitingBatches(database: Knex, ids: readonly string[]): Promise<Set<string>> {
  if (!ids.length) return new Set();
  return new Set(
    await database(IMPORTS)
      .whereIn('id', [...new Set(ids)])
      .whereIn('sample_state', [...UNACCEPTED])
      .pluck('id'),
  );
}

/**
 * Takes the mark off all rows of a batch: it was accepted, undone, or needs no check after all (IMP-3). One look through the
 * table, once for a batch, finds every row, wherever people have moved it meanwhile. What another batch had marked before,
 * which waits still, bears its key again.
 */
export async function clearMarks(database: Knex, keys: Keys, record: ImportRecord): Promise<void> {
  const { id, kind, segment } = record;
  if (!isUnaccepted(record)) return;
  const other = await database(IMPORTS)
    .where({ segment })
    .whereNot({ id })
    .whereIn('sample_state', [...UNACCEPTED])
    .first('id');
  const ring = other ? keys.ring() : null;
  const subject = ring?.accepted ? await findSubject(database, ring.value, { collection: IMPORTS, item: id }) : null;
  if (subject?.accepted) await giveMarksBack(database, record, subject.value);
  // A table of customers brings contacts along.
  for (const collection of new Set([ROOT[kind], ...(kind === 'customers' ? ['crm_contacts'] : [])]))
    await database(collection).where({ pending_import: id }).update({ pending_import: null });
}

/**
 * Marks rows that were written before: whoever goes on with an import that was small, or accepted, makes it one that waits.
 * Which rows these are, contacts included, stands in the journal of its lines.
 */
export async function setMarks(database: Knex, { id }: Pick<ImportRecord, 'id'>, subject: Subject): Promise<void> {
  await forTouched(database, { id }, subject, async (touched) => {
    for (const [collection, rows] of Map.groupBy(touched, (one) => one.collection))
      if (MARKED.includes(collection))
        await database(collection)
          .whereIn(
            'id',
            rows.map(({ item }) => item),
          )
          // What another batch has marked waits for that one.
          .whereNull('pending_import')
          .update({ pending_import: id });
  });
}

/** The rows of this batch that waited for the check of another one when it wrote them wait for that again. */
async function giveMarksBack(database: Knex, { id }: Pick<ImportRecord, 'id'>, subject: Subject): Promise<void> {
  await forTouched(database, { id }, subject, async (touched) => {
    const former = touched.filter(({ mark, collection }) => mark && MARKED.includes(collection));
    const waiting = await waitingBatches(
      database,
      former.map(({ mark }) => mark!),
    );
    const back = former.filter(({ mark }) => waiting.has(mark!));
    for (const rows of Map.groupBy(back, ({ collection, mark }) => `${collection} ${mark}`).values())
      await database(rows[0]!.collection)
        .whereIn(
          'id',
          rows.map(({ item }) => item),
        )
        .andWhere({ pending_import: id })
        .update({ pending_import: rows[0]!.mark });
  });
}

/** Goes through the journal of a batch, some lines at once. */
async function forTouched(
  database: Knex,
  { id }: Pick<ImportRecord, 'id'>,
  subject: Subject,
  work: (touched: readonly Touched[]) => Promise<void>,
): Promise<void> {
  for (let after = 0; ;) {
    const lines: StagedRow[] = await database(IMPORT_ROWS)
      .where({ import: id })
      .whereIn('state', ['done', 'kept'])
      .whereIn('verdict', [...WRITTEN])
      .andWhere('line', '>', after)
      .orderBy('line')
      .limit(CHUNK);
    await work(lines.flatMap((line) => touchedBy({ subject }, line)));
    if (lines.length < CHUNK) return;
    after = lines.at(-1)!.line;
  }
}

/** The collections whose rows can bear the mark; a test holds them against the model. */
export const MARKED: readonly string[] = Object.keys(COLLECTIONS).filter((name) => COLLECTIONS[name]!.fields['pending_import']);
