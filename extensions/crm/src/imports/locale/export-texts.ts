import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

interface Refused {
  code: string;
  status: number;
  text: Said;
}

/** Everything that an export refuses. */
export const EXPORT_REFUSALS = {
  bad_value: { code: 'INVALID_PAYLOAD', status: 400, text: said('内容不符合要求：{where}', 'Not as it should be: {where}') },
  unknown_collection: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('不能导出“{collection}”。可导出：{allowed}。', '“{collection}” cannot be exported. Use: {allowed}.'),
  },
  reason_needed: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('请写明导出原因（至少 2 个字或数字）。', 'Say what the export is for (two letters or digits at least).'),
  },
  ids_or_query: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('勾选的记录（ids）与筛选条件只能用一种。', 'Name the records (ids) or a query, not both.'),
  },
  bad_sort: {
    code: 'INVALID_QUERY',
    status: 400,
    text: said('不能按此排序：{sort}', 'Rows cannot be sorted by this: {sort}'),
  },
  no_rows: {
    code: 'EXPORT_EMPTY',
    status: 400,
    text: said('没有可导出的记录，请调整筛选条件。', 'There is nothing to export. Change the filter.'),
  },
  too_many_rows: {
    code: 'EXPORT_TOO_LARGE',
    status: 403,
    text: said(
      '超过您一次最多可导出的 {most} 行。请缩小范围，或申请审批。',
      'More than the {most} rows that you may export at once. Narrow it down, or ask for approval.',
    ),
  },
  too_many_today: {
    code: 'EXPORT_TOO_LARGE',
    status: 403,
    text: said(
      '24 小时内您最多可导出 {most} 行，还可导出 {left} 行，这次有 {rows} 行。请缩小范围，稍后再导出，或申请审批。',
      'You may export {most} rows in 24 hours; {left} are left, and these are {rows}. Narrow it down, export later, or ask for approval.',
    ),
  },
  too_many_to_ask: {
    code: 'EXPORT_TOO_LARGE',
    status: 403,
    text: said(
      '符合条件的有 {rows} 行，超过一次可申请的 {most} 行。请缩小范围后再申请。',
      'These are {rows} rows, more than the {most} that can be asked for at once. Narrow it down, then ask.',
    ),
  },
  more_than_approved: {
    code: 'EXPORT_TOO_LARGE',
    status: 403,
    text: said(
      '现在符合条件的已超过批准的 {most} 行，没有导出。请撤回后按现在的行数重新申请。',
      'By now more rows fit than the {most} that were approved; nothing was exported. Take the request back and ask again.',
    ),
  },
  asked_enough: {
    code: 'EXPORT_ASKED',
    status: 409,
    text: said(
      '您已有 {most} 个未结束的导出申请。请先等待审批、开始导出或撤回。',
      '{most} exports that you asked for are open. Wait for their approval, begin them or take them back first.',
    ),
  },
  not_approved: {
    code: 'EXPORT_NOT_APPROVED',
    status: 409,
    text: said(
      '这个导出不在“已批准、待开始”的状态，不能开始。审批进度见“CRM › 审批”；需要时请重新申请。',
      'This export is not one that was approved and waits to be begun. “CRM › Approvals” shows how it stands; ask again if it is still needed.',
    ),
  },
  approval_over: {
    code: 'EXPORT_EXPIRED',
    status: 410,
    text: said(
      '批准后未在期限内开始，已失效。需要时请重新申请。',
      'It was approved but not begun in time, so it is over. Ask again if it is still needed.',
    ),
  },
  no_right: { code: 'FORBIDDEN', status: 403, text: said('您的角色不能导出数据。', 'Your role may not export data.') },
  rights_changed: {
    code: 'FORBIDDEN',
    status: 403,
    text: said(
      '您的账号或权限已变化，导出已停止，没有留下文件。',
      'Your account or your rights have changed; the export was stopped and left no file.',
    ),
  },
  cell_too_long: {
    code: 'EXPORT_REFUSED',
    status: 400,
    text: said(
      '“{header}”中有内容超过 Excel 单元格的上限（{most} 字），请改用 CSV。',
      'A text in “{header}” is longer than a cell of Excel can be ({most} characters). Use CSV.',
    ),
  },
  running: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said('您有一个导出正在进行，请等它完成。', 'An export of yours is still running. Wait until it is done.'),
  },
  too_often: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said('导出过于频繁，请 {seconds} 秒后再试。', 'Too many exports. Try again in {seconds} s.'),
  },
  no_space: {
    code: 'EXPORT_REFUSED',
    status: 507,
    text: said(
      '服务器空间不足，没有导出。请联系系统管理员。',
      'The server has no room left; nothing was exported. Tell a system administrator.',
    ),
  },
  interrupted: {
    code: 'EXPORT_REFUSED',
    status: 503,
    text: said(
      '服务器中断，导出没有完成，没有留下文件。请重新导出。',
      'The server was interrupted; nothing was exported and no file is left. Export again.',
    ),
  },
  failed: {
    code: 'EXPORT_REFUSED',
    status: 500,
    text: said(
      '导出没有完成，没有留下文件。请再试一次；仍不行请联系系统管理员。',
      'The export was not finished and left no file. Try again, and tell a system administrator if it stays.',
    ),
  },
  not_done: {
    code: 'EXPORT_RUNNING',
    status: 409,
    text: said('导出还没有完成，请稍候。', 'The export is not finished yet.'),
  },
  not_running: { code: 'EXPORT_ENDED', status: 409, text: said('这个导出已经结束。', 'This export has ended already.') },
  /** For everybody but its maker there is no such file, and never was (F14). */
  not_found: { code: 'NOT_FOUND', status: 404, text: said('没有这个导出文件。', 'There is no such file.') },
  expired: {
    code: 'EXPORT_EXPIRED',
    status: 410,
    text: said('导出文件已过期或已失效，请重新导出。', 'The file has expired or is no longer yours to fetch. Export again.'),
  },
  fields_changed: {
    code: 'EXPORT_EXPIRED',
    status: 410,
    text: said(
      '文件中有您现在不能再看的列，不能下载。请重新导出。',
      'The file has columns that you may not read any more and cannot be fetched. Export again.',
    ),
  },
} as const satisfies Record<string, Refused>;

/** What an export says of itself, so that a page of it tells where it comes from (SEC-5). */
export const MARK_TEXTS = {
  /** What people type comes last: nothing in it can stand before the number and the count, nor push them off a printed page. */
  line: said(
    '内部资料；仅限所述用途；请勿外传。编号：{id}；共 {rows} 行；时间：{when}；导出人：{who}；原因：{why}',
    'Internal; for the purpose named here only, not to be passed on. Number: {id}; rows: {rows}; at: {when}; exported by: {who}; for: {why}',
  ),
  sheet: said('导出说明', 'About this export'),
  notice: said('内部资料，仅限所述用途，请勿外传。', 'Internal; for the purpose named here only, not to be passed on.'),
  who: said('导出人', 'Exported by'),
  when: said('导出时间', 'Exported at'),
  why: said('导出原因', 'Reason'),
  rows: said('行数', 'Rows'),
  id: said('编号', 'Number'),
} as const;

export const CELL_TEXTS = { yes: said('是', 'Yes'), no: said('否', 'No') } as const;
