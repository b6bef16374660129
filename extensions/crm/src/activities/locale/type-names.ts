import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What a quick entry is called that says nothing but its kind (USE-3, SAL-14). */
export const TYPE_NAMES = {
  call: said('电话', 'Call'),
  mail: said('邮件', 'Mail'),
  visit: said('拜访', 'Visit'),
  meeting: said('会议', 'Meeting'),
  message: said('消息', 'Message'),
  task: said('任务', 'Task'),
  no_change: said('无变化', 'No change'),
} satisfies Record<string, Said>;

export type ActivityType = keyof typeof TYPE_NAMES;
export const ACTIVITY_TYPES = Object.keys(TYPE_NAMES) as [ActivityType, ...ActivityType[]];

export const isActivityType = (type: string): type is ActivityType => Object.hasOwn(TYPE_NAMES, type);
