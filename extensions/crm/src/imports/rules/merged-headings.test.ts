import { expect, test } from 'vitest';
import type { TableRow } from './file-fault.ts';
import { withMergedHeadings } from './merged-headings.ts';

const covered = (column: number, range: string) => ({ column, reason: 'merged' as const, values: { range } });

test('IMP-2: a heading that reaches down over two rows stands in both, one that reaches to the right in its first cell only', () => {
  const rows: TableRow[] = [
    { line: 2, cells: ['客户名称', '联系人信息', '', '备注'], faults: [covered(2, 'B2:C2')] },
    { line: 3, cells: ['', '姓名', '手机'], faults: [covered(0, 'A2:A3'), covered(3, 'D2:D3')] },
  ];
  expect(withMergedHeadings(rows).map(({ cells }) => cells)).toEqual([rows[0]!.cells, ['客户名称', '姓名', '手机', '备注']]);
});

test('IMP-2: what stands in the cell itself stays, and so does a row whose first cell is not there', () => {
  const rows: TableRow[] = [
    { line: 5, cells: ['', '手机'], faults: [covered(0, 'A1:A5')] },
    { line: 6, cells: ['客户', '电话'], faults: [covered(1, 'B5:B6'), { column: 0, reason: 'formula_error' }] },
  ];
  expect(withMergedHeadings(rows).map(({ cells }) => cells)).toEqual(rows.map(({ cells }) => cells));
});
