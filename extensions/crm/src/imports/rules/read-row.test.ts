import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../../../../schema-snapshots/words.ts';
import { normalise } from '../../customers/index.ts';
import { toPlain } from '../../kernel/text/plain.ts';
import { rowFaultText } from '../locale/row-texts.ts';
import type { CellFault } from './file-fault.ts';
import { guessMapping } from './guess-mapping.ts';
import { rowReader, type ReadRow } from './read-row.ts';
import { toSafeCell, toSheetCell } from './safe-cell.ts';
import type { ImportKind } from './targets.ts';

const words = fieldWords();
const now = new Date('2026-11-22T10:00:00Z');
const timeZone = 'Asia/Shanghai';

function read(kind: ImportKind, table: Record<string, string>, faults: CellFault[] = []): ReadRow {
  const headers = Object.keys(table);
  return rowReader({ kind, plan: guessMapping(kind, headers, words), words, now, timeZone })({
    line: 7,
    cells: Object.values(table),
    faults,
  });
}
const faultsOf = ({ faults }: ReadRow) => faults.map(({ column, reason }) => [column, reason]);
/** One field of a table of customers, beside the name that every row needs. */
const field = (header: string, cell: string) => read('customers', { 客户名称: '北京甲有限公司', [header]: cell });

describe('IMP-1, DQ-6: a row of a file gets the values that the form would store', () => {
  test('a customer with its contact, in the words of a spreadsheet', () => {
    const row = read('customers', {
      客户名称: ' 北京甲(集团)有限公司 ',
      客户类型: '企业',
      客户分类: '重点客户',
      客户等级: 'Ａ级',
      手机: '138 0013 8000',
      联系人: '张 三',
      决策人: '√',
      电子邮箱: 'Zhang@Example.com',
      '年营业额（万元）': '1,234.5',
      员工人数: '３００人',
      最近核实日期: '2026/1/5 0:00',
      网站: '无',
      业务员: '李四',
      所属行业: 'I65',
      标签: '大客户、意向',
    });
    expect(row.faults).toEqual([]);
    expect(row.values).toEqual({
      crm_customers: {
        name: '北京甲（集团）有限公司',
        kind: 'company',
        class: 'key',
        grade: 'A',
        annual_revenue: 12_345_000,
        employees: '300',
        last_verified_on: '2026-01-05',
      },
      crm_contacts: { phone: '13800138000', name: '张三', is_decision_maker: true, email: 'zhang@example.com' },
    });
    expect(row.lookups.map(({ target, text }) => [target.key, text])).toEqual([
      ['owner', '李四'],
      ['industry', 'I65'],
      ['tags', '大客户、意向'],
    ]);
  });

  test('activities carry their true times, in the zone of the segment', () => {
    const row = read('activities', { 客户: '北京甲', 跟进方式: 'Visit', 主题: '拜访', 拜访日期: '2026-11-20 14:30' });
    expect(row.values).toEqual({ crm_activities: { type: 'visit', subject: '拜访', done_at: '2026-11-20T06:30:00.000Z' } });
    const abroad = read('activities', { 跟进方式: 'Visit', 主题: '拜访', '拜访日期（UTC+1）': '2026-11-20 14:30' });
    expect(abroad.values).toMatchObject({ crm_activities: { done_at: '2026-11-20T13:30:00.000Z' } });
    expect(faultsOf(read('activities', { 跟进方式: '电话', 主题: 'x', 拜访日期: '2026-12-20 14:30' }))).toEqual([[2, 'not_yet']]);
    // What it is called the form says too; of a row that says nothing at all nobody could.
    expect(faultsOf(read('activities', { 客户: '北京甲', 跟进方式: '', 主题: '' }))).toEqual([]);
    expect(faultsOf(read('activities', { 客户: '', 跟进方式: '', 主题: '' }))).toEqual([[2, 'missing']]);
  });

  test('a unit beside a number counts instead of the one in the heading', () => {
    const revenue = (cell: string) => field('年营业额（万元）', cell).values['crm_customers']?.['annual_revenue'];
    expect(['30', '30元', '30万', '3千万元', '1.5亿', '¥30'].map(revenue)).toEqual([
      300_000, 30, 300_000, 30_000_000, 150_000_000, 300_000,
    ]);
    expect(faultsOf(field('年营业额', '30%'))).toEqual([[1, 'not_a_number']]);
    expect(faultsOf(field('年营业额', '$30'))).toEqual([[1, 'not_a_number']]);
    expect(field('员工人数（万）', '1.2').values['crm_customers']).toMatchObject({ employees: '12000' });
  });

  test("F21: the numbers of somebody's own orders come back as an export wrote them", () => {
    const number = (cell: string) => read('orders', { 客户名称: '北京甲', 订单号: cell }).values['crm_orders']?.['number'];
    for (const text of ['1.5e10', '="ABC"', "'A1", "'=A1", '=A1', '2E5', '+86'])
      for (const cell of [toSafeCell(text), toSheetCell(text)]) expect(number(cell)).toBe(text);
    fc.assert(
      fc.property(fc.stringMatching(/^[=+@'"A-Z0-9.()e-]{1,12}$/u), (text) => {
        const { row, faults } = normalise('crm_orders', { number: text }, now);
        fc.pre(!faults.length && !/^(?:-|--|NA)$|E[+-]\d{2,3}$/u.test(text));
        for (const cell of [toSafeCell(text), toSheetCell(text)]) expect(number(cell)).toBe(row['number']);
      }),
    );
  });

  test('an empty cell says nothing, and so do the words for nothing', () => {
    for (const cell of ['', '  ', '/', '-', '无', 'N/A', '暂无', 'NULL', '——'])
      expect(field('电话', cell).values['crm_customers']).toEqual({ name: '北京甲有限公司' });
    expect(field('合作历史', '无').values['crm_customers']).toMatchObject({ cooperation_history: '无' });
  });

  test('what an export has made safe, and what other programs made of long numbers, comes back', () => {
    expect(field('电话', toSafeCell('+85221234567')).values['crm_customers']).toMatchObject({ phone: '+85221234567' });
    expect(field('电话', "'13800138000").values['crm_customers']).toMatchObject({ phone: '13800138000' });
    expect(field('地址', toSafeCell('=SUM(A1)')).values['crm_customers']).toMatchObject({ address: '=SUM(A1)' });
  });

  test('for every text the stored value is the one of the form, or both refuse it', () => {
    const headers = ['统一社会信用代码', '电话', '邮政编码', '网站', '地址', '最近核实日期'];
    const names = ['uscc', 'phone', 'postcode', 'website', 'address', 'last_verified_on'];
    const plan = guessMapping('customers', ['客户名称', ...headers], words);
    const readOne = rowReader({ kind: 'customers', plan, words, now, timeZone });
    const typed = fc
      .oneof(fc.string(), fc.stringMatching(/^[0-9+()（）０-９ -]{5,16}$/u), fc.stringMatching(/^[a-z0-9.:/@-]{3,20}$/u))
      // What spreadsheets and exports put before a text is taken off; another test says how.
      .filter((text) => !/^['=]/u.test(toPlain(text)));
    fc.assert(
      fc.property(fc.nat({ max: names.length - 1 }), typed, (at, text) => {
        const name = names[at]!;
        const cells = ['北京甲有限公司', ...names.map((_, place) => (place === at ? text : ''))];
        const row = readOne({ line: 1, cells });
        const form = normalise('crm_customers', { [name]: text }, now);
        const stored = row.values['crm_customers']?.[name];
        // Words for nothing, long numbers in scientific form and days with a time are the import's own business.
        if (stored !== undefined && !row.faults.length && !form.faults.length) expect(stored).toEqual(form.row[name]);
        if (form.faults.length) expect(row.faults.length > 0 || stored === undefined || name === 'last_verified_on').toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('F31, IMP-1: what cannot be right is a named fault at its column', () => {
  test.each([
    ['电话', '1.38E+10', 'spreadsheet_number'],
    ['统一社会信用代码', '9.13501E+17', 'spreadsheet_number'],
    ['年营业额', '1.2E+07', 'spreadsheet_number'],
    ['电话', '13800138000/010-65588888', 'phone.several'],
    ['电话', '65588888', 'phone.area_code'],
    ['统一社会信用代码', '91350100M000100Y44', 'credit_code.check_digit'],
    ['邮政编码', '12345', 'postcode.shape'],
    ['客户等级', 'S级', 'not_a_choice'],
    ['年营业额', '1,5', 'not_a_number'],
    ['年营业额', '约一百万', 'not_a_number'],
    ['年营业额', '-5', 'negative'],
    ['年营业额', '99999999999999', 'out_of_range'],
    ['员工人数', '12.5', 'not_a_number'],
    ['最近核实日期', '45658', 'date.shape'],
    ['最近核实日期', '2026-02-30', 'date.no_such_day'],
    ['简称', 'x'.repeat(200), 'too_long'],
    ['地址', 'a\u0000b', 'unstorable'],
  ])('%s: %s is %s', (header, cell, reason) => {
    const row = field(header, cell);
    expect(faultsOf(row)).toEqual([[1, reason]]);
    expect(rowFaultText(row.faults[0]!, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    for (const language of ['zh-CN', 'en-US'] as const) expect(rowFaultText(row.faults[0]!, language)).not.toMatch(/[{}]|undefined/u);
  });

  test("a choice that does not exist is told which ones do, in the reader's language", () => {
    const [fault] = field('客户等级', 'S级').faults;
    expect(rowFaultText(fault!, 'zh-CN')).toBe('“S级”不是可选项。请填写其中之一：A 级、B 级、C 级。');
    expect(rowFaultText(fault!, 'en-US')).toBe('“S级” is no choice. Write one of: A, B, C.');
  });

  test('what the file itself could not say is a fault of the row, not an empty value', () => {
    const row = read('customers', { 客户名称: '北京甲有限公司', 电话: '' }, [{ column: 1, reason: 'merged', values: { range: 'B5:B7' } }]);
    expect(row.faults).toEqual([{ column: 1, target: 'phone', reason: 'merged', values: { range: 'B5:B7' } }]);
    expect(read('customers', { 客户名称: '北京甲有限公司', 谁知道: 'x' }, [{ column: 1, reason: 'damaged_text' }]).faults).toEqual([]);
  });

  test('what a row cannot do without is named', () => {
    expect(faultsOf(read('customers', { 客户名称: '', 电话: '13800138000' }))).toEqual([[0, 'missing']]);
    expect(faultsOf(read('customers', { 电话: '13800138000' }))).toEqual([[null, 'missing']]);
    expect(faultsOf(read('customers', { 客户名称: '北京甲', 联系人: '', 手机: '13800138000' }))).toEqual([[1, 'missing']]);
    expect(faultsOf(read('orders', { 客户名称: '北京甲', 订单号: '' }))).toEqual([[1, 'missing']]);
  });

  test('content behind the last heading is a fault: every cell may be one off', () => {
    const plan = guessMapping('customers', ['客户名称', '地址'], words);
    const row = rowReader({ kind: 'customers', plan, words, now, timeZone })({ line: 3, cells: ['北京甲', '朝阳区', '3层'] });
    expect(row.faults).toEqual([{ column: 2, target: null, reason: 'no_header' }]);
  });

  test('sums and repeated headings are no records; what only begins so is one', () => {
    for (const total of ['合计', ' 小 计：', '总计', '本页小计', 'Total', 'Grand total:', 'SUBTOTAL'])
      expect(faultsOf(read('customers', { 客户名称: total, 年营业额: '100' }))).toEqual([[null, 'no_record']]);
    expect(faultsOf(read('leads', { 线索主题: '合计', 公司名称: '甲' }))).toEqual([[null, 'no_record']]);
    for (const name of ['合计软件有限公司', 'Total Energies', '总计'.repeat(2)])
      expect(faultsOf(read('customers', { 客户名称: name }))).toEqual([]);
    expect(faultsOf(read('customers', { 客户名称: '甲有限公司', 首次需求: '合计' }))).toEqual([]);
    expect(faultsOf(read('customers', { 客户名称: '客户名称', 地址: '地址' }))).toEqual([[null, 'no_record']]);
    expect(faultsOf(read('customers', { 客户名称: 'Customer name', 地址: 'Address' }))).toEqual([[null, 'no_record']]);
    expect(faultsOf(read('customers', { 客户名称: '电话' }))).toEqual([[null, 'no_record']]);
    expect(faultsOf(read('leads', { 线索主题: '需求' }))).toEqual([]);
    expect(faultsOf(read('customers', { 客户名称: '客户名称', 地址: '某路' }))).toEqual([]);
  });
});
