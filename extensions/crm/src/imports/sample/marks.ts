import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { ImportRecord } from '../commit/import-record.ts';
import { ROOT } from '../rules/row-key.ts';
import { IMPORT_ROWS } from '../staging.ts';

const CHUNK = 500;

/** Takes the mark off all rows of a batch: it was accepted, undone, or needs no check after all (IMP-3). */
export async function clearMarks(database: Knex, { id, kind }: Pick<ImportRecord, 'id' | 'kind'>): Promise<void> {
  const items: string[] = await database(IMPORT_ROWS).where({ import: id }).whereNotNull('item').pluck('item');
  const collection = ROOT[kind];
  for (let at = 0; at < items.length; at += CHUNK) {
    const part = items.slice(at, at + CHUNK);
    await database(collection).whereIn('id', part).andWhere({ pending_import: id }).update({ pending_import: null });
    // A table of customers brings contacts along.
    if (kind === 'customers')
      await database('crm_contacts').whereIn('customer', part).andWhere({ pending_import: id }).update({ pending_import: null });
  }
}

/** The collections whose rows can bear the mark; a test holds them against the model. */
export const MARKED: readonly string[] = Object.keys(COLLECTIONS).filter((name) => COLLECTIONS[name]!.fields['pending_import']);
