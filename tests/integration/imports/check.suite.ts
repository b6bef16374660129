import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import { sheetFile } from '../../harness/table-files.ts';
import type { World } from '../access/world.ts';
import { csv, deskOf } from './desk.ts';

const CODE = '91350100M000100Y43';

/** What the dry run says of every row, before anything is written. */
export function checkSuite(world: () => World): void {
  const desk = (who: keyof World['as']) => deskOf(world().as[who]);

  test('IMP-1: a file is checked at once, with the line numbers of the file, and nothing is written yet', async () => {
    const before = await world().host.database('crm_customers').count({ rows: '*' }).first();
    const answer = await desk('repA1').send(
      csv(
        ['客户名称', '联系人', '手机', '行业'],
        ['第一有限公司', '李雷', '13855661234', '农业'],
        [],
        ['第二有限公司', '韩梅', '138001312', '不是行业'],
      ),
    );
    expect([answer.status, answer.body.status]).toEqual([201, 'checked']);
    const view = answer.body;
    expect(view.counts).toEqual({ total: 2, new: 1, update: 0, known: 0, suspect: 0, error: 1, done: 0 });
    expect(view.columns.map(({ header, target }) => [header, target])).toEqual([
      ['客户名称', 'name'],
      ['联系人', 'contact.name'],
      ['手机', 'contact.phone'],
      ['行业', 'industry'],
    ]);
    expect(view).toMatchObject({
      file_name: '客户.csv',
      reading: { type: 'csv', encoding: 'utf-8', delimiter: ',', certain: true },
      segment: { id: world().segment.a },
      owner: { id: world().id.repA1, name: 'repA1' },
      repeats: null,
      undo_until: null,
      can: { change: true, commit: true, cancel: false, undo: false, sample: false },
    });
    const { rows, clear } = await desk('repA1').rows(view.id);
    expect(clear).toBe(true);
    expect(rows.map(({ line, verdict, cells }) => [line, verdict, cells[2]])).toEqual([
      [2, 'new', '13855661234'],
      [4, 'error', '138001312'],
    ]);
    expect(rows[1]!.faults.map(({ name, header, reason }) => [name, header, reason])).toEqual([
      ['C', '手机', 'phone.length'],
      ['D', '行业', 'unknown_reference'],
    ]);
    expect(rows[1]!.faults[1]!.message).toMatch(/没有“不是行业”/u);
    expect(await world().host.database('crm_customers').count({ rows: '*' }).first()).toEqual(before);
  });

  test('IMP-2: an Excel table with a title above its headings, checked alike', async () => {
    const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const rows = `<row r="1">${cell('A1', '客户清单')}</row><row r="3">${cell('A3', 'Company name')}${cell('B3', 'Credit code')}</row><row r="5">${cell('A5', '第三有限公司')}${cell('B5', CODE)}</row>`;
    const view = await desk('repA1').bring(sheetFile(rows), { name: 'x.xlsx' });
    expect(view).toMatchObject({ counts: { total: 1, new: 1 }, reading: { type: 'xlsx', sheet: '客户', header_line: 3 } });
    expect((await desk('repA1').rows(view.id)).rows[0]).toMatchObject({ line: 5, verdict: 'new', cells: ['第三有限公司', CODE] });
  });

  describe('DQ-5: rows that stand here already', () => {
    const stored: Record<string, string> = {};
    const name = `重逢${randomUUID().slice(0, 4)}有限公司`;
    beforeAll(async () => {
      const create = async (who: 'repA1' | 'repA2' | 'repB', collection: string, row: Record<string, unknown>) =>
        (await world().create(who, collection, row)).id;
      stored['customer'] = await create('repA1', 'crm_customers', { name, uscc: CODE });
      stored['person'] = await create('repA1', 'crm_customers', { name: '王小二', kind: 'person', phone: '13700001111' });
      stored['others'] = await create('repA2', 'crm_customers', { name: `甲${name}` });
      stored['foreign'] = await create('repB', 'crm_customers', { name: `乙${name}`, phone: '13700009999', kind: 'person' });
      stored['contact'] = await create('repA1', 'crm_contacts', {
        name: '老张',
        customer: stored['customer'],
        phone: '13700002222',
        email: 'z@example.com',
      });
      stored['lead'] = await create('repA1', 'crm_leads', { title: '旧线索', phone: '13700003333' });
      const deal = { opportunity: await create('repA1', 'crm_opportunities', { title: '旧商机', customer: stored['customer'] }) };
      stored['order'] = await create('repA1', 'crm_orders', { number: 'HT-1', ...deal, amount: 5 });
    });
    const judge = async (who: keyof World['as'], kind: string, ...table: string[][]) => {
      const view = await desk(who).bring(csv(...table), { kind });
      return (await desk(who).rows(view.id)).rows.map((row) => ({
        line: row.line,
        verdict: row.verdict,
        by: row.matched_by,
        match: row.match?.id ?? null,
        suspects: row.suspects.map(({ id }) => id),
        reasons: row.faults.map(({ reason }) => reason),
        sameAs: row.same_as,
      }));
    };

    test('a credit code and a name are keys, a telephone raises a suspicion, in whatever form they come', async () => {
      const rows = await judge(
        'repA1',
        'customers',
        ['客户名称', '统一社会信用代码', '客户类型', '电话'],
        [`${name} `, '', '', ''],
        ['换了名称有限公司', ' 91350100m000100y43', '', ''],
        ['王二', '', '个人', '+86 137 0000 1111'],
        [`甲${name}`, '', '', ''],
        [`乙${name}`, '', '个人', '13700009999'],
      );
      expect(rows).toMatchObject([
        { verdict: 'update', by: 'name', match: stored['customer'] },
        { verdict: 'update', by: 'uscc', match: stored['customer'] },
        { verdict: 'suspect', suspects: [stored['person']] },
        // What others of the segment own, and what other segments have, a rep is not told of.
        { verdict: 'new', match: null, suspects: [] },
        { verdict: 'new', match: null, suspects: [] },
      ]);
    });

    test('ORG-2: whoever works for the segment meets all of its rows, and none of another one', async () => {
      const rows = await judge('adminA', 'customers', ['客户名称'], [`甲${name}`], [`乙${name}`]);
      expect(rows).toMatchObject([
        { verdict: 'update', match: stored['others'] },
        { verdict: 'new', match: null },
      ]);
    });

    test('contacts and leads by telephone and mail, orders by their number', async () => {
      const contacts = await judge(
        'repA1',
        'contacts',
        ['客户', '姓名', '手机', '邮箱'],
        [name, '张', '13700002222', ''],
        [CODE, '张', '', 'Z@Example.com'],
        ['不存在', '张', '', ''],
      );
      expect(contacts).toMatchObject([
        { verdict: 'suspect', suspects: [stored['contact']] },
        { verdict: 'suspect', suspects: [stored['contact']] },
        { verdict: 'error', reasons: ['unknown_customer'] },
      ]);
      expect(await judge('repA1', 'leads', ['线索主题', '电话'], ['新线索', '137 0000 3333'])).toMatchObject([
        { verdict: 'suspect', suspects: [stored['lead']] },
      ]);
      const orders = await judge('repA1', 'orders', ['订单号', '客户', '金额'], ['HT-1', name, '7'], ['HT-2', name, '8']);
      expect(orders).toMatchObject([{ verdict: 'update', by: 'number', match: stored['order'] }, { verdict: 'new' }]);
    });

    test('a new customer whose contact has the number or mail of a stored contact is a suspect, within the place of the importer', async () => {
      const head = ['客户名称', '联系人', '手机', '邮箱', '电话'];
      const rows = await judge(
        'repA1',
        'customers',
        head,
        ['换名一有限公司', '王五', '137 0000 2222', '', ''],
        ['换名二有限公司', '王五', '', 'Z@example.com', ''],
        ['换名三有限公司', '', '', '', '13700002222'],
        ['换名四有限公司', '王五', '13700002223', 'y@example.com', ''],
        [name, '老张', '13700002222', '', ''],
      );
      expect(rows).toMatchObject([
        { verdict: 'suspect', suspects: [stored['customer']] },
        { verdict: 'suspect', suspects: [stored['customer']] },
        { verdict: 'suspect', suspects: [stored['customer']] },
        { verdict: 'new', suspects: [] },
        { verdict: 'update', match: stored['customer'], suspects: [] },
      ]);
      // Nobody else's.
      expect(await judge('repA2', 'customers', head, ['换名五有限公司', '王五', '13700002222', '', ''])).toMatchObject([
        { verdict: 'new' },
      ]);
      // Another number of the stored contact is asked about before anything is written.
      expect(await judge('repA1', 'customers', head, [name, '老张', '13911112222', '', ''])).toMatchObject([
        { verdict: 'suspect', suspects: [stored['customer']] },
      ]);
      // Whoever brings all numbers behind a mask does not learn which one it is (SEC-5).
      const tried = Array.from({ length: 30 }, (_, at) => [
        `试号${at}有限公司`,
        '某人',
        `137${String(500 + at).padStart(4, '0')}2222`,
        '',
        '',
      ]);
      const last = await judge('repA1', 'customers', head, ...tried, ['试号有限公司', '某人', '13700002222', '', '']);
      // This one was told to them already; to somebody who has not asked before it is one too many.
      expect(last.at(-1)).toMatchObject({ verdict: 'suspect' });
      const others = await judge('adminA', 'customers', head, ...tried, ['试号有限公司', '某人', '13700002222', '', '']);
      expect(new Set(others.map(({ verdict }) => verdict))).toEqual(new Set(['new']));
    });

    test('SEC-5: whoever brings all numbers behind a mask does not learn which one it is', async () => {
      const row = (number: string) => [name, '某人', number];
      const tried = Array.from({ length: 40 }, (_, at) => row(`137${String(100 + at).padStart(4, '0')}2222`));
      const rows = await judge('adminA', 'contacts', ['客户', '姓名', '手机'], ...tried, row('13700002222'));
      expect(rows.filter(({ verdict }) => verdict !== 'new')).toEqual([]);
      // Nor in another file, nor by a line that is a suspect for another reason.
      expect(await judge('adminA', 'contacts', ['客户', '姓名', '手机'], row('13700002222'))).toMatchObject([{ verdict: 'new' }]);
      const both = await judge('adminA', 'contacts', ['客户', '姓名', '手机', '邮箱'], [...row('13700002222'), 'z@example.com']);
      expect(both).toMatchObject([{ verdict: 'suspect', suspects: [stored['contact']] }]);
      // Whoever was told of a number already is told again.
      expect(await judge('repA1', 'contacts', ['客户', '姓名', '手机'], row('13700002222'))).toMatchObject([{ verdict: 'suspect' }]);
    });

    test('IMP-4: back-entry of activities keeps the time of the segment at which they happened', async () => {
      const rows = await judge(
        'repA1',
        'activities',
        ['客户', '类型', '主题', '完成时间'],
        [name, '拜访', '停机期间拜访', '2026-11-20 14:30'],
        [name, '飞行', 'x', '明天'],
      );
      expect(rows.map(({ verdict, reasons }) => [verdict, reasons])).toEqual([
        ['new', []],
        ['error', ['not_a_choice', 'not_a_moment']],
      ]);
    });

    test('F32: what stands twice in one file is imported once; with other content it is an error that names the line', async () => {
      const rows = await judge(
        'repA1',
        'customers',
        ['客户名称', '地址'],
        ['孪生有限公司', '一'],
        ['孪生有限公司', '一'],
        ['孪生有限公司', '二'],
      );
      expect(rows.map(({ verdict, reasons, sameAs }) => [verdict, reasons, sameAs])).toEqual([
        ['new', [], null],
        ['known', [], 2],
        ['error', ['twice_in_file'], null],
      ]);
    });

    test('F32: a row that an import has made is known again, to those who can see what became of it', async () => {
      const table = csv(['客户名称', '地址'], ['早已导入有限公司', '一号']);
      const first = await desk('adminA').bring(table);
      const made = await world().create('repA2', 'crm_customers', { name: '早已导入有限公司', address: '一号' });
      // As the commit marks it.
      await world().host.database(IMPORT_ROWS).where({ import: first.id }).update({ state: 'done', item: made.id });
      await world().host.database(IMPORTS).where({ id: first.id }).update({ status: 'imported' });
      const again = await desk('adminA').bring(table);
      expect(again).toMatchObject({ counts: { known: 1, total: 1 }, repeats: { id: first.id }, can: { commit: false } });
      expect((await desk('adminA').rows(again.id)).rows[0]!.match?.id).toBe(made.id);
      // repA1 sees neither the import nor the row: to them it is new.
      expect(await desk('repA1').bring(table)).toMatchObject({ counts: { new: 1 }, repeats: null });
      expect(await desk('repA2').bring(table)).toMatchObject({ counts: { known: 1 }, repeats: null });
    });
  });
}
