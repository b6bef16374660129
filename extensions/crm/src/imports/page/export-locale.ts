import type { Said } from '../../platform/app/i18n.ts';
import type { ExportLine } from '../export/answers.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const EXPORTS = {
  title: said('导出', 'Export'),
  begin: said('新建导出', 'New export'),
  back: said('返回导出记录', 'Back to the exports'),
  notice: said(
    '文件只有您本人能下载，保留 {hours} 小时；谁在何时因何导出，均有记录。',
    'Only you can download your files, for {hours} {hours:hour|hours}. Who exported what, when and why is logged.',
  ),
  none: said('还没有导出过', 'Nothing was exported yet'),
  noneText: said('您导出的每个文件都会列在这里。', 'Every file that you export stands here.'),
  phone: said(
    '在手机上只能查看记录；导出、停止和下载请使用电脑。',
    'A phone shows the history only. Export, stop and download on a computer.',
  ),
  noRight: said('您的角色不能导出数据。', 'Your role may not export data.'),
  page: said('共 {total} 个，第 {page}/{pages} 页', '{total} {total:export|exports}, page {page} of {pages}'),
  rows: said('{rows} 行', '{rows} {rows:row|rows}'),
  reason: said('原因：{reason}', 'For: {reason}'),
  until: said('{moment} 前可下载', 'Can be downloaded until {moment}'),
  over: said('文件已清除或已失效', 'The file is gone or no longer yours to fetch'),
  download: said('下载', 'Download'),
  downloadFailed: said('文件没有下载成功，请再试一次。', 'The file could not be downloaded. Try again.'),
  finding: said('正在查找记录', 'The rows are being found'),
  progress: said('已写入 {done}/{rows} 行', '{done} of {rows} {rows:row|rows} written'),
  stop: said('停止导出', 'Stop'),
  failed: said('没有成功，请稍后再试。', 'It did not work. Please try again later.'),
  waits: said(
    '超过限额，等待审批；批准后由您在这里开始导出。',
    'More than your limit: it waits for approval, and once approved you begin it here.',
  ),
  startBy: said('已批准，请在 {moment} 前开始；仅可导出一次。', 'Approved. Begin it by {moment}; it is exported once.'),
  refused: said('未获批准，意见见审批。', 'It was not approved; the approval says why.'),
  approval: said('查看审批', 'See the approval'),
  start: said('开始导出', 'Begin the export'),
  takeBack: said('撤回申请', 'Withdraw'),
};

export const EXPORT_STATUS: Record<ExportLine['status'], { text: Said; icon: string; look: 'plain' | 'good' | 'busy' | 'bad' }> = {
  running: { text: said('导出中', 'Being made'), icon: 'autorenew', look: 'busy' },
  done: { text: said('已完成', 'Done'), icon: 'task_alt', look: 'good' },
  stopped: { text: said('已停止', 'Stopped'), icon: 'cancel', look: 'plain' },
  failed: { text: said('未完成', 'Not finished'), icon: 'warning', look: 'bad' },
  asked: { text: said('待审批', 'To be decided'), icon: 'hourglass_top', look: 'busy' },
  approved: { text: said('已批准', 'Approved'), icon: 'task_alt', look: 'good' },
  rejected: { text: said('已驳回', 'Rejected'), icon: 'cancel', look: 'bad' },
};

export const FORMAT_TEXTS: Record<ExportLine['format'], { text: Said; note: Said }> = {
  xlsx: { text: said('Excel（XLSX）', 'Excel (XLSX)'), note: said('最常用', 'the usual one') },
  csv: { text: said('CSV', 'CSV'), note: said('纯文本，其他程序也能打开', 'plain text, for other programs, too') },
  json: { text: said('JSON', 'JSON'), note: said('供程序使用', 'for programs') },
};

export const ORDER = {
  what: said('导出什么', 'What to export'),
  rows: said('哪些记录', 'Which rows'),
  all: said('我能看到的全部', 'All that I see'),
  chosenRows: said('选中的 {count} 条', 'The {count} chosen {count:row|rows}'),
  tooManyChosen: said('一次最多选 {most} 条记录；请改用列表。', 'Choose {most} rows at most, or use a list.'),
  search: said('只要包含这些文字的（可不填）', 'Only those with these words (optional)'),
  ofList: said('此列表只含搜索“{search}”的结果。', 'This list holds what a search for “{search}” finds.'),
  columns: said('列', 'Columns'),
  usual: said('全部常用列', 'All usual columns'),
  some: said('自选列', 'Choose columns'),
  chosen: said('已选 {count} 列', '{count} {count:column|columns} chosen'),
  allOfThem: said('全选', 'All'),
  noneOfThem: said('全不选', 'None'),
  format: said('格式', 'Format'),
  why: said('导出原因（必填）', 'What it is for (required)'),
  chooseWhy: said('请选择原因', 'Choose a reason'),
  detail: said('补充说明', 'Details'),
  detailNeeded: said('请写明原因（至少 2 个字）', 'Say what it is for (two characters at least)'),
  counting: said('正在计数', 'Being counted'),
  count: said(
    '将导出 {rows} 行。您一次最多可导出 {most} 行。',
    '{rows} {rows:row|rows} will be exported. You may export up to {most} at once.',
  ),
  nothing: said('没有符合条件的记录。', 'No row fits.'),
  tooMany: said(
    '符合条件的有 {rows} 行，超过您一次最多可导出的 {most} 行。请缩小范围，或申请审批。',
    '{rows} {rows:row fits|rows fit}, more than the {most} that you may export at once. Narrow it down, or ask for approval.',
  ),
  tooManyToday: said(
    '符合条件的有 {rows} 行；24 小时内您还可导出 {today} 行。请缩小范围，稍后再导出，或申请审批。',
    '{rows} {rows:row fits|rows fit}; you may export {today} more within 24 hours. Narrow it down, export later, or ask for approval.',
  ),
  uncounted: said('无法计数，仍可导出。', 'They could not be counted; you can export all the same.'),
  masked: said(
    '敏感内容以掩码导出，与列表中所见相同。再导入时掩码不会改动原值；线索不会与原有记录对应。',
    'Sensitive values leave as masks, as the lists show them. Imported again, a mask changes nothing; leads do not find their rows again.',
  ),
  send: said('导出', 'Export'),
  ask: said('申请审批', 'Ask for approval'),
  askNote: said(
    '审批人看到导出内容、行数、选取方式和原因，看不到筛选的具体内容。批准只对这一次导出有效。',
    'Whoever decides sees the list, the number of rows, how they were chosen and the reason, not the words looked for. It holds for this export alone.',
  ),
};

/** What exports are usually for; the last one is said in words. */
export const REASONS: readonly Said[] = [
  said('拜访前核对', 'Check before a visit'),
  said('内部汇报', 'Internal report'),
  said('数据核对与清理', 'Checking and cleaning data'),
  said('财务或法务需要', 'Needed by finance or legal'),
];

export const OTHER_REASON = said('其他', 'Other');
