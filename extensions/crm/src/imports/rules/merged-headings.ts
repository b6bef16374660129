import { readMerged } from './cell-text.ts';
import type { TableRow } from './file-fault.ts';

/**
 * The first rows of a table, where a heading that reaches down over several of them stands in each: tables with headings
 * for groups of columns join the cells of a column that belongs to no group, and its name then stands one row higher than
 * the others (IMP-2). Below the headings such a cell stays the fault that it is.
 */
export function withMergedHeadings(rows: readonly TableRow[]): TableRow[] {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  return rows.map((row) => {
    const cells = [...row.cells];
    for (const { column, reason, values } of row.faults ?? []) {
      const range = reason === 'merged' ? readMerged(String(values?.['range'])) : null;
      if (range?.left !== column || range.right !== column) continue;
      const text = byLine.get(range.top)?.cells[column];
      if (!text || cells[column]?.trim()) continue;
      while (cells.length < column) cells.push('');
      cells[column] = text;
    }
    return { ...row, cells };
  });
}
