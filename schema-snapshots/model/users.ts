import { defineExtension } from '../define.ts';
import { line, link, section, t } from '../fields.ts';

/** What the CRM knows of a user besides the host's own fields. */
export default defineExtension({
  collection: 'directus_users',
  fields: [
    section('crm_section', t('客户关系管理', 'CRM'), 'handshake', { open: true }),
    link(
      'crm_segment',
      t('所属版块', 'Home segment'),
      { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      { group: 'crm_section' },
    ),
    link(
      'crm_company',
      t('所属公司', 'Company'),
      { to: 'crm_companies', kind: 'reference', onDelete: 'SET NULL' },
      { group: 'crm_section' },
    ),
    link('crm_team', t('团队', 'Team'), { to: 'crm_teams', kind: 'segment', onDelete: 'SET NULL' }, { group: 'crm_section' }),
    line('crm_employee_no', t('工号', 'Employee number'), { length: 64, group: 'crm_section' }),
    line('crm_position', t('职务', 'Position'), { length: 128, group: 'crm_section' }),
  ],
});
