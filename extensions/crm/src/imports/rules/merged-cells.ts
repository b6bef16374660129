import type { Merged } from './cell-text.ts';
import type { CellFault } from './file-fault.ts';

/** Ranges that may lie over one row; a table with more is no table. */
export const MOST_OVER_A_ROW = 1000;

/**
 * Finds, row by row downwards, the cells that lie under a merged block but are not its first: a program shows them with a
 * value that the file does not hold, and whether it was meant for each of them nobody can tell (F31).
 *
 * @returns null where a single row lies under more blocks than any table has.
 */
export function coveredCells(ranges: readonly Merged[]): (row: number) => CellFault[] | null {
  const waiting = [...ranges].sort((one, other) => other.top - one.top);
  let over: Merged[] = [];
  return (row) => {
    if (over.length) over = over.filter(({ bottom }) => bottom >= row);
    while (waiting.length && waiting.at(-1)!.top <= row) {
      const next = waiting.pop()!;
      if (next.bottom >= row) over.push(next);
      if (over.length > MOST_OVER_A_ROW) return null;
    }
    return over.flatMap((range) => coveredIn(range, row));
  };
}

/** No table is wider; a block over a whole row of the program's grid names its first columns only. */
const WIDEST = 200;

function coveredIn({ top, left, right, name }: Merged, row: number): CellFault[] {
  const faults: CellFault[] = [];
  for (let column = row === top ? left + 1 : left; column <= Math.min(right, WIDEST); column += 1) {
    faults.push({ column, reason: 'merged', values: { range: name } });
  }
  return faults;
}
