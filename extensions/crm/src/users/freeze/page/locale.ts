import type { Said } from '../../../platform/app/i18n.ts';
import type { PersonView } from '../contract.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const PEOPLE = {
  title: said('人员', 'People'),
  views: said('人员列表', 'Lists of people'),
  all: said('全部', 'All'),
  active: said('在用', 'Active'),
  frozen: said('已冻结', 'Frozen'),
  closed: said('已停用', 'Closed'),
  find: said('查找姓名、邮箱或工号', 'Name, e-mail or staff number'),
  findNow: said('查找', 'Find'),
  none: said('没有符合条件的人员', 'Nobody fits'),
  noneText: said('请换一个条件，或清空查找内容。', 'Choose another list, or empty the field.'),
  page: said('共 {total} 人，第 {page}/{pages} 页', '{total} in all, page {page} of {pages}'),
  seen: said('最近使用 {at}', 'Last seen {at}'),
  neverSeen: said('还没有使用过', 'Not seen yet'),
  reason: said('原因：{reason}', 'Reason: {reason}'),
  since: said('冻结于 {at}', 'Frozen {at}'),
  by: said('由 {name} 冻结', 'by {name}'),
  byItself: said('由系统锁定', 'by the system'),
  until: said('至 {at}', 'until {at}'),
  open: said('直到人工解冻', 'until somebody thaws'),
  form: said('请在 {day} 前补办审批表', 'The form is due by {day}'),
  formLate: said('审批表已逾期（{day}）', 'The form was due by {day}'),
  pending: said('冻结申请待集团管理层审批', 'A freeze waits for an executive'),
} as const satisfies Record<string, Said>;

export const ACT = {
  freeze: said('冻结', 'Freeze'),
  freezeOn: said('改为冻结或改期限', 'Freeze, or change the end'),
  freezeOnNote: said(
    '现在的锁定或冻结到期会自动解除。提交后由这次冻结取代，期间账号一直不能登录。',
    'What stands now ends by itself. This freeze takes its place; nobody logs in with the account in between.',
  ),
  thaw: said('解冻', 'Thaw'),
  freezeNow: said('立即冻结', 'Freeze now'),
  ask: said('提交审批', 'Ask for approval'),
  thawNow: said('确认解冻', 'Thaw now'),
  cancel: said('取消', 'Cancel'),
  reason: said('原因（必填）', 'Reason (required)'),
  until: said('冻结至（可不填，到当天结束）', 'Until (may be empty; to the end of that day)'),
  freezeNote: said(
    '所有登录、令牌和正在运行的任务立即失效；数据和归属不变。',
    'Every log-in, token and running job ends at once. Data and ownership stay.',
  ),
  askNote: said(
    '冻结系统管理员须由集团管理层审批，批准后立即生效。',
    'An executive decides the freeze of a system administrator; it takes effect once approved.',
  ),
  thawNote: said('可重新登录；原有会话和令牌不恢复。', 'They can log in again. Sessions and tokens of before do not come back.'),
  reasonFirst: said('请先写明原因。', 'Say why first.'),
  failed: said('没有成功，请再试一次。', 'It did not work. Try again.'),
  frozen: said('{name} 已冻结。', '{name} is frozen.'),
  asked: said('已提交冻结 {name} 的申请，等待集团管理层审批。', 'The freeze of {name} waits for an executive.'),
  thawed: said('{name} 已解冻。', '{name} is thawed.'),
} as const satisfies Record<string, Said>;

export const STATES: Record<PersonView['state'], { text: Said; icon: string; look: 'plain' | 'good' | 'bad' }> = {
  active: { text: PEOPLE.active, icon: 'check_circle', look: 'good' },
  frozen: { text: PEOPLE.frozen, icon: 'ac_unit', look: 'bad' },
  closed: { text: PEOPLE.closed, icon: 'block', look: 'plain' },
};
