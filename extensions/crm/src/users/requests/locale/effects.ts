import type { Said } from '../../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What a preview counts. */
export const COUNTED = {
  crm_customers: said('个客户', 'customers'),
  crm_leads: said('条线索', 'leads'),
  crm_opportunities: said('个商机', 'opportunities'),
  crm_activities: said('条行动', 'activities'),
} as const satisfies Record<string, Said>;

/** What carrying a form out comes to, in sentences. */
export const EFFECTS = {
  no_log_in: said('将不能登录，看不到任何记录。', 'Will not be able to log in, and sees nothing.'),
  sees: said('将能看到 {count} {what}。', 'Will see {count} {what}.'),
  gains: said('其中新看到 {count} {what}。', 'Of these {count} {what} are new to them.'),
  loses: said('不再看到 {count} {what}。', 'Loses {count} {what}.'),
  beyond: said(
    '新权限涉及您看不到的版块，那里的记录未计入。',
    'The new rights reach segments that you do not see; rows there are not counted.',
  ),
  work: said('名下还有 {count} 项未完成的工作，需要移交。', '{count} pieces of open work are theirs and have to be handed over.'),
  work_beyond: said(
    '在您看不到的版块，此人名下还有未完成的工作，未计入。',
    'They also own open work in segments that you do not see; it is not counted.',
  ),
  at_once: said(
    '变动日期是 {day}，但执行后立即生效，不会等到那一天。',
    'The change is dated {day}, but carrying it out takes effect at once, not on that day.',
  ),
  no_calendar: said(
    '{year} 年的工作日历还没有录入，办理期限按周一至周五计算。',
    'The working calendar of {year} is missing: the due day goes by Monday to Friday.',
  ),
  elsewhere: said('此人已不在您管理的版块，这里不再显示效果。', 'They are in no segment of yours any more, so the effect is not shown.'),
  full: said(
    '此岗位的在职人数已满（系统管理员和每个版块的版块管理员最多两名），请先停用或调整一人。',
    'The post is filled (two system administrators, two admins a segment). Suspend or move one first.',
  ),
} as const satisfies Record<string, Said>;
