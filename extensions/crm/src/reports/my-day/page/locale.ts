import type { Said } from '../../../platform/app/i18n.ts';
import type { DayActivity } from '../answers.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const MY_DAY = {
  title: said('我的一天', 'My day'),
  noneYet: said('今天没有待办', 'Nothing waits for you'),
  noneYetText: said(
    '录入第一个客户或线索，或安排一次行动，它就会出现在这里。',
    'Enter your first customer or lead, or plan an activity, and it will stand here.',
  ),
  many: said('{most}+', '{most}+'),
  rest: said('显示其余 {count} 项', 'Show {count} more'),
  cut: said('只列出最急的 {count} 项', 'The {count} most urgent are listed'),
  late: said('逾期', 'Overdue'),
  lateNone: said('没有逾期', 'Nothing is overdue'),
  today: said('今天', 'Today'),
  todayNone: said('今天没有安排', 'Nothing is planned for today'),
  stale: said('该跟进了', 'Follow-up is due'),
  staleNone: said('七天内没有要超期的线索和商机', 'No lead or opportunity runs out within a week'),
  approvals: said('待我审批', 'Waiting for my decision'),
  approvalsNone: said('没有待审批的事项', 'Nothing to decide'),
  allApprovals: said('全部审批', 'All approvals'),
  allActivities: said('全部行动', 'All activities'),
  askedBy: said('{name} 申请', 'Asked for by {name}'),
  toMe: said('派给我的', 'Assigned to me'),
  toMeNone: said('没有待答复或未定日期的派发', 'Nothing to answer, and nothing without a day'),
  byMe: said('我派出的', 'Assigned by me'),
  byMeNone: said('派出的都已接受且未逾期', 'Everything that you assigned was taken on, and nothing is late'),
  recent: said('最近打开', 'Recently opened'),
  recentNone: said('打开过的客户、线索和商机会列在这里', 'Customers, leads and opportunities that you open will stand here'),
  dueOn: said('{day}到期', 'Due on {day}'),
  overdueBy: said('逾期 {days} 天', '{days} {days:day|days} overdue'),
  daysLate: said('已超期 {days} 天', '{days} {days:day|days} late'),
  daysLeft: said('剩 {days} 天', '{days} {days:day|days} left'),
  lastDay: said('今天到期', 'Last day'),
  high: said('高优先级', 'High priority'),
  requested: said('待接受', 'To be accepted'),
  declined: said('已拒绝', 'Declined'),
  accepted: said('已接受', 'Taken on'),
  noDay: said('未定日期', 'No day set'),
  unordered: said('已成交，缺订单', 'Won, and no order yet'),
  unorderedFailed: said('缺订单的成交没有加载成功，请刷新页面。', 'What was won without an order could not be loaded. Reload the page.'),
  wonFor: said('成交 {days} 天，期限 {limit} 天', 'Won {days} {days:day|days} ago, {limit} allowed'),
  because: said('原因：{reason}', 'Because: {reason}'),
  from: said('{name} 派发', 'From {name}'),
  for: said('派给 {name}', 'For {name}'),
  call: said('拨打 {name} {phone}', 'Call {name} {phone}'),
  masked: said('电话 {phone}（打开记录查看）', 'Phone {phone} (open the record to see it)'),
};

export const ACT = {
  done: said('完成', 'Done'),
  doneOf: said('完成“{title}”', 'Mark “{title}” as done'),
  accept: said('接受', 'Accept'),
  decline: said('拒绝', 'Decline'),
  why: said('拒绝的原因', 'Why you decline'),
  send: said('确认拒绝', 'Decline it'),
  cancel: said('取消', 'Cancel'),
  logAs: said('记为', 'Log as'),
  logOf: said('记录“{title}”：{type}', 'Log on “{title}”: {type}'),
  logged: said('已记录：{subject}', 'Logged: {subject}'),
  doneSaid: said('已完成：{subject}', 'Done: {subject}'),
  answered: said('已答复', 'Answered'),
  edit: said('补充内容', 'Add details'),
  close: said('关闭提示', 'Close the note'),
  failed: said('没有成功，请再试一次。', 'It did not work. Please try again.'),
};

/** What a click logs, by type: word on the button, and the subject that it writes. */
export const LOGGED: Record<'call' | 'visit' | 'message' | 'no_change', { icon: string; text: Said; subject: Said }> = {
  call: { icon: 'call', text: said('电话', 'Call'), subject: said('电话跟进', 'Call') },
  visit: { icon: 'directions_walk', text: said('拜访', 'Visit'), subject: said('上门拜访', 'Visit') },
  message: { icon: 'chat', text: said('消息', 'Message'), subject: said('消息联系', 'Message') },
  no_change: { icon: 'remove', text: said('无变化', 'No change'), subject: said('本月无变化', 'No change this month') },
};

export const TYPE_ICONS: Record<DayActivity['type'], string> = {
  call: 'call',
  mail: 'mail',
  visit: 'directions_walk',
  meeting: 'groups',
  message: 'chat',
  task: 'task',
  no_change: 'remove',
};

export const TYPES: Record<DayActivity['type'], Said> = {
  call: said('电话', 'Call'),
  mail: said('邮件', 'Mail'),
  visit: said('拜访', 'Visit'),
  meeting: said('会议', 'Meeting'),
  message: said('消息', 'Message'),
  task: said('任务', 'Task'),
  no_change: said('无变化', 'No change'),
};

export const FIND = {
  label: said('查找我的客户和线索', 'Find my customers and leads'),
  placeholder: said('客户、线索名称或完整电话', 'Customer, lead or whole phone number'),
  nothing: said('没有找到', 'Nothing was found'),
  found: said('找到 {count} 条', '{count} found'),
};

export const KEYS = {
  activity: said('新建行动', 'New activity'),
  customer: said('新建客户', 'New customer'),
  lead: said('新建线索', 'New lead'),
  search: said('查找', 'Find'),
  help: said('快捷键', 'Shortcuts'),
};

export const QUICK = {
  customer: said('快速录入客户', 'Quick customer'),
  lead: said('快速录入线索', 'Quick lead'),
  name: said('客户名称', 'Customer name'),
  kind: said('客户类型', 'Kind'),
  contact: said('联系人', 'Contact'),
  phone: said('联系电话', 'Phone'),
  region: said('地区', 'Region'),
  regionHint: said('输入城市名，从列表中选', 'Type a city and take it from the list'),
  regionUnknown: said('请从列表中选择地区', 'Take a region from the list'),
  needs: said('首次需求', 'First need'),
  company: said('公司名称', 'Company'),
  source: said('线索来源', 'Source'),
  none: said('未选', 'Not chosen'),
  save: said('保存', 'Save'),
  saveAndNew: said('保存并新建', 'Save and new'),
  keys: said('回车保存，Shift+回车保存并新建', 'Enter saves, Shift+Enter saves and begins another'),
  needed: said('必填', 'Needed'),
  saved: said('已录入：{name}', 'Entered: {name}'),
  yours: said('您已有：', 'Already yours:'),
};

/** A record by what it is. */
export const RECORDS: Readonly<Record<string, Said>> = {
  crm_customers: said('客户', 'Customer'),
  crm_contacts: said('联系人', 'Contact'),
  crm_leads: said('线索', 'Lead'),
  crm_opportunities: said('商机', 'Opportunity'),
};
