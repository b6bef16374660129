import type { Merged } from './cell-text.ts';
import type { CellFault } from './file-fault.ts';

/** Ranges that may lie over one row; a table with more is no table. */
const MOST_OVER_A_ROW = 1000;

/** The cells of a row that lie under merged blocks, or why no program would have written such blocks. */
export type Covered = readonly CellFault[] | 'too_many' | 'overlap';

/**
 * Finds, row by row downwards, the cells that lie under a merged block but are not its first: a program shows them with a
 * value that the file does not hold, and whether it was meant for each of them nobody can tell (F31). No cell lies under two
 * blocks, so a row has no more faults than columns, and rows under the same blocks share them (F30).
 *
 * @param columns how wide a table may be; cells beyond are not named.
 */
export function coveredCells(ranges: readonly Merged[], columns: number): (row: number) => Covered {
  const waiting = [...ranges].sort((one, other) => other.top - one.top);
  /** The blocks over the row, from left to right. */
  let over: Merged[] = [];
  let shared: readonly CellFault[] | null = null;

  function cover(block: Merged): boolean {
    const behind = over.findIndex(({ left }) => left > block.left);
    const at = behind < 0 ? over.length : behind;
    if ((over[at - 1]?.right ?? -1) >= block.left || (over[at]?.left ?? Infinity) <= block.right) return false;
    over.splice(at, 0, block);
    return true;
  }

  return (row) => {
    if (over.some(({ bottom }) => bottom < row)) [over, shared] = [over.filter(({ bottom }) => bottom >= row), null];
    while (waiting.length && waiting.at(-1)!.top <= row) {
      const next = waiting.pop()!;
      if (next.bottom < row) continue;
      if (!cover(next)) return 'overlap';
      if (over.length > MOST_OVER_A_ROW) return 'too_many';
      shared = null;
    }
    shared ??= over.flatMap((block) => coveredIn(block, row, columns));
    const faults = shared;
    // Below its first row a block hides its first column too.
    if (over.some(({ top }) => top === row)) shared = null;
    return faults;
  };
}

function coveredIn({ top, left, right, name }: Merged, row: number, columns: number): CellFault[] {
  const faults: CellFault[] = [];
  const values = { range: name };
  for (let column = row === top ? left + 1 : left; column <= right && column < columns; column += 1)
    faults.push({ column, reason: 'merged', values });
  return faults;
}
