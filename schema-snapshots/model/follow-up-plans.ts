import { ACTIVITY_TYPES, CLASSES, GRADES, PRIORITIES } from '../choices.ts';
import { defineCollection } from '../define.ts';
import { forSegment, id, line, pick, t, whole, yesNo } from '../fields.ts';

/** How often which customers are visited or called, by class and grade (SAL-12, SAL-13, CUS-9); a segment's own comes first. */
export default defineCollection({
  name: 'crm_follow_up_plans',
  tenancy: 'config',
  label: t('拜访与跟进计划', 'Follow-up plans'),
  singular: t('拜访与跟进计划', 'Follow-up plan'),
  icon: 'event_repeat',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 23,
  fields: [
    id(),
    line('name', t('名称', 'Name'), { notNull: true, required: true }),
    pick('class', t('客户分类', 'Class'), CLASSES, { note: t('留空为所有分类', 'Empty: every class') }),
    pick('grade', t('客户级别', 'Grade'), GRADES, { note: t('留空为所有级别', 'Empty: every grade') }),
    pick('type', t('行动类型', 'Activity'), ACTIVITY_TYPES, { notNull: true, required: true, default: 'visit' }),
    line('subject', t('主题', 'Subject'), { notNull: true, required: true }),
    whole('every_days', t('间隔（天）', 'Every (days)'), { notNull: true, required: true, default: 30 }),
    whole('ahead_days', t('提前生成（天）', 'Made ahead (days)'), { notNull: true, default: 14 }),
    pick('priority', t('优先级', 'Priority'), PRIORITIES, { notNull: true, default: 'medium' }),
    yesNo('active', t('启用', 'Active'), { default: true }),
    forSegment(),
  ],
});
