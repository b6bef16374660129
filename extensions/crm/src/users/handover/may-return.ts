import type { Work } from './give-chunk.ts';
import type { JournalRow } from './record.ts';
import { isInScope } from './rules/parties.ts';

const COMMENTS = 'directus_comments';

/**
 * Whether an undo may write back what a tree let go of, which takes that the rows are the person's again: an organisation is below
 * another one of the same owner only, a signature stands where its record is back, and the answer to assigned work comes back with
 * the work or not at all.
 */
export async function mayReturn({ database, handover, scope }: Work, { collection, item, field, before }: JournalRow): Promise<boolean> {
  if (collection === COMMENTS) {
    const comment = await database(COMMENTS).where({ id: item }).first('collection', 'item');
    const record = comment && (await database(comment.collection).where({ id: comment.item }).first('owner'));
    return record?.owner === handover.from;
  }
  if (collection !== 'crm_customers' || field !== 'parent') return false;
  const rows: { segment: string }[] = await database('crm_customers')
    .whereIn('id', [item, before!])
    .where({ owner: handover.from })
    .select('segment');
  return rows.length === 2 && rows[0]!.segment === rows[1]!.segment && rows.every(({ segment }) => isInScope(scope, segment));
}
