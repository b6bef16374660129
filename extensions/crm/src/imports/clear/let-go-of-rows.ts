import type { Knex } from '../../platform/api/host.ts';
import { EXPORTS } from '../export/export-row.ts';
import { IMPORT_ROWS } from '../staging.ts';

const CHUNK = 500;
/** A line that waits for its import is judged anew when its turn comes. */
const ENDED: readonly string[] = ['done', 'kept', 'undone'];
const KEEP = "case when state = 'done' then 'kept' else state end";

/**
 * What imports and exports of a segment hold of rows that have left it goes (ORG-2, ORG-3): the lines of the files and what the undo
 * would have put back, and files of exports that could have them. A line keeps only that it was imported, so that it counts; an undo
 * passes it by.
 */
export async function letGoOfRows(
  database: Knex,
  segment: string,
  rows: ReadonlyMap<string, ReadonlySet<string>>,
  now: Date,
): Promise<void> {
  for (const ids of rows.values()) {
    const all = [...ids];
    for (let at = 0; at < all.length; at += CHUNK) {
      const lines = database(IMPORT_ROWS)
        .whereIn('item', all.slice(at, at + CHUNK))
        .whereIn('state', [...ENDED]);
      await lines.update({ content: null, image_before: null, image_after: null, state: database.raw(KEEP) });
    }
  }
  await database(EXPORTS)
    .where({ segment, status: 'done' })
    .whereIn('collection', [...rows.keys()])
    .where('expires_at', '>', now)
    .update({ expires_at: now });
}
