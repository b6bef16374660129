import { toPlain } from '../../kernel/text/plain.ts';
import { FileRefusal } from '../files/file-refusal.ts';
import type { Table } from '../files/open-table.ts';
import { refusedColumns, type ColumnPlan } from '../rules/guess-mapping.ts';

interface Surveying {
  /** The line of the headings. */
  header: number;
  plan: readonly ColumnPlan[];
  isExample(cells: readonly string[]): boolean;
  /** The most rows below the headings. */
  most: number;
  /** What the chosen segment is called. */
  segment: readonly (string | null)[];
}

/**
 * Looks through a table before its rows are staged, where that is worth it: a file that may hold too many rows is refused before
 * somebody waits for them (F29); and a column of segments that says nothing but the chosen one, as our own export has it, is left
 * out by itself (F32).
 *
 * @returns the plan as it is then.
 */
export async function surveyRows(table: Table, { header, plan, isExample, most, segment }: Surveying): Promise<ColumnPlan[]> {
  const open = new Set(refusedColumns(plan).map(({ column }) => column));
  if (table.atMost <= most && !open.size) return [...plan];
  const names = new Set(['', ...segment.flatMap((name) => (name ? [spelt(name)] : []))]);
  let rows = 0;
  for await (const batch of table.rows())
    for (const { line, cells } of batch) {
      if (line <= header || isExample(cells)) continue;
      rows += 1;
      if (rows > most) throw new FileRefusal('too_many_rows', { max: most });
      for (const column of open) if (!names.has(spelt(cells[column] ?? ''))) open.delete(column);
    }
  return plan.map((one) => (open.has(one.column) ? { column: one.column, header: one.header, ignored: 'own_segment' } : one));
}

const spelt = (text: string): string => toPlain(text).toLowerCase();
