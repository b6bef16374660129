import { describe, expect, test } from 'vitest';
import { LONG_TEXT, oddWorkbook } from '../../harness/odd-workbook.ts';
import type { World } from '../access/world.ts';
import { deskOf } from './desk.ts';

/** What each column is read as, from A: a target, or why it is left out. */
const COLUMNS = [
  ...['unknown', 'name', 'uscc', 'kind', 'industry', 'region', 'address', 'postcode', 'phone', 'website'],
  ...['employees', 'annual_revenue', 'grade', 'class', 'source', 'needs', 'cooperation_history', 'last_verified_on', 'tags', 'owner'],
  ...['contact.name', 'contact.position', 'contact.phone', 'contact.email', 'contact.wechat', 'contact.is_decision_maker'],
  ...['contact.hobbies', 'contact.notes', 'twice', 'no_header', 'unknown', 'unknown', 'kept_by_server', 'twice', 'unknown', 'unknown'],
  ...['unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
];

/** A table of forty-one columns as offices keep them (IMP-2, F31). */
export function spreadsheetSuite(world: () => World): void {
  describe('a spreadsheet of an office', () => {
    const desk = () => deskOf(world().as.adminA);
    const bring = () => desk().bring(oddWorkbook('repA1@example.com'), { name: '客户汇总.xlsx' });

    test('IMP-2: its headings are found below the title, over joined cells, and each column is told', async () => {
      const view = await bring();
      expect(view.refusal).toBeNull();
      expect(view.reading).toMatchObject({ type: 'xlsx', sheet: '客户', header_line: 3 });
      expect(view.columns.map(({ target, ignored }) => target ?? ignored)).toEqual(COLUMNS);
      expect(view.columns[6]!.header).toBe('单位 地址');
      expect(view.columns[28]!.note).toContain('I');
    });

    test('F31: its rows are read as a person reads them, and what cannot be meant is named cell by cell', async () => {
      const view = await bring();
      expect(view.counts).toMatchObject({ total: 5, new: 3, error: 2 });
      const { rows } = await desk().rows(view.id);
      expect(rows.map(({ line, verdict }) => [line, verdict])).toEqual([
        [4, 'new'],
        [5, 'error'],
        [6, 'new'],
        [8, 'new'],
        [9, 'error'],
      ]);
      const [good, bad, scientific, , merged] = rows;
      const said = (cells: readonly string[], ...columns: number[]) => columns.map((column) => cells[column]);
      expect(said(good!.cells, 1, 4, 5, 6, 7, 10, 11)).toEqual([
        '杭州表格科技有限公司',
        '65',
        '杭州',
        '文三路 100 号\n三楼',
        '010020',
        '120',
        '1250.5',
      ]);
      expect(said(good!.cells, 15, 17, 22, 25, 30, 31, 32, 34)).toEqual([
        LONG_TEXT,
        '2025-01-01',
        '13866668000',
        'TRUE',
        '15.3%',
        '99999.5',
        '2025-01-01 18:00:00',
        '49999.75',
      ]);
      expect(said(scientific!.cells, 17, 22, 25)).toEqual(['2025-02-01', '13900139000', 'FALSE']);
      expect(bad!.faults.map(({ name, reason }) => [name, reason]).sort()).toEqual([
        ['E', 'formula_error'],
        ['H', 'postcode.shape'],
        ['L', 'formula_error'],
        ['M', 'not_a_choice'],
        ['W', 'spreadsheet_number'],
        ['Z', 'not_yes_no'],
      ]);
      expect(merged!.faults.map(({ name, reason }) => [name, reason])).toEqual([['G', 'merged']]);
    });

    test('IMP-1: what is good of it is imported as the form would store it', async () => {
      const { id } = await bring();
      const { client } = desk();
      expect((await client.request('POST', `/crm/imports/${id}/commit`, {})).status).toBeLessThan(300);
      for (let tried = 0; (await desk().view(id)).body.status === 'importing' && tried < 200; tried += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      const { database } = world().host;
      const stored = await database('crm_customers').where({ name: '杭州表格科技有限公司' }).first();
      expect(stored).toMatchObject({
        ...{ uscc: '91330106MA27Y3K677', kind: 'company', class: 'key', grade: 'A', postcode: '010020', employees: 120 },
        ...{ owner: world().id.repA1, needs: LONG_TEXT, phone: '0571-88886666' },
      });
      expect(Number(stored.annual_revenue)).toBe(12_505_000);
      const contact = await database('crm_contacts').where({ customer: stored.id }).first();
      expect(contact).toMatchObject({ name: '李雷', position: '采购经理', phone: '138****8000', notes: '第一行\n第二行' });
      expect(Boolean(contact.is_decision_maker)).toBe(true);
      expect(await database('crm_customers').where({ name: '杭州合并贸易有限公司' }).first('address')).toEqual({ address: '共用的地址' });
    });
  });
}
