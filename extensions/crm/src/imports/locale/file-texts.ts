import type { Said } from '../../platform/api/say.ts';
import type { CellReason, FileReason } from '../rules/file-fault.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Why a file is not read, and what to do so that it is. */
export const FILE_TEXTS: Record<FileReason, Said> = {
  empty: said('文件是空的，请选择有内容的 CSV 或 XLSX 文件。', 'The file is empty. Choose a CSV or XLSX file with rows in it.'),
  too_large: said(
    '文件超过 {max} MB，未读取。请按行拆成几个文件分别导入。',
    'The file is larger than {max} MB and was not read. Split its rows into several files.',
  ),
  old_excel: said(
    '这是旧版 Excel 文件（.xls）。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入。',
    'This is a workbook of an old Excel (.xls). Open it, save it as an Excel workbook (.xlsx) and import that.',
  ),
  encrypted: said(
    '文件设有打开密码，无法读取。请去掉密码另存后再导入。',
    'The file is protected with a password and cannot be read. Save it without the password and import that.',
  ),
  binary_workbook: said(
    '这是二进制工作簿（.xlsb）。请另存为“Excel 工作簿（.xlsx）”后再导入。',
    'This is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx) and import that.',
  ),
  open_document: said(
    '这是 OpenDocument 表格（.ods）。请另存为 .xlsx 后再导入。',
    'This is an OpenDocument spreadsheet (.ods). Save it as .xlsx and import that.',
  ),
  apple_numbers: said(
    '这是 Apple Numbers 文件。请在 Numbers 中导出为 Excel（.xlsx）后再导入。',
    'This is a file of Apple Numbers. Export it to Excel (.xlsx) there and import that.',
  ),
  word: said(
    '这是文字或演示文档，不是表格。请把表格复制到 Excel 或 WPS 表格中，存为 .xlsx 后再导入。',
    'This is a letter or a presentation, not a table. Copy its table into a spreadsheet, save that as .xlsx and import it.',
  ),
  html: said(
    '这是网页内容，只是用了表格的文件名。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。',
    'This is a web page under the name of a spreadsheet. Open it in a spreadsheet program, save it as .xlsx and import that.',
  ),
  xml_table: said(
    '这是 XML 文件，不是 .xlsx。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。',
    'This is an XML file, not an .xlsx. Open it in a spreadsheet program, save it as .xlsx and import that.',
  ),
  json: said(
    '这是 JSON 文件，供程序使用，不能导入。请改用 CSV 或 XLSX 格式重新导出。',
    'This is a JSON file, made for programs, and cannot be imported. Export it again as CSV or XLSX.',
  ),
  pdf: said(
    'PDF 不能导入。请向对方索取原始表格（.xlsx 或 .csv）。',
    'A PDF cannot be imported. Ask for the table it was made from (.xlsx or .csv).',
  ),
  image: said(
    '图片不能导入。请把内容录入模板后再导入。',
    'A picture cannot be imported. Enter its rows into the template and import that.',
  ),
  archive: said(
    '这是压缩包，里面没有可直接读取的表格。请先解压，再逐个导入其中的 .xlsx 或 .csv。',
    'This is an archive without a table of its own. Unpack it and import the .xlsx or .csv files one by one.',
  ),
  no_table: said('无法识别为表格。请选择 .xlsx 或 .csv 文件。', 'This cannot be recognised as a table. Choose an .xlsx or .csv file.'),
  text_named_xlsx: said(
    '文件名是 Excel 表格，内容却是纯文本。请把扩展名改为 .csv，或用 Excel、WPS 另存为 .xlsx。',
    'The name says spreadsheet, the content is plain text. Rename it to .csv, or save it as .xlsx in a spreadsheet program.',
  ),
  workbook_named_text: said(
    '文件名是 CSV 文本，内容却是 Excel 工作簿。请把扩展名改为 .xlsx。',
    'The name says CSV, the content is an Excel workbook. Rename it to .xlsx.',
  ),
  damaged: said(
    '文件已损坏或不完整，无法读取。请重新下载，或用 Excel、WPS 打开后另存再导入。',
    'The file is damaged or incomplete. Download it again, or open it in a spreadsheet program, save it anew and import that.',
  ),
  too_many_parts: said(
    '文件内部超过 {max} 个部分，不像正常的工作簿，未读取。请复制数据到新工作簿后再导入。',
    'The file has more than {max} parts inside, as no ordinary workbook has, and was not read. Copy the data into a new workbook.',
  ),
  unpacks_too_large: said(
    '文件解开后过大，未读取。请只把需要的行和列复制到新工作簿后再导入。',
    'The file would unpack to far too much and was not read. Copy the rows and columns that you need into a new workbook.',
  ),
  forbidden_xml: said(
    '文件含有工作簿不应有的内容（外部定义），出于安全未读取。请复制数据到新工作簿后再导入。',
    'The file holds definitions that no workbook should have and was not read for safety. Copy the data into a new workbook.',
  ),
  no_sheet: said('工作簿中没有工作表。', 'The workbook has no sheet with rows.'),
  unknown_sheet: said('工作簿中没有名为“{sheet}”的工作表，请重新选择。', 'The workbook has no sheet “{sheet}”. Choose another.'),
  too_many_merged: said(
    '合并单元格过多，无法读取。请取消合并后再导入。',
    'There are too many merged cells. Unmerge them and import the file again.',
  ),
  undecodable: said(
    '第 {line} 行含有无法识别的字符编码，未读取任何内容。请在 Excel 或 WPS 中另存为“CSV UTF-8”，或改选编码。',
    'Line {line} holds bytes that belong to no known encoding; nothing was read. Save the file as “CSV UTF-8”, or choose another encoding.',
  ),
  mixed_encodings: said(
    '文件混用了两种编码：第 {utf8Line} 行是 UTF-8，第 {gbLine} 行是 GBK。请把两部分分开导入，或重新另存为“CSV UTF-8”。',
    'The file mixes two encodings: line {utf8Line} is UTF-8, line {gbLine} is GBK. Import the two parts apart, or save the table anew as “CSV UTF-8”.',
  ),
  quote_open: said(
    '从第 {line} 行开始的引号没有结束。请补上或删除这一行多出的英文引号（"）。',
    'A quote that begins in the row at line {line} is never closed. Add or remove the quotation mark (") there.',
  ),
  row_too_long: said(
    '从第 {line} 行开始的一行超过 1 MB，未读取。多半是这里的英文引号（"）没有结束；请补上或删除，或缩短这一行的内容。',
    'The row at line {line} is longer than 1 MB and was not read. Mostly a quotation mark (") is not closed there: add or remove it, or shorten the row.',
  ),
  too_many_rows: said(
    '超过 {max} 行，未导入。请拆成几个文件分别导入。',
    'There are more than {max} rows; nothing was imported. Split them into several files.',
  ),
  too_many_columns: said(
    '第 {line} 行超过 {max} 列，未读取。请删除不需要的列，或检查分隔符。',
    'Line {line} has more than {max} columns. Remove those that are not needed, or check the separator.',
  ),
  no_rows: said(
    '表头下面没有数据行。请另选工作表、编码、分隔符或表头所在的行；确实没有数据时，请补上后重新上传。',
    'There are no rows below the headers. Choose another sheet, encoding, separator or line of the headings; where there is none, add the rows and upload the file again.',
  ),
  no_heading_line: said(
    '第 {line} 行是空行或不存在，不能作为表头。请重新选择表头所在的行。',
    'Line {line} is empty or not there, so it cannot hold the headings. Choose the line of the headings again.',
  ),
  no_space: said(
    '服务器磁盘空间不足，没有导入任何内容。请联系系统管理员，之后重新导入同一文件。',
    'The server has run out of disk space; nothing was imported. Tell a system administrator and import the same file again later.',
  ),
};

/** Why a row is not taken as it stands in the file; the column is named beside it. */
export const CELL_TEXTS: Record<CellReason, Said> = {
  formula_without_value: said(
    '公式没有保存结果。请用 Excel 或 WPS 打开并保存一次，或改填数值。',
    'The formula was saved without its result. Open and save the file in a spreadsheet program, or enter the value.',
  ),
  formula_error: said('单元格是错误值 {value}，请改填正确内容。', 'The cell shows the error {value}. Enter the right value.'),
  merged: said(
    '属于合并单元格 {range}，不知道其内容是否适用于本行。请取消合并，逐行填写。',
    'Belongs to the merged cells {range}, and nobody can tell whether their value is meant for this row. Unmerge them and fill each row.',
  ),
  rounded_number: said(
    '数字超过 15 位，末几位已被表格软件改成 0。请把该列设为“文本”格式后重新填写。',
    'The number has more than 15 digits, and the spreadsheet has lost the last ones. Format the column as text and enter it again.',
  ),
  shown_otherwise: said(
    '单元格显示的内容与保存的数字 {value} 不同（单元格格式所致），不知道以哪个为准。请把该列设为“常规”或“文本”格式，核对后重新填写。',
    'The cell shows something else than the number {value} that it holds, because of its format, and nobody can tell which is meant. Format the column as General or text and enter it again.',
  ),
  no_such_date: said(
    '没有这一天（日期数 {value}），请改填日期，如 2026-11-21。',
    'There is no such day (day number {value}). Enter a date such as 2026-11-21.',
  ),
  damaged_text: said(
    '内容是乱码，在到达这里之前就已损坏。请从原始资料重新填写。',
    'The text was garbled before it came here. Enter it again from the original.',
  ),
  too_long: said('内容超过 {max} 个字符，请缩短。', 'The cell has more than {max} characters. Shorten it.'),
  rewrite: said(
    '此单元格在“未导入的行”文件中做了标记 {mark}：原内容不可靠。请删去标记并重新填写；确实没有内容时请清空。',
    'The file of rows that were not imported has marked this cell with {mark}, because its content cannot be relied on. Take the mark away and enter the content again, or empty the cell if there is none.',
  ),
  no_header: said(
    '此列没有表头，内容无处可去。可能是本行多了一个分隔符；请检查本行，或给该列加上表头。',
    'This column has no header, so its content belongs nowhere. The row may have one separator too many; check it, or give the column a header.',
  ),
};
