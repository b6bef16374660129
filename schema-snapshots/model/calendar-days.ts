import { defineCollection } from '../define.ts';
import { choice, day, id, line, pick, t } from '../fields.ts';

/** The days that differ from Monday to Friday: holidays and make-up working days (Q9). Editable. */
export default defineCollection({
  name: 'crm_calendar_days',
  tenancy: 'reference',
  label: t('工作日历', 'Working calendar'),
  singular: t('日历日', 'Calendar day'),
  icon: 'calendar_month',
  displayTemplate: '{{day}} {{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 8,
  fields: [
    id(),
    day('day', t('日期', 'Day'), { notNull: true, required: true, unique: true }),
    pick(
      'kind',
      t('类型', 'Kind'),
      [
        choice('workday', '工作日', 'Working day', { icon: 'work', color: 'var(--theme--primary)' }),
        choice('holiday', '休息日', 'Day off', { icon: 'beach_access', color: 'var(--theme--success)' }),
      ],
      { notNull: true, required: true },
    ),
    line('name', t('名称', 'Name'), { length: 64 }),
    line('source', t('来源', 'Source'), { length: 128, readonly: true }),
  ],
});
