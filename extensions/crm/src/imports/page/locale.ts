import type { Said } from '../../platform/app/i18n.ts';
import type { ImportLine, UndoAnswer, Verdict } from '../answers.ts';
import type { Delimiter } from '../rules/find-delimiter.ts';
import type { Encoding } from '../rules/survey-encoding.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const IMPORTS = {
  title: said('导入', 'Import'),
  begin: said('导入文件', 'Import a file'),
  back: said('返回导入历史', 'Back to the imports'),
  none: said('还没有导入过', 'Nothing was imported yet'),
  noneText: said('导入的每个文件都会列在这里。', 'Every file that is imported stands here.'),
  gone: said('没有这个导入批次', 'There is no such import'),
  goneText: said('它可能已删除，或不在您的范围内。', 'It may be gone, or it is not among those that you see.'),
  phone: said('在手机上只能查看历史；导入请使用电脑。', 'A phone shows the history only. Import on a computer.'),
  page: said('共 {total} 批，第 {page}/{pages} 页', '{total} {total:import|imports}, page {page} of {pages}'),
  sums: said(
    '共 {total} 行：新增 {new}，更新 {update}，已有相同 {known}，疑似重复 {suspect}，有误 {error}',
    '{total} {total:row|rows}: {new} new, {update} {update:update|updates}, {known} known already, {suspect} suspected, {error} with errors',
  ),
  undoUntil: said('{moment} 前可撤销', 'Can be undone until {moment}'),
  sample: said('抽检：{state}', 'Spot check: {state}'),
  steps: said('导入步骤', 'Steps of the import'),
  failed: said('没有成功，请稍后再试。', 'It did not work. Please try again later.'),
  downloadFailed: said('文件没有下载成功，请再试一次。', 'The file could not be downloaded. Try again.'),
};

export const STEPS = [
  said('选择文件', 'Choose the file'),
  said('核对读取方式和对应关系', 'How it is read'),
  said('检查', 'Check'),
  said('导入', 'Import'),
] as const;

export const KINDS: Record<ImportLine['kind'], Said> = {
  customers: said('客户', 'Customers'),
  contacts: said('联系人', 'Contacts'),
  leads: said('线索', 'Leads'),
  activities: said('行动', 'Activities'),
  orders: said('订单', 'Orders'),
};

export const KIND_NOTES: Record<ImportLine['kind'], Said> = {
  customers: said('可同时带联系人', 'with their contacts'),
  contacts: said('属于已有的客户', 'of customers that are there'),
  leads: said('尚未判断的商机线索', 'hints of business'),
  activities: said('补录时保留真实时间', 'entered late, with their true times'),
  orders: said('按订单编号识别', 'known by their numbers'),
};

export const STATUS: Record<ImportLine['status'], { text: Said; icon: string; look: 'plain' | 'good' | 'busy' | 'bad' }> = {
  uploaded: { text: said('正在读取', 'Being read'), icon: 'upload_file', look: 'busy' },
  checked: { text: said('已检查，尚未导入', 'Checked, not imported yet'), icon: 'fact_check', look: 'plain' },
  importing: { text: said('导入中', 'Being imported'), icon: 'autorenew', look: 'busy' },
  undoing: { text: said('撤销中', 'Being undone'), icon: 'history', look: 'busy' },
  interrupted: { text: said('已中断', 'Interrupted'), icon: 'warning', look: 'bad' },
  imported: { text: said('已导入', 'Imported'), icon: 'task_alt', look: 'good' },
  stopped: { text: said('已停止', 'Stopped'), icon: 'cancel', look: 'plain' },
  undone: { text: said('已撤销', 'Undone'), icon: 'undo', look: 'plain' },
};

/** Of an upload whose reading has ended without its rows. */
export const UNREAD = { text: said('未能读取', 'Could not be read'), icon: 'error', look: 'bad' } as const;

export const SAMPLE_STATES: Record<ImportLine['sample']['state'], Said> = {
  not_needed: said('无需抽检', 'not needed'),
  waiting: said('待抽检', 'waiting'),
  accepted: said('已通过', 'accepted'),
  returned: said('已退回', 'sent back'),
};

export const BEGIN = {
  kind: said('导入内容', 'What it holds'),
  notYours: said('您可以查看导入历史，但不能导入。', 'You see the history of imports, and do not import yourself.'),
  segment: said('导入到哪个版块', 'Segment'),
  chooseSegment: said('请选择版块', 'Choose a segment'),
  file: said('文件（CSV 或 XLSX）', 'File (CSV or XLSX)'),
  drop: said('把文件拖到这里，或点击选择', 'Drop the file here, or click to choose it'),
  limits: said('最多 {rows} 行、{megabytes} MB。', 'At most {rows} {rows:row|rows} and {megabytes} MB.'),
  own: said('只能导入归您自己负责的记录。', 'You import records of your own only.'),
  safe: said(
    '上传后先检查，不会立即写入；检查无误再确认导入。',
    'The file is checked first and nothing is written yet; you confirm it after the check.',
  ),
  upload: said('上传并检查', 'Upload and check'),
  uploading: said('已上传 {percent}%', '{percent} % uploaded'),
  templates: said('下载模板', 'Templates'),
  templatesText: said(
    '模板带有示例和可选内容；示例行导入时会自动跳过。',
    'They come with an example and the choices; the example is skipped by itself.',
  ),
  template: said('{kind}（{format}）', '{kind} ({format})'),
  offline: said('停机登记表（XLSX）', 'Form for an outage (XLSX)'),
};

export const READING = {
  title: said('文件如何读取', 'How the file is read'),
  encoding: said('编码', 'Encoding'),
  delimiter: said('分隔符', 'Delimiter'),
  sheet: said('工作表', 'Sheet'),
  hidden: said('{name}（隐藏）', '{name} (hidden)'),
  headerLine: said('表头所在行', 'Line with the headings'),
  uncertain: said(
    '编码是推测的。请看下面的内容有没有乱码；有则换一种编码。',
    'The encoding is a guess. If the texts below look wrong, choose another one.',
  ),
  mapping: said('每一列导入到哪个字段', 'Which field each column goes to'),
  column: said('列', 'Column'),
  header: said('表头', 'Heading'),
  target: said('导入到', 'Goes to'),
  leaveOut: said('不导入此列', 'Not imported'),
  choose: said('请选择', 'Please choose'),
  examples: said('文件中的内容', 'In the file'),
  needed: said('还没有列对应到必填字段：{fields}', 'No column goes to what is needed: {fields}'),
  targetOf: said('“{header}”导入到', '“{header}” goes to'),
  remembered: said('您的选择会记住，下次同样的表头自动对应。', 'Your choices are remembered for the next file with these headings.'),
  next: said('检查', 'Check'),
  reading: said('正在读取文件，已读 {count} 行', 'The file is being read, {count} {count:row|rows} so far'),
  again: said('重新上传', 'Upload again'),
  another: said('上传另一个文件', 'Drop another file'),
  hiddenRows: said(
    '表格中有 {count} 行被隐藏，也会导入。',
    '{count} {count:row is|rows are} hidden in the spreadsheet and read like all others.',
  ),
  discard: said('丢弃，不导入', 'Throw it away'),
};

export const DELIMITER_NAMES: Record<Delimiter, Said> = {
  ',': said('逗号 ,', 'Comma ,'),
  '\t': said('制表符', 'Tab'),
  ';': said('分号 ;', 'Semicolon ;'),
  '|': said('竖线 |', 'Bar |'),
  '，': said('中文逗号 ，', 'Full-width comma ，'),
};

export const ENCODING_NAMES: Record<Encoding, Said> = {
  'utf-8': said('UTF-8', 'UTF-8'),
  gb18030: said('GB18030 / GBK（国标）', 'GB18030 / GBK'),
  'utf-16le': said('UTF-16 LE', 'UTF-16 LE'),
  'utf-16be': said('UTF-16 BE', 'UTF-16 BE'),
  big5: said('Big5（繁体）', 'Big5'),
};

export const VERDICT_TEXTS: Record<Verdict, { text: Said; icon: string; look: 'plain' | 'good' | 'busy' | 'bad' }> = {
  new: { text: said('新增', 'New'), icon: 'add_circle', look: 'good' },
  update: { text: said('更新', 'Update'), icon: 'edit', look: 'good' },
  known: { text: said('已有相同', 'Known already'), icon: 'done', look: 'plain' },
  suspect: { text: said('疑似重复', 'Suspected'), icon: 'help', look: 'busy' },
  error: { text: said('有误', 'With errors'), icon: 'error', look: 'bad' },
};

export const ROW_STATES: Record<string, Said> = {
  done: said('已导入', 'Imported'),
  skipped: said('按您的选择不导入', 'Left out as you chose'),
  undone: said('已撤销', 'Undone'),
  kept: said('已被修改，未撤销', 'Edited since, kept'),
};

export const CHECK = {
  rows: said('每一行会怎样', 'What becomes of each row'),
  rowsSince: said('每一行的结果', 'What became of each row'),
  filter: said('按判定筛选', 'Filter by verdict'),
  all: said('全部', 'All'),
  line: said('行', 'Line'),
  verdict: said('判定', 'Verdict'),
  noRows: said('没有这样的行', 'There is no such row'),
  more: said('再显示 {count} 行', 'Show {count} more'),
  shown: said('已显示 {shown}/{total} 行', '{shown} of {total} {total:row|rows} shown'),
  sameAs: said('与第 {line} 行相同', 'The same as line {line}'),
  companyLine: said('与第 {line} 行同一客户，增加联系人', 'Same company as line {line}: one more contact'),
  companyLeft: said(
    '与第 {line} 行同一客户，那一行未导入，此联系人也未导入',
    'Same company as line {line}, which was not imported; neither was this contact',
  ),
  wholeRow: said('整行', 'Row'),
  same: said(
    '文件与较早的一批相同（{moment}）；已导入的行不会重复导入。',
    'The very same file came before ({moment}); rows that were imported are not imported again.',
  ),
  open: said('查看那一批', 'Open that import'),
  decide: said('第 {line} 行：', 'Line {line}:'),
  skip: said('不导入', 'Leave it out'),
  asNew: said('新增一条', 'Add it'),
  over: said('更新“{name}”', 'Update “{name}”'),
  suspects: said('{count} 行疑似重复', '{count} suspected {count:duplicate|duplicates}'),
  allSuspects: said('其余疑似重复的行', 'All other suspected rows'),
  back: said('返回对应关系', 'Back to the mapping'),
  commit: said('导入 {count} 行', 'Import {count} {count:row|rows}'),
  nothing: said(
    '没有可导入的行。请下载有误的行，改正后重新上传。',
    'No row can be imported. Download the rows with errors, correct them and upload them again.',
  ),
  rest: said('下载未导入的行（含原因）', 'Download the rest, with reasons'),
  masked: said('敏感内容已遮盖。', 'Sensitive values are masked.'),
};

export const RESULT = {
  progress: said('已导入 {done}/{total} 行', '{done} of {total} {total:row|rows} imported'),
  cancel: said('停止导入', 'Stop'),
  undoing: said('正在撤销', 'Being undone'),
  stopped: said('导入已停止，已写入的行保留；可以继续导入，或撤销。', 'The import was stopped. What is written stays: go on, or undo it.'),
  interrupted: said(
    '处理中断。可以再试一次；仍不行请联系系统管理员。',
    'The work was interrupted. Try again, and tell a system administrator if it stays.',
  ),
  cleared: said(
    '导入结束已超过 30 天：不能再撤销，文件内容已删除，只保留统计和抽检签字。',
    'More than 30 days have passed: the import can no longer be undone, and what the file said is deleted. Counts and the signature of the check stay.',
  ),
  goOn: said('继续导入', 'Go on'),
  undo: said('撤销这批导入', 'Undo this import'),
  undoAgain: said('继续撤销', 'Go on undoing'),
  undoAsk: said('撤销“{file}”？', 'Undo “{file}”?'),
  undoText: said(
    '新增的记录会删除，更新的记录恢复原值。之后有人改过的记录保留不动，并逐条列出。',
    'Records that it added go, those that it changed become what they were. Whatever somebody edited since stays and is listed.',
  ),
  keep: said('不撤销', 'Keep it'),
  again: said('再试一次', 'Try again'),
  undone: said(
    '已撤销 {undone} 行；{kept} 行已被修改，保留不动。',
    '{undone} {undone:row was|rows were} taken back; {kept} {kept:was edited since and stays|were edited since and stay}.',
  ),
  spared: said('保留的记录', 'What was spared'),
  field: said('字段', 'Field'),
  imported: said('导入的值', 'Imported'),
  now: said('现在的值', 'Now'),
  before: said('导入前的值', 'Before'),
  hidden: said('您无权查看此字段，只显示它不同。', 'You may not read this field; it differs.'),
};

export const SPARED_REASONS: Record<UndoAnswer['spared'][number]['reason'], Said> = {
  edited: said('导入后有人改过，保留不动。', 'Somebody edited it since the import.'),
  in_use: said('已有其他记录挂在它下面，保留不动。', 'Other records hang on it by now.'),
  not_put_back: said(
    '原来的值不能恢复：原负责人已离开、上级记录已合并或移走、已另有主要联系人，或数据库不接受。请逐条核对。',
    'What it was cannot be put back: its owner has left, its customer was merged or moved, another contact is the main one, or the database refuses it. Look at it yourself.',
  ),
};

export const SAMPLE = {
  title: said('抽检', 'Spot check'),
  waiting: said(
    '超过 50 行的导入须由导入人以外的人抽检：共 {size} 行（{percent}%），错误率超过 {limit}% 即退回。',
    'More than 50 rows are checked by somebody other than the importer: {size} {size:row|rows} ({percent} %). With more than {limit} % wrong it is sent back.',
  ),
  accepted: said('抽检通过，发现 {errors} 行有误。', 'Accepted; {errors} {errors:row was|rows were} wrong.'),
  returned: said(
    '抽检退回，发现 {errors} 行有误。请改正记录后申请重新抽检，或撤销整批。',
    'Sent back; {errors} {errors:row was|rows were} wrong. Correct the records and ask for another check, or undo the import.',
  ),
  again: said('已改正，申请重新抽检', 'Corrected: ask for another check'),
  seed: said('抽样种子：{seed}', 'Seed of the draw: {seed}'),
  seedText: said(
    '任何人都可以用它重新抽出同样的行：对“种子:行号”取 SHA-256，取最小的几行。',
    'Anybody draws the same rows with it: the smallest SHA-256 of “seed:line”.',
  ),
  row: said('第 {line} 行', 'Line {line}'),
  open: said('打开记录', 'Open the record'),
  ok: said('正确', 'Right'),
  wrong: said('有误', 'Wrong'),
  file: said('文件', 'File'),
  imported: said('导入的值', 'Imported'),
  stored: said('现在的值', 'Now'),
  edited: said('已修改', 'Edited'),
  editedText: said(
    '导入后有人改过此记录。请按导入的值判断对错，不要按现在的值。',
    'Somebody has edited this record since the import. Judge what was imported, not what stands now.',
  ),
  differs: said('不一致', 'Differs'),
  left: said('还有 {count} 行未核对', '{count} {count:row is|rows are} still to be checked'),
  save: said('保存，稍后继续', 'Save and go on later'),
  sign: said('签字完成抽检', 'Sign the check'),
  saved: said('已保存。', 'Saved.'),
};
