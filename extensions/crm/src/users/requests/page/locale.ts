import type { Said } from '../../../platform/app/i18n.ts';
import type { RequestView } from '../contract.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const REQUESTS = {
  title: said('权限变更', 'Access requests'),
  views: said('审批表列表', 'Lists of requests'),
  open: said('办理中', 'Open'),
  overdue: said('已逾期', 'Overdue'),
  overdueCount: said('已逾期（{count}）', 'Overdue ({count})'),
  ended: said('已办结', 'Over'),
  none: said('没有审批表', 'No requests here'),
  noneText: said(
    '人员开通、注销或变动时，请填写用户权限变更审批表。',
    'When somebody comes, leaves or changes post, file an access request.',
  ),
  file: said('填写审批表', 'File a request'),
  page: said('共 {total} 份，第 {page}/{pages} 页', '{total} in all, page {page} of {pages}'),
  effective: said('变动日期 {day}', 'Changes on {day}'),
  due: said('请在 {day} 前办理', 'Due by {day}'),
  dueLate: said('已逾期（{day}）', 'Was due by {day}'),
  escalated: said('已升级', 'Escalated'),
  early: said('提前冻结', 'Frozen early'),
  formLate: said('审批表应在 {day} 前补办', 'The form was due by {day}'),
  fileLate: said('补办审批表（冻结或注销）', 'File the form (freeze, or close)'),
  people: said('查看人员', 'See the people'),
  by: said('由 {name} 申请', 'Filed by {name}'),
  executedBy: said('{at} 由 {name} 执行', 'Carried out {at} by {name}'),
  executed: said('{at} 执行', 'Carried out {at}'),
  reason: said('原因：{text}', 'Reason: {text}'),
  handling: said('处理要求：{text}', 'Handling wanted: {text}'),
  to: said('变更为：{what}', 'To: {what}'),
  somebody: said('（您看不到此人）', '(somebody you do not see)'),
  form: said('打开审批表', 'Open the form'),
  approval: said('查看审批', 'See the approval'),
} as const satisfies Record<string, Said>;

export const ACT = {
  look: said('查看效果', 'Show the effect'),
  hide: said('收起', 'Hide'),
  loading: said('正在计算', 'Counting'),
  failed: said('没有成功，请再试一次。', 'It did not work. Try again.'),
  now: said('现在', 'Now'),
  after: said('执行后', 'After'),
  nothing: said('不能登录', 'Cannot log in'),
  effect: said('效果', 'Effect'),
  problems: said('需要先处理', 'To be settled first'),
  execute: said('执行', 'Carry it out'),
  executeAnyway: said('保留工作并执行', 'Leave the work and carry it out'),
  handover: said('去移交工作', 'Hand the work over'),
  withdraw: said('撤回', 'Take it back'),
  sure: said('确定撤回这份审批表？', 'Take this request back?'),
  yes: said('确定撤回', 'Take it back'),
  cancel: said('取消', 'Cancel'),
  withdrawn: said('审批表已撤回。', 'The request was taken back.'),
  opened: said(
    '账号已开通。请把下面的一次性链接交给本人，由本人设置密码；链接 {at} 前有效，只显示这一次。',
    'The log-in is open. Hand this one-time link to the person, who chooses a password with it. It ends {at} and is shown this once.',
  ),
  invited: said(
    '账号已开通，设置密码的一次性链接已发到本人邮箱，{at} 前有效。本人未收到时，请转交下面的链接；只显示这一次。',
    'The log-in is open, and the one-time link to choose a password went to the person by mail; it ends {at}. Should it not arrive, hand this link over; it is shown this once.',
  ),
  copy: said('复制链接', 'Copy the link'),
  copied: said('已复制', 'Copied'),
  closed: said('账号已注销，所有登录已失效。', 'The log-in is closed; every session has ended.'),
  changed: said('岗位和权限已变更，即刻生效。', 'Post and rights are changed, at once.'),
  frozen: said('账号已冻结。', 'The account is frozen.'),
  pending: said(
    '冻结系统管理员须由集团管理层审批，申请已提交。',
    'An executive decides the freeze of a system administrator; it was asked for.',
  ),
  thawed: said('账号已解冻。', 'The account is thawed.'),
  work: said('还有 {count} 项工作在原处，请移交。', '{count} pieces of work stay where they are; hand them over.'),
} as const satisfies Record<string, Said>;

export const KINDS: Record<RequestView['kind'], { text: Said; icon: string }> = {
  open: { text: said('开通', 'Open a log-in'), icon: 'person_add' },
  close: { text: said('注销', 'Close the log-in'), icon: 'person_off' },
  move: { text: said('岗位或单位变动', 'Move'), icon: 'swap_horiz' },
  rights: { text: said('权限变更', 'Change of rights'), icon: 'key' },
  freeze: { text: said('冻结', 'Freeze'), icon: 'ac_unit' },
  thaw: { text: said('解冻', 'Thaw'), icon: 'wb_sunny' },
};

export const STATES: Record<RequestView['state'], { text: Said; icon: string; look: 'plain' | 'good' | 'busy' | 'bad' }> = {
  requested: { text: said('待审批', 'To be decided'), icon: 'hourglass_top', look: 'busy' },
  approved: { text: said('已批准，待执行', 'Approved, to be carried out'), icon: 'verified', look: 'busy' },
  executed: { text: said('已执行', 'Carried out'), icon: 'task_alt', look: 'good' },
  rejected: { text: said('已驳回', 'Rejected'), icon: 'cancel', look: 'bad' },
  withdrawn: { text: said('已撤回', 'Withdrawn'), icon: 'undo', look: 'plain' },
};
