import type { Knex } from '../../platform/api/host.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { WRITTEN, type StagedRow } from './import-record.ts';

/** Of these an import has something to do: rows to write, and rows to note as known. */
const OPEN = [...WRITTEN, 'known'] as const;

/**
 * The lines of an import that are to be worked on. A line that brings another contact of a company waits for the line that
 * brings the company: as long as that one is left out, suspected or with an error, the contact is not imported either (F32).
 */
export const openLinesOf = (database: Knex, id: string): Knex.QueryBuilder =>
  database(`${IMPORT_ROWS} as own`)
    .where({ 'own.import': id, 'own.state': 'staged' })
    .whereIn('own.verdict', [...OPEN])
    .andWhere(
      (free) =>
        void free.whereNull('own.company_line').orWhereExists(
          database(`${IMPORT_ROWS} as first`)
            .where({ 'first.import': id })
            .whereRaw('?? = ??', ['first.line', 'own.company_line'])
            .andWhere(
              (goes) =>
                void goes
                  .where({ 'first.state': 'done' })
                  .orWhere((next) => void next.where({ 'first.state': 'staged' }).whereIn('first.verdict', [...OPEN])),
            )
            .select(database.raw('1')),
        ),
    );

/** How many lines are taken at once, and from which number on all that came before are done with, as far as the run knows. */
export interface Take {
  most: number;
  from: number;
}

/** What was taken: how many lines, and the number from which the next ones are looked for. */
export interface Taken {
  lines: number;
  from: number;
}

export const taken = (lines: readonly StagedRow[], { from }: Take): Taken => ({
  lines: lines.length,
  from: lines.at(-1)?.line ?? from,
});

/**
 * The first of them. The order is that of an index and says no more than the index does: with a second column in it PostgreSQL
 * reads and sorts every line that is left, for each chunk. From where the last chunk ended, for it may take an index that does
 * not know the state, and read every line that is done; before nothing is said to be left, all are looked through once.
 */
export async function nextLinesOf(database: Knex, id: string, { most, from }: Take): Promise<StagedRow[]> {
  const next = (first: number): Promise<StagedRow[]> =>
    openLinesOf(database, id).where('own.line', '>=', first).orderBy('own.line').limit(most).select('own.*');
  const lines = await next(from);
  return lines.length || !from ? lines : next(0);
}
