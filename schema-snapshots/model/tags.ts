import { defineCollection } from '../define.ts';
import { choice, id, line, pick, t, yesNo } from '../fields.ts';

/** The controlled list of tags (CUS-6): reps choose, they do not invent. */
export default defineCollection({
  name: 'crm_tags',
  tenancy: 'reference',
  label: t('标签', 'Tags'),
  singular: t('标签', 'Tag'),
  icon: 'sell',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 6,
  fields: [
    id(),
    line('name', t('标签', 'Tag'), { notNull: true, required: true, unique: true, length: 64 }),
    pick('topic', t('主题', 'Topic'), [
      choice('need', '需求', 'Need'),
      choice('behaviour', '行为', 'Behaviour'),
      choice('relation', '关系', 'Relationship'),
      choice('other', '其他', 'Other'),
    ]),
    line('color', t('颜色', 'Colour'), { interface: 'select-color', display: 'color', length: 16 }),
    yesNo('active', t('启用', 'Active'), { default: true }),
  ],
});
