import { describe, expect, test } from 'vitest';
import type { Table } from '../files/open-table.ts';
import type { ColumnPlan } from '../rules/guess-mapping.ts';
import { surveyRows } from './survey-rows.ts';

/** A table that says how often it was gone through. */
function tableOf(cells: readonly string[][], atMost = cells.length) {
  const seen = { batches: 0 };
  async function* rows() {
    for (const [at, one] of cells.entries()) {
      seen.batches += 1;
      yield await Promise.resolve([{ line: at + 1, cells: [...one] }]);
    }
  }
  const table: Table = { kind: 'csv', encoding: 'utf-8', bom: false, certain: true, delimiter: ',', atMost, rows };
  return { table, seen };
}

const plan: ColumnPlan[] = [
  { column: 0, header: '客户名称', target: 'name', factor: 1 },
  { column: 1, header: '版块 (segment)', ignored: 'segment' },
];
const asked = {
  header: 1,
  plan,
  isExample: (cells: readonly string[]) => cells[0] === '示例',
  most: 3,
  segment: ['id-a', 't-a', '甲版块'],
};
const ignoredIn = (columns: readonly ColumnPlan[]) => columns.flatMap((one) => ('ignored' in one ? [one.ignored] : []));

describe('F29: a table that may hold too many rows is gone through before one of them is staged', () => {
  const names = (count: number) => [['客户名称'], ...Array.from({ length: count }, (_, at) => [`第${at}号`])];
  const free = { ...asked, plan: plan.slice(0, 1) };

  test('one row too many ends it there; headings and examples are none', async () => {
    const { table, seen } = tableOf([...names(3), ['示例'], ['多出'], ['再多'], ['还多']]);
    await expect(surveyRows(table, free)).rejects.toMatchObject({ fault: { reason: 'too_many_rows', values: { max: 3 } } });
    expect(seen.batches).toBe(6);
    await expect(surveyRows(tableOf([...names(3), ['示例']]).table, free)).resolves.toEqual(free.plan);
  });

  test('a file too small for that is not gone through', async () => {
    const { table, seen } = tableOf(names(3), 3);
    await surveyRows(table, free);
    expect(seen.batches).toBe(0);
  });
});

describe('F32: a column of segments', () => {
  const of = (...cells: string[]) =>
    surveyRows(tableOf([['客户名称', '版块 (segment)'], ...cells.map((cell) => ['x', cell])], 0).table, asked);

  test('that says nothing but the chosen one, by name or code, is left out by itself', async () => {
    expect(ignoredIn(await of('甲版块', '', ' T-A '))).toEqual(['own_segment']);
  });

  test('that names another one once is refused as before', async () => {
    expect(ignoredIn(await of('甲版块', '乙版块', '甲版块'))).toEqual(['segment']);
  });
});
