import { defineExtension } from '../define.ts';
import { line, link, moment, section, t, yesNo } from '../fields.ts';

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
    yesNo('crm_pending_exam', t('待考核', 'Waits for the exam'), {
      group: 'crm_section',
      note: t('通过考核之前没有任何权限', 'Has no rights until the exam is passed'),
    }),
    yesNo('crm_must_change_password', t('首次登录须改密码', 'Must change the password'), {
      group: 'crm_section',
      readonly: true,
      computed: true,
      note: t('登录后须先修改密码', 'Has to set a password before anything else'),
    }),
    moment('crm_password_changed_at', t('密码修改时间', 'Password changed at'), { group: 'crm_section', readonly: true, computed: true }),
  ],
});
