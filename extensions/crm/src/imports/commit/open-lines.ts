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

/** Without those whose company's line is left out: what `openLinesOf` says, for lines at hand. */
async function withoutWaiting(database: Knex, id: string, lines: readonly StagedRow[]): Promise<StagedRow[]> {
  const leading = new Set(lines.flatMap(({ company_line: line }) => line ?? []));
  if (!leading.size) return [...lines];
  const rows: Pick<StagedRow, 'line' | 'state' | 'verdict'>[] = await database(IMPORT_ROWS)
    .where({ import: id })
    .whereIn('line', [...leading])
    .select('line', 'state', 'verdict');
  const going = rows.filter(({ state, verdict }) => state === 'done' || (state === 'staged' && OPEN.some((one) => one === verdict)));
  const free = new Set(going.map(({ line }) => line));
  return lines.filter(({ company_line: line }) => line === null || free.has(line));
}

/** Among so many line numbers the next ones are looked for: a plan that reads and sorts all that is left reads no more than these. */
const SPAN = 1000;

/**
 * The next of them. Four things keep a chunk from reading the whole import on PostgreSQL: the order is that of an index and says
 * no more than the index does, else all that is left is sorted; the lines of the companies are asked for by number, else they are all
 * put into one table in memory; it begins where the last chunk ended, for the index that is taken may not know what is
 * done; and it looks no further than some lines at once, for the planner may know nothing of the table. Before nothing is said to be
 * left, all are looked through once.
 */
export async function nextLinesOf(database: Knex, id: string, { most, from }: Take): Promise<StagedRow[]> {
  const open = (): Knex.QueryBuilder =>
    database(IMPORT_ROWS)
      .where({ import: id, state: 'staged' })
      .whereIn('verdict', [...OPEN]);
  let [first, isWhole] = [from, !from];
  for (;;) {
    const lines: StagedRow[] = await open()
      .whereBetween('line', [first, first + SPAN - 1])
      .orderBy('line')
      .limit(most);
    const free = await withoutWaiting(database, id, lines);
    if (free.length) return free;
    const isCut = lines.length === most;
    const next: unknown = isCut
      ? lines.at(-1)!.line + 1
      : (
          await open()
            .where('line', '>=', first + SPAN)
            .min({ line: 'line' })
        )[0]?.['line'];
    if (next === null && isWhole) return [];
    [first, isWhole] = next === null ? [0, true] : [Number(next), isWhole];
  }
}
