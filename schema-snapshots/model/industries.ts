import { defineCollection } from '../define.ts';
import { choice, day, id, line, link, pick, t } from '../fields.ts';

/** Sections and divisions of GB/T 4754-2017 as a tree (CUS-6). */
export default defineCollection({
  name: 'crm_industries',
  tenancy: 'reference',
  label: t('行业', 'Industries'),
  singular: t('行业', 'Industry'),
  icon: 'factory',
  displayTemplate: '{{code}} {{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 5,
  fields: [
    id(),
    line('code', t('代码', 'Code'), { notNull: true, required: true, length: 8, indexed: true }),
    line('name', t('名称', 'Name'), { notNull: true, required: true, length: 128 }),
    line('name_en', t('英文名称', 'English name'), { length: 160 }),
    pick('level', t('级别', 'Level'), [choice('section', '门类', 'Section'), choice('division', '大类', 'Division')], {
      notNull: true,
      required: true,
    }),
    link('parent', t('上级', 'Part of'), {
      to: 'crm_industries',
      kind: 'reference',
      onDelete: 'NO ACTION',
      list: { name: 'children', label: t('下级', 'Parts'), layout: 'table', fields: ['code', 'name'] },
    }),
    line('version', t('标准版本', 'Edition'), { notNull: true, default: 'GB/T 4754-2017', length: 32 }),
    day('valid_from', t('生效日期', 'Valid from')),
    day('valid_to', t('失效日期', 'Valid to')),
  ],
});
