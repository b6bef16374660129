import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { findSubject } from '../../privacy/index.ts';
import { IMPORTS } from '../staging.ts';
import { readingOf, type ImportRow } from '../store/import-row.ts';

/** How many imports of the same kind are looked through for what the user said about a heading. */
const LOOKED_THROUGH = 20;

/**
 * What the importer has said about headings in earlier imports of this kind (IMP-2); the latest word counts. It stands sealed
 * where it was said, so there is no second place in which headings lie.
 */
export async function rememberedChoices(
  database: Knex,
  ring: Keyring,
  { id, owner, kind }: Pick<ImportRow, 'id' | 'owner' | 'kind'>,
): Promise<Map<string, string | null>> {
  const rows: ImportRow[] = await database(IMPORTS)
    .where({ owner, kind })
    .whereNot({ id })
    .orderBy('date_created', 'desc')
    .limit(LOOKED_THROUGH)
    .select('id', 'settings');
  const remembered = new Map<string, string | null>();
  for (const row of rows) {
    const subject = await findSubject(database, ring, { collection: IMPORTS, item: row.id });
    if (!subject.accepted) continue;
    for (const [header, target] of readingOf(row, subject.value).choices) if (!remembered.has(header)) remembered.set(header, target);
  }
  return remembered;
}
