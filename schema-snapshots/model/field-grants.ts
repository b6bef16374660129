import { defineCollection } from '../define.ts';
import { id, line, pick, choice, stamps, t, yesNo } from '../fields.ts';

/** Fields that an admin added to our collections, granted to roles; the access matrix takes them in and upgrades keep them. */
export default defineCollection({
  name: 'crm_field_grants',
  tenancy: 'reference',
  label: t('自定义字段授权', 'Field grants'),
  singular: t('自定义字段授权', 'Field grant'),
  icon: 'key',
  displayTemplate: '{{collection}}.{{field}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 13,
  fields: [
    id(),
    line('collection', t('集合', 'Collection'), { notNull: true, required: true, length: 64 }),
    line('field', t('字段', 'Field'), { notNull: true, required: true, length: 64 }),
    pick(
      'role',
      t('角色', 'Role'),
      [
        choice('system_admin', '系统管理员', 'System admin'),
        choice('group_executive', '集团管理层', 'Group executive'),
        choice('segment_head', '版块负责人', 'Segment head'),
        choice('segment_admin', '版块管理员', 'Segment admin'),
        choice('sales_rep', '业务人员', 'Sales rep'),
      ],
      { notNull: true, required: true },
    ),
    yesNo('can_read', t('可读', 'May read'), { default: true }),
    yesNo('can_create', t('可新建时填写', 'May fill in on create')),
    yesNo('can_update', t('可修改', 'May change')),
    ...stamps(),
  ],
});
