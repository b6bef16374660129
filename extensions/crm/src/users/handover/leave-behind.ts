import { among } from '../../platform/api/among.ts';
import type { Knex } from '../../platform/api/host.ts';
import { leaveNothingBehind, type Leaving } from '../../segments/index.ts';
import type { GivenRows } from './ports.ts';
import type { Entry } from './record.ts';

const COMMENTS = 'directus_comments';
const SIGNED = ['user_created', 'user_updated'] as const;

interface Signed {
  id: string;
  user_created: string | null;
  user_updated: string | null;
}

/** Who wrote comments on the rows. */
async function signaturesOn(database: Knex, rows: GivenRows): Promise<Signed[]> {
  const found: Signed[] = [];
  if (!(await database(COMMENTS).whereNotNull('user_created').first('id'))) return found;
  for (const [collection, ids] of rows)
    found.push(
      ...(await database(COMMENTS)
        .where({ collection })
        .andWhere(among(database, 'item', [...ids]))
        .whereNotNull('user_created')
        .orderBy('id')
        .select('id', ...SIGNED)),
    );
  return found;
}

/**
 * Lets nothing of the rows stay with whoever no longer sees them (Q1); gives the signatures of comments that went, which an undo
 * writes back. Notes in inboxes and what was opened last are gone for good.
 */
export async function leaveBehind(database: Knex, leaving: Leaving, given: GivenRows): Promise<Entry[]> {
  const rows = new Map([...given].filter(([collection, ids]) => collection !== 'directus_files' && ids.size));
  const before = await signaturesOn(database, rows);
  await leaveNothingBehind(database, leaving, rows);
  if (!before.length) return [];
  const lost: string[] = await database(COMMENTS)
    .where(
      among(
        database,
        'id',
        before.map(({ id }) => id),
      ),
    )
    .whereNull('user_created')
    .pluck('id');
  const gone = new Set(lost);
  return before
    .filter(({ id }) => gone.has(id))
    .flatMap((one) =>
      SIGNED.filter((field) => one[field] !== null).map((field) => ({
        ...{ rule: null, collection: COMMENTS, item: one.id, field, before: one[field], after: null, state: 'done' as const },
      })),
    );
}
