import { defineCollection } from '../define.ts';
import { id, link, t, yesNo } from '../fields.ts';

/** Which segments a head or a segment admin manages (Q18); read by the row rules, by nobody else. */
export default defineCollection({
  name: 'crm_user_segments',
  tenancy: 'internal',
  label: t('管理的版块', 'Managed segments'),
  singular: t('管理的版块', 'Managed segment'),
  icon: 'supervised_user_circle',
  displayTemplate: '{{crm_segment.name}}',
  hidden: true,
  sort: 90,
  fields: [
    id(),
    link(
      'crm_user',
      t('用户', 'User'),
      {
        to: 'directus_users',
        kind: 'user',
        onDelete: 'CASCADE',
        junction: 'crm_segment',
        list: {
          name: 'crm_managed_segments',
          label: t('管理的版块', 'Managed segments'),
          note: t('版块负责人与版块管理员可管理多个版块', 'Heads and segment admins may manage several'),
          template: '{{crm_segment.name}}',
          group: 'crm_section',
        },
      },
      { notNull: true },
    ),
    link(
      'crm_segment',
      t('版块', 'Segment'),
      { to: 'crm_segments', kind: 'reference', onDelete: 'CASCADE', junction: 'crm_user' },
      { notNull: true },
    ),
    yesNo('is_home', t('所属版块', 'Home segment'), {
      hidden: true,
      readonly: true,
      computed: true,
      note: t('随用户的所属版块自动维护', 'Follows the home segment of the user; kept by the server'),
    }),
  ],
  indexes: [['crm_user', 'crm_segment']],
});
