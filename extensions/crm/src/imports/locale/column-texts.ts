import type { Said } from '../../platform/api/say.ts';
import type { IgnoredReason } from '../rules/guess-mapping.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Why a column of the file is not read. */
export const COLUMN_TEXTS: Record<IgnoredReason, Said> = {
  no_header: said('此列没有表头，不导入。', 'This column has no header and is not imported.'),
  unknown: said(
    '不认识这个表头，不导入；请选择它对应的字段。',
    'Nobody knows this header, so it is not imported. Choose the field it goes to.',
  ),
  not_a_field: said('表头不是字段名，不导入。', 'The header is no name of a field and is not imported.'),
  kept_by_server: said('由系统自动维护，不导入。', 'The server keeps this itself; it is not imported.'),
  segment: said(
    '版块在导入时统一选择，不能由文件指定。请选择不导入此列，否则所有行都不能导入。',
    'The segment is chosen once for the whole import, never by a file. Choose not to import this column; until then no row is imported.',
  ),
  own_segment: said(
    '此列与所选版块一致，已自动略过；版块以上传时的选择为准。',
    'This column says the chosen segment throughout and was left out; the segment is the one chosen with the upload.',
  ),
  twice: said('与第 {other} 列对应同一字段，只导入那一列。', 'Column {other} goes to the same field; only that one is imported.'),
  currency: said(
    '表头写明是外币，不能当作人民币导入。请换算成人民币（元）后再导入。',
    'The header names another currency, which cannot be taken for yuan. Convert the amounts and import them again.',
  ),
  unit: said(
    '表头括号中的单位无法确定，不导入。请写成（元）、（千元）、（万元）、（百万元）或（亿元）等，或去掉括号后再导入。',
    'The unit in the brackets of the header is not known, so the column is not imported. Write it as (yuan), (thousand), (万元), (million) or (亿元), or take the brackets away.',
  ),
  chosen: said('您选择了不导入此列。', 'You chose not to import this column.'),
};

/** What the file with the rows that were left says in its own columns. */
export const REST_TEXTS = {
  line: said('原文件行号', 'Line in the file'),
  reason: said('未导入原因', 'Why not imported'),
  suspect: said(
    '疑似与已有记录重复：{names}。请核对；确认不是同一个时，在导入页面选择新增。',
    'Probably the same as {names}. Check it; if it is not, choose to add it on the import page.',
  ),
  left: said('尚未导入。', 'Not imported yet.'),
  companyLeft: said(
    '尚未导入：与第 {line} 行是同一客户，那一行没有导入。请先处理那一行。',
    'Not imported yet: the same customer as in line {line}, which was not imported. Settle that line first.',
  ),
  row: said('整行', 'The row'),
  file: said('未导入的行', 'rows not imported'),
} as const;

/** What a template says besides its columns. */
export const TEMPLATE_TEXTS = {
  guide: said('说明', 'Guide'),
  column: said('列', 'Column'),
  needed: said('必填', 'Needed'),
  choices: said('可填内容', 'What it takes'),
  example: said('示例', 'Example'),
  yes: said('是', 'Yes'),
  file: said('导入模板', 'import template'),
  offlineFile: said('停机登记表', 'offline form'),
  howTo: said(
    '从第 2 行起逐行填写；示例行不用删除，导入时会自动跳过。不要改动表头。填好后在“导入”页面上传。',
    'Fill in one row each from row 2 on; the example is skipped by itself. Leave the headings as they are, then upload the file on the import page.',
  ),
  offline: said(
    '系统停用期间先记在这里：每做一件事填一行，时间填实际发生的时间（如 2026-11-20 14:30）。系统恢复后上传本文件补录，补录的行动保留原来的时间。',
    'While the system is down, note everything here: one row each, with the time at which it really happened (such as 2026-11-20 14:30). When it is back, upload this file; what is entered late keeps its true time.',
  ),
} as const;
