import { columnName } from '../../extensions/crm/src/imports/rules/cell-text.ts';
import { workbookParts, zipOf } from './workbook-file.ts';

/** What stands in a cell: a text, a number in a format, a formula with its saved value, an error, true or false, rich text. */
type Cell =
  | string
  | null
  | boolean
  | { number: number | string; format?: keyof typeof FORMATS }
  | { formula: string; value: string | number }
  | { error: string }
  | { rich: readonly string[] };

const FORMATS = {
  day: 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;',
  percent: '0.00%',
  money: '[$¥-804]#,##0.00',
  account: '_ &quot;¥&quot;* #,##0.00_ ;_ &quot;¥&quot;* \\-#,##0.00_ ;_ &quot;¥&quot;* &quot;-&quot;??_ ;_ @_ ',
  six: '000000',
  scientific: '0.00E+00',
  moment: 'yyyy/m/d h:mm;@',
} as const;
const STYLES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '&#10;');
const text = (value: string) => `<t xml:space="preserve">${escaped(value)}</t>`;

function cellXml(ref: string, cell: Cell): string {
  if (cell === null) return `<c r="${ref}" s="1"/>`;
  if (typeof cell === 'string') return `<c r="${ref}" t="inlineStr"><is>${text(cell)}</is></c>`;
  if (typeof cell === 'boolean') return `<c r="${ref}" t="b"><v>${Number(cell)}</v></c>`;
  if ('rich' in cell)
    return `<c r="${ref}" t="inlineStr"><is>${cell.rich.map((run) => `<r><rPr><b/></rPr>${text(run)}</r>`).join('')}</is></c>`;
  if ('error' in cell) return `<c r="${ref}" t="e"><f>VLOOKUP(A1,X:Y,2,0)</f><v>${cell.error}</v></c>`;
  if ('formula' in cell) {
    const type = typeof cell.value === 'string' ? ' t="str"' : '';
    return `<c r="${ref}"${type}><f>${escaped(cell.formula)}</f><v>${escaped(String(cell.value))}</v></c>`;
  }
  return `<c r="${ref}" s="${cell.format ? STYLES.indexOf(cell.format) + 1 : 0}"><v>${cell.number}</v></c>`;
}

const rowXml = (line: number, cells: readonly Cell[]): string =>
  `<row r="${line}">${cells.map((cell, at) => cellXml(`${columnName(at)}${line}`, cell)).join('')}</row>`;

const GOOD = 'A4';
/** Headings of the third row; what stands over them in the second reaches down over A and B. */
const HEADINGS: readonly string[] = [
  ...['', '', '统一社会信用代码', '客户类型', '所属行业', '地区', '单位\n地址', '邮编', '电话', '网址'],
  ...['员工人数（人）', '年营业额（万元）', '客户等级', '客户分类', '来源', '首次需求', '合作情况', '最近核实日期', '标签', '负责人'],
  ...['联系人', '职务', '手机', '电子邮箱', '微信', '是否决策人', '爱好', '备注', '电话', ''],
  ...['同比增长', '合同金额', '创建时间', '备注', '应收余额', '内部评分', '传真', 'QQ', '开户行', '税率', '账号'],
];
const WIDTH = HEADINGS.length;
const EMPTY: readonly Cell[] = Array.from({ length: WIDTH + 2 }, () => null);

export const LONG_TEXT = '需要一套能管理供应商、合同与付款的系统。'.repeat(150);

/** The rows below the headings; columns that are not named are empty and formatted. */
function rowsBelow(owner: string): Map<number, Record<string, Cell>> {
  return new Map<number, Record<string, Cell>>([
    [
      4,
      {
        ...{ A: { number: 1 }, B: { rich: ['杭州', '表格', '科技有限公司'] }, C: '91330106MA27Y3K677', D: '企业', E: { number: 65 } },
        ...{ F: { formula: 'VLOOKUP(B4,X:Y,2,0)', value: '杭州' }, G: '文三路 100 号\n三楼', H: { number: 10020, format: 'six' } },
        ...{
          I: '0571-88886666',
          J: 'www.example.com',
          K: { number: 120 },
          L: { number: 1250.5, format: 'account' },
          M: 'A级',
          N: '重点客户',
        },
        ...{ P: LONG_TEXT, Q: '2019 年起', R: { number: 45658, format: 'day' }, T: owner, U: '李雷', V: '采购经理' },
        ...{ W: { number: 13866668000 }, X: 'LiLei@Table.example.com', Y: 'lilei_01', Z: true, AB: '第一行\n第二行', AC: '010-11112222' },
        ...{ AD: '没有标题的列', AE: { number: 0.153, format: 'percent' }, AF: { number: 99999.5, format: 'money' } },
        ...{
          AG: { number: 45658.75, format: 'moment' },
          AH: '第二个备注',
          AI: { formula: 'AF4*0.5', value: 49999.75 },
          AJ: { number: 88 },
        },
        ...{ AK: '0571-88886667', AL: { number: 123456 }, AM: '某银行', AN: { number: 0.13, format: 'percent' }, AO: '622200001111222233' },
      },
    ],
    [
      5,
      {
        ...{ A: { number: 2 }, B: '杭州错号贸易有限公司', E: { error: '#N/A' }, H: '007', L: { error: '#DIV/0!' }, M: 'A+' },
        ...{ U: '韩梅梅', W: '1.38E+10', Z: '也许', AE: { error: '#REF!' }, AO: { number: '6.222000011112222E17' } },
      },
    ],
    [
      6,
      {
        ...{ A: { number: 3 }, B: '杭州科学计数贸易有限公司', R: { number: 45689, format: 'day' }, U: '王芳', Z: false },
        ...{ W: { number: '1.3900139E+10', format: 'scientific' }, T: owner },
      },
    ],
    [8, { B: '杭州合并贸易有限公司', G: '共用的地址' }],
    [9, { B: '杭州被合并贸易有限公司' }],
  ]);
}

/**
 * A table as it comes out of an office: a title, headings in two rows with joined cells, headings twice and none at all,
 * formats, formulas, errors, comments, a hidden column, formatted nothing at its right and below it.
 *
 * @param owner what the column of owners says.
 */
export function oddWorkbook(owner: string): Buffer {
  const title: Cell[] = ['2025 年度客户信息汇总表（内部资料）'];
  const groups: Cell[] = [...EMPTY];
  [groups[0], groups[1], groups[2], groups[20], groups[28]] = ['序号', '客户名称', '基本信息', '联系人信息', '其他'];
  const lines = [rowXml(1, title), rowXml(2, groups), rowXml(3, [...HEADINGS.map((heading) => heading || null), null, null])];
  const below = rowsBelow(owner);
  for (let line = 4; line <= 40; line += 1) {
    const named = below.get(line) ?? {};
    lines.push(
      rowXml(
        line,
        EMPTY.map((nothing, at) => named[columnName(at)] ?? nothing),
      ),
    );
  }
  const merged = ['A1:AO1', 'A2:A3', 'B2:B3', 'C2:T2', 'U2:AB2', 'AC2:AO2', 'G8:G9'].map((ref) => `<mergeCell ref="${ref}"/>`);
  const behind = `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells><legacyDrawing id="rId1"/>`;
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const comments = `<comments ${main}><authors><author>甲</author></authors><commentList><comment ref="${GOOD}" authorId="0"><text><t>批注不是数据</t></text></comment></commentList></comments>`;
  const parts = workbookParts([{ name: '客户', rows: lines.join(''), behind }], { formats: STYLES.map((name) => FORMATS[name]) }).map(
    (part) =>
      part.name === 'xl/worksheets/sheet1.xml'
        ? {
            ...part,
            data: String(part.data).replace('<sheetData>', '<cols><col min="36" max="36" hidden="1" width="9"/></cols><sheetData>'),
          }
        : part,
  );
  return zipOf([...parts, { name: 'xl/comments1.xml', data: comments }]);
}
