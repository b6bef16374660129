import type { Said } from '../../platform/api/say.ts';

export type CommitReason =
  | 'bad_request'
  | 'not_checked'
  | 'not_running'
  | 'nothing_to_import'
  | 'unknown_line'
  | 'not_that_row'
  | 'chosen_twice'
  | 'not_imported'
  | 'undo_over'
  | 'contents_gone'
  | 'check_begun'
  | 'no_sample'
  | 'own_sample'
  | 'not_drawn'
  | 'sample_open'
  | 'not_returned';

interface Answer {
  code: string;
  status: number;
  text: Said;
}

const answer = (status: number, code: string, zh: string, en: string): Answer => ({
  code,
  status,
  text: { 'zh-CN': zh, 'en-US': en },
});
const invalid = (zh: string, en: string): Answer => answer(400, 'INVALID_PAYLOAD', zh, en);
const conflict = (zh: string, en: string): Answer => answer(409, 'CONFLICT', zh, en);

/** Why an import is not committed, stopped, undone or signed, and what to do instead. */
export const COMMIT_TEXTS: Record<CommitReason, Answer> = {
  bad_request: invalid('请求内容不正确，请刷新页面后重试。', 'The request cannot be read. Reload the page and try again.'),
  not_checked: conflict(
    '该批次现在不能导入：文件还在检查，或批次已撤销。请等待检查完成，或重新上传。',
    'This import cannot be committed now: its file is still being checked, or it was undone. Wait for the check, or upload the file again.',
  ),
  not_running: conflict('该批次没有正在导入，无需停止。', 'The import is not running, so there is nothing to stop.'),
  nothing_to_import: invalid(
    '没有可导入的行。请下载有误的行，改正后重新上传。',
    'There is no row to import. Download the rows with errors, correct them and upload them again.',
  ),
  unknown_line: invalid(
    '第 {line} 行不能这样处理：没有这一行、已经导入或有误。请刷新后核对。',
    'Line {line} cannot be decided: it does not exist, is imported already or has errors. Reload the page and look again.',
  ),
  not_that_row: invalid(
    '第 {line} 行所选的记录不在您可以修改的范围内，请另选一条。',
    'The record chosen for line {line} is not among those that you may change. Choose another one.',
  ),
  chosen_twice: invalid(
    '第 {line} 行所选的记录已选给另一行，请只保留一行。',
    'The record chosen for line {line} was chosen for another line too. Keep one of them.',
  ),
  not_imported: conflict(
    '该批次还没有导入任何内容，或正在处理中，不能撤销。',
    'The import has written nothing yet, or is being worked on, and cannot be undone.',
  ),
  undo_over: conflict(
    '导入已超过 {days} 天，不能再撤销。请逐条修改，或联系系统管理员。',
    'The import is more than {days} days old and can no longer be undone. Change its records one by one, or ask a system administrator.',
  ),
  contents_gone: conflict(
    '导入结束已超过 {days} 天，文件内容和导入前后的值已删除，只保留统计、文件名和抽检签字。需要时请重新上传文件。',
    'The import ended more than {days} days ago: what the file said and the values before and after are deleted; counts, the name of the file and the signature of the check stay. Upload the file again if need be.',
  ),
  check_begun: conflict(
    '该批次的抽检已经开始，完成签字之后才能继续导入其余的行。请联系抽检人。',
    'The check of this import has begun: the rows that are left can be imported once it is signed. Ask whoever checks it.',
  ),
  no_sample: conflict('该批次没有待完成的抽检。', 'No check of this import is waiting.'),
  own_sample: answer(
    403,
    'FORBIDDEN',
    '抽检必须由导入人以外的人完成，请交给版块管理员或负责人。',
    'The check is made by somebody other than the importer. Leave it to an admin or a head of the segment.',
  ),
  not_drawn: invalid('第 {line} 行不在抽检之列。', 'Line {line} was not drawn.'),
  sample_open: invalid(
    '还有 {open} 行没有核对，全部核对后才能签字。',
    '{open} of the drawn rows are not checked yet. Check all of them before you sign.',
  ),
  not_returned: conflict(
    '只有被退回的批次可以在改正后重新申请抽检。',
    'Only an import that was sent back can be drawn from again, after its rows were corrected.',
  ),
};
