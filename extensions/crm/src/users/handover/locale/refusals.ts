import type { Said } from '../../../platform/api/say.ts';

export type HandoverReason =
  | 'bad_value'
  | 'bad_filter'
  | 'rules_needed'
  | 'same_person'
  | 'to_inactive'
  | 'to_elsewhere'
  | 'nothing_matches'
  | 'running'
  | 'not_done'
  | 'undo_over'
  | 'from_elsewhere'
  | 'busy';

interface Refused {
  code: string;
  status: number;
  text: Said;
}

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });
const invalid = (zh: string, en: string): Refused => ({ code: 'INVALID_PAYLOAD', status: 400, text: said(zh, en) });
const conflict = (code: string, zh: string, en: string): Refused => ({ code, status: 409, text: said(zh, en) });

/** Everything that this sub-slice refuses, and what to do instead. */
export const HANDOVER_REFUSALS: Record<HandoverReason, Refused> = {
  bad_value: invalid('请求内容有误：{where}。请检查后重试。', 'Something is wrong with {where}. Check it and try again.'),
  bad_filter: invalid(
    '第 {rule} 条规则的条件不能使用：{why} 请修改该条件。',
    'The condition of rule {rule} cannot be used. {why} Change that condition.',
  ),
  rules_needed: invalid('请至少填写一条规则，说明交给谁。', 'Give at least one rule that says who takes over.'),
  same_person: invalid(
    '接收人不能是交出人本人（第 {rule} 条规则）。',
    'Rule {rule} gives the work to the person it comes from. Choose somebody else.',
  ),
  to_inactive: invalid(
    '第 {rule} 条规则的接收人已被冻结、停用或尚未通过考核，请选择在职人员。',
    'Whom rule {rule} names is frozen, closed, or held back until an exam. Choose somebody who is active.',
  ),
  to_elsewhere: invalid(
    '第 {rule} 条规则的接收人不在同一版块。跨版块请使用划转。',
    'Whom rule {rule} names works in another segment. Across segments use a transfer.',
  ),
  nothing_matches: invalid(
    '没有任何记录符合这些规则，未作交接。请先预览。',
    'Nothing fits these rules, so nothing was handed over. Look at the preview first.',
  ),
  running: conflict(
    'HANDOVER_RUNNING',
    '此人的工作正在交接或撤销，请等待完成。',
    'This person’s work is being handed over or taken back at the moment. Wait until that is done.',
  ),
  not_done: conflict('HANDOVER_NOT_DONE', '该交接尚未完成，请稍后再试。', 'This hand-over is not finished. Try again when it is.'),
  undo_over: conflict(
    'HANDOVER_UNDO_OVER',
    '交接完成已超过 {days} 天，不能撤销。请另行交接。',
    'This was done more than {days} days ago and cannot be taken back. Hand the work over anew.',
  ),
  from_elsewhere: conflict(
    'HANDOVER_FROM_ELSEWHERE',
    '交出人已不在原版块，不能撤销。请另行交接。',
    'The person has left the segment since, so it cannot be taken back. Hand the work over anew.',
  ),
  busy: {
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    text: said('系统正忙，请稍后再试。', 'The system is busy. Try again in a moment.'),
  },
};

/** What a preview and a result warn of. */
export const WARNINGS = {
  rule_matches_nothing: said('第 {rule} 条规则没有匹配任何记录。', 'Rule {rule} matches nothing.'),
  left: said('{count} 项没有规则匹配，将留在原负责人名下。', 'Fit no rule and stay where they are: {count}.'),
  posts_left: said(
    '{count} 项职务或设置没有合适的接收人，需要另行处理。',
    'Posts and settings for which nobody fits, to be seen to: {count}.',
  ),
  file_shared: said(
    '{count} 个客户或线索共用同一文件却分给不同的人，未作交接。',
    'Customers or leads that share a file but would go to different people, and stay: {count}.',
  ),
  named: said('{count} 处待办或设置提到此人，请查看。', 'Open work and settings that name this person, to be looked at: {count}.'),
} as const satisfies Record<string, Said>;
export type WarningReason = keyof typeof WARNINGS;

/** A field condition that the host or the guard refused without words of its own. */
export const BAD_FILTER = said('其中的字段或取值无效。', 'It names a field or a value that is not possible.');
