import { defineCollection } from '../define.ts';
import { id, line, person, prose, stamps, t } from '../fields.ts';

/** The group's companies. Ten segments map to eight of them (ORG-1); each names one project owner (ORG-9). */
export default defineCollection({
  name: 'crm_companies',
  tenancy: 'reference',
  label: t('集团公司', 'Companies'),
  singular: t('集团公司', 'Company'),
  icon: 'apartment',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 1,
  fields: [
    id(),
    line('name', t('公司名称', 'Name'), { notNull: true, required: true }),
    line('short_name', t('简称', 'Short name'), { length: 64 }),
    person('project_owner', t('项目负责人', 'Project owner'), {
      onDelete: 'SET NULL',
      note: t('副总及以上的销售主管一名，负责培训、推进与奖惩', 'One sales executive (VP or above): training, progress, rewards'),
    }),
    prose('rules', t('奖惩细则', 'Reward and penalty rules')),
    ...stamps(),
  ],
});
