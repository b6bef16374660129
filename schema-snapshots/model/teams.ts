import { defineCollection } from '../define.ts';
import { id, line, person, segment, stamps, t } from '../fields.ts';

/** Departments and teams inside a segment, for filters and figures (ORG-10). */
export default defineCollection({
  name: 'crm_teams',
  tenancy: 'segmental',
  label: t('团队', 'Teams'),
  singular: t('团队', 'Team'),
  icon: 'groups',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 3,
  fields: [
    id(),
    line('name', t('团队名称', 'Name'), { notNull: true, required: true }),
    person('leader', t('负责人', 'Leader'), { onDelete: 'SET NULL' }),
    segment(),
    ...stamps(),
  ],
  indexes: [['segment', 'name']],
});
