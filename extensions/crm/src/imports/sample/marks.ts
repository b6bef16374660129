import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Subject } from '../../privacy/index.ts';
import { WRITTEN, type ImportRecord, type StagedRow } from '../commit/import-record.ts';
import { ROOT } from '../rules/row-key.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { touchedBy } from '../undo/touched.ts';

const CHUNK = 500;

/**
 * Takes the mark off all rows of a batch: it was accepted, undone, or needs no check after all (IMP-3). One look through the
 * table, once for a batch, finds every row, wherever people have moved it meanwhile.
 */
export async function clearMarks(database: Knex, { id, kind, sample_state: state }: ImportRecord): Promise<void> {
  if (state !== 'waiting' && state !== 'returned') return;
  // A table of customers brings contacts along.
  for (const collection of new Set([ROOT[kind], ...(kind === 'customers' ? ['crm_contacts'] : [])]))
    await database(collection).where({ pending_import: id }).update({ pending_import: null });
}

/**
 * Marks rows that were written before: whoever goes on with an import that was small, or accepted, makes it one that waits.
 * Which rows these are, contacts included, stands in the journal of its lines.
 */
export async function setMarks(database: Knex, { id }: Pick<ImportRecord, 'id'>, subject: Subject): Promise<void> {
  for (let after = 0; ;) {
    const lines: StagedRow[] = await database(IMPORT_ROWS)
      .where({ import: id, state: 'done' })
      .whereIn('verdict', [...WRITTEN])
      .andWhere('line', '>', after)
      .orderBy('line')
      .limit(CHUNK);
    const touched = lines.flatMap((line) => touchedBy({ subject }, line));
    for (const [collection, rows] of Map.groupBy(touched, (one) => one.collection))
      if (MARKED.includes(collection))
        await database(collection)
          .whereIn(
            'id',
            rows.map(({ item }) => item),
          )
          .update({ pending_import: id });
    if (lines.length < CHUNK) return;
    after = lines.at(-1)!.line;
  }
}

/** The collections whose rows can bear the mark; a test holds them against the model. */
export const MARKED: readonly string[] = Object.keys(COLLECTIONS).filter((name) => COLLECTIONS[name]!.fields['pending_import']);
