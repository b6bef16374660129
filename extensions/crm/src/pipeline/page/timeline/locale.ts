import type { Said } from '../../../platform/app/i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const TIMELINE = {
  name: said('动态', 'Timeline'),
  about: said('记录上发生的一切，新的在前', 'Everything that happened on a record, newest first'),
  filters: said('显示哪些', 'What is shown'),
  transfer: said('申请划转', 'Ask for a transfer'),
  log: said('记录跟进', 'Log an activity'),
  none: said('还没有动态', 'Nothing happened yet'),
  noneOfKind: said('没有这类动态', 'Nothing of this kind'),
  more: said('更早的', 'Earlier'),
  loading: said('正在加载动态', 'Loading the timeline'),
  failed: said('动态没有加载成功。', 'The timeline could not be loaded.'),
  again: said('再试一次', 'Try again'),
  pending: said('待审批', 'Waits for an approval'),
  someone: said('其他人', 'somebody else'),
  system: said('系统', 'the system'),
  on: said('于“{title}”', 'on “{title}”'),
  activity: said('{type}：{subject}', '{type}: {subject}'),
  planned: said('计划 {day}', 'Planned for {day}'),
  nextStep: said('下一步：{text}', 'Next: {text}'),
  stage: said('{who} 从“{from}”移到“{to}”', '{who} moved it from “{from}” to “{to}”'),
  begun: said('{who} 新建于“{to}”', '{who} began it in “{to}”'),
  approval: said('{kind}：{title}', '{kind}: {title}'),
  requested: said('{who} 申请', 'Asked for by {who}'),
  decided: said('{who} 审批', 'Decided by {who}'),
  reveal: said('{who} 查看了“{field}”', '{who} looked at “{field}”'),
  times: said('当天 {count} 次', '{count} {count:time|times} that day'),
  audit: said('{who}：{action}', '{who}: {action}'),
};

export const TIMELINE_KINDS = {
  activity: { text: said('跟进', 'Activities'), icon: 'forum' },
  stage: { text: said('阶段', 'Stages'), icon: 'stairs' },
  approval: { text: said('审批', 'Approvals'), icon: 'approval' },
  reveal: { text: said('查看', 'Looks'), icon: 'visibility' },
  audit: { text: said('审计', 'Audit'), icon: 'policy' },
} as const satisfies Record<string, { text: Said; icon: string }>;

export const STANDING: Record<string, Said> = {
  open: said('未完成', 'Open'),
  overdue: said('已逾期', 'Overdue'),
  declined: said('已拒绝', 'Declined'),
};

export const LOG = {
  title: said('记录跟进', 'Log an activity'),
  type: said('方式', 'How'),
  subject: said('主题', 'Subject'),
  notes: said('内容', 'Notes'),
  save: said('保存', 'Save'),
  cancel: said('取消', 'Cancel'),
  failed: said('没有保存成功，请稍后再试。', 'It could not be saved. Please try again later.'),
};
