import { FIELD_REFUSALS } from '../../activities/locale/refusals.ts';
import { VALUE_TEXTS } from '../../customers/index.ts';
import { FIELD_TEXTS } from '../../pipeline/locale/field-texts.ts';
import { say, type Said } from '../../platform/api/say.ts';
import type { Language } from '../../platform/api/actor.ts';
import type { RowFault, RowReason } from '../rules/row-fault.ts';
import { CELL_TEXTS } from './file-texts.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Why a row is not imported, and what to write instead. */
export const ROW_TEXTS: Record<RowReason, Said> = {
  missing: said('此项必填，请补上。', 'This is needed. Fill it in.'),
  not_a_choice: said('“{value}”不是可选项。请填写其中之一：{zh}。', '“{value}” is no choice. Write one of: {en}.'),
  not_yes_no: said('“{value}”无法判断是或否，请填写“是”或“否”。', '“{value}” is neither yes nor no. Write “yes” or “no”.'),
  not_a_number: said(
    '“{value}”不是数字。请只填数字，如 1234.50；小数点用“.”。',
    '“{value}” is no number. Write digits only, such as 1234.50, with a point before the decimals.',
  ),
  out_of_range: said('数字过大，请核对单位和位数。', 'The number is too large. Check its unit and digits.'),
  spreadsheet_number: said(
    '“{value}”是表格软件的科学计数，原来的数字已经丢失。请把该列设为“文本”格式，重新填写全部数字。',
    '“{value}” is what a spreadsheet made of a long number; its digits are lost. Format the column as text and enter all of them again.',
  ),
  not_a_moment: said('时间应如 2026-11-21 14:30。', 'Write a time as 2026-11-21 14:30.'),
  unstorable: said(
    '含有无法保存的字符，请删除看不见的字符后重新填写。',
    'Holds characters that cannot be stored. Enter it again without invisible characters.',
  ),
  no_record: said(
    '这一行是合计或重复的表头，不是一条记录。请删去此行。',
    'This row holds totals, or the headings once more, and is no record. Take it out.',
  ),
  unknown_reference: said(
    '没有“{value}”。请按系统中的名称或代码填写。',
    'There is no “{value}”. Write a name or a code as the system has it.',
  ),
  ambiguous_reference: said(
    '“{value}”不止一个，请改填代码、邮箱或工号。',
    'There are several “{value}”. Write the code, the mail address or the employee number.',
  ),
  owner_elsewhere: said(
    '“{value}”不是所选版块的在职人员，请改填本版块的负责人。',
    '“{value}” is no active member of the chosen segment. Name somebody of it.',
  ),
  owner_needed: said(
    '此行没有负责人，而您不在所选版块任职，不能默认归您。请增加“负责人”列并逐行填写本版块人员的姓名、邮箱或工号。',
    'The row names no owner, and you do not work in the chosen segment, so it cannot be yours. Add a column “Owner” and write in every row the name, mail address or employee number of somebody of the segment.',
  ),
  unknown_customer: said(
    '您能看到的客户中没有“{value}”。请先导入客户，或核对名称和信用代码。',
    'Among the customers that you see there is no “{value}”. Import the customer first, or check its name and credit code.',
  ),
  ambiguous_customer: said(
    '名为“{value}”的客户不止一个，请改填统一社会信用代码。',
    'Several customers are called “{value}”. Write the credit code instead.',
  ),
  keys_disagree: said(
    '信用代码属于“{other}”，名称却是另一个客户的。请核对这两项。',
    'The credit code belongs to “{other}”, the name to another customer. Check the two.',
  ),
  segment_column: said(
    '版块在导入时统一选择，不能由文件中的列指定。请在对应关系中选择不导入此列。',
    'The segment is chosen once for the whole import and never by a column. Choose not to import this column.',
  ),
  out_of_reach: said(
    '该记录已不在您可以修改的范围内，或已被合并。请刷新后核对。',
    'The record is no longer among those that you may change, or it was merged. Look it up again.',
  ),
  owner_of_customer: said(
    '该记录随客户归其负责人所有，不能另填负责人。请删去此项，或改客户的负责人。',
    'The record belongs to whoever owns its customer. Leave the owner out, or change the owner of the customer.',
  ),
  needs_approval: said(
    '本版块分配线索须先审批。请将负责人留空，导入后再申请分配。',
    'In this segment allocating a lead needs approval. Leave the owner empty, import it, then ask for the allocation.',
  ),
  lead_unready: said(
    '分配线索前须先填写：{zh}。请补上；暂时不清楚的，请将负责人留空。',
    'Before the lead is allocated it needs: {en}. Fill that in, or leave the owner empty for now.',
  ),
  lead_over: said(
    '线索已转化或流失，不能再分配。请将负责人留空。',
    'The lead is converted or lost and is not allocated any more. Leave the owner empty.',
  ),
  not_permitted: said(
    '您没有填写此项的权限，请删去此项，或联系系统管理员。',
    'You have no right to fill in this field. Leave it out, or ask a system administrator.',
  ),
  future_signature: FIELD_TEXTS.future_signature,
  opportunity_required: said(
    '该客户有多个可登记此订单的商机，表格无法指定是哪一个。请在系统中打开该商机录入此订单，并从表格中删去此行。',
    'The customer has several opportunities that this order could belong to, and a table cannot say which. Enter the order at its opportunity, and take this row out of the table.',
  ),
  due_in_past: FIELD_REFUSALS.due_in_past,
  due_moved_into_past: FIELD_REFUSALS.due_moved_into_past,
  due_of_assigned: FIELD_REFUSALS.due_of_assigned,
  done_in_future: FIELD_REFUSALS.done_in_future,
  masked: said(
    '这是隐藏后的内容，不是完整的号码、邮箱或微信。新记录请填写完整内容，或留空。',
    'This is a mask, not the value behind it. For a new record write the whole one, or leave the cell empty.',
  ),
  twice_in_file: said(
    '与第 {line} 行是同一条记录，内容却不同。请只保留一行。',
    'This is the same record as in line {line}, with other content. Keep one of the two.',
  ),
};

/** A table of customers may name a company again for another contact; the two lines then say the same of the company. */
const LINES_DISAGREE = said(
  '与第 {line} 行是同一客户，“{column}”一列却不同。两行必须一致：改成相同内容，或在此行留空，此行的联系人就会加到该客户；同一联系人请只保留一行。',
  'This is the same customer as in line {line}, but the column “{column}” differs. The two lines must agree: write the same in both, or leave it empty here, and the contact of this line is added to the customer. Keep one line for each contact.',
);

/** What is wrong with a cell or a row, as the reader of it is told. */
export function rowFaultText({ reason, values }: Pick<RowFault, 'reason' | 'values'>, language: Language | null | undefined): string {
  const texts: Record<string, Said> = { ...VALUE_TEXTS, ...CELL_TEXTS, ...ROW_TEXTS };
  return say(reason === 'twice_in_file' && values?.['column'] ? LINES_DISAGREE : texts[reason]!, language, values);
}
