import type { TableRow } from './file-fault.ts';
import { guessMapping } from './guess-mapping.ts';
import type { ImportKind } from './targets.ts';
import type { Words } from './words.ts';

/** How many rows of a table may stand above its headings: titles, dates of issue, notes. */
export const HEADER_WITHIN = 20;

/**
 * The row with the headings: the one of the first rows whose cells name the most fields. Titles above it are skipped, also
 * where one of their words is a heading. Null where no row names any field; the user then says which row it is.
 */
export function findHeader(rows: readonly TableRow[], kind: ImportKind, words: Words): TableRow | null {
  let best: TableRow | null = null;
  let most = 0;
  for (const row of rows.slice(0, HEADER_WITHIN)) {
    const known = guessMapping(kind, row.cells, words).filter((plan) => 'target' in plan).length;
    if (known > most) [best, most] = [row, known];
  }
  return best;
}
