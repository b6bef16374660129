import { defineCollection } from '../define.ts';
import { LATER, choice, day, id, line, link, owner, pick, prose, sealed, section, segment, stamps, t, yesNo } from '../fields.ts';

/** The people at a customer (CUS-1 to CUS-4, CUS-8). */
export default defineCollection({
  name: 'crm_contacts',
  tenancy: 'owned',
  label: t('联系人', 'Contacts'),
  singular: t('联系人', 'Contact'),
  icon: 'contacts',
  displayTemplate: '{{name}} {{position}}',
  hidden: true,
  sort: 7,
  parents: ['customer'],
  archive: { field: 'status', archived: 'archived', unarchived: 'active' },
  fields: [
    id(),
    line('name', t('姓名', 'Name'), { notNull: true, required: true, length: 128, personal: true }),
    line('position', t('职务', 'Position'), { length: 128 }),
    ...sealed('phone', t('电话', 'Phone'), {
      options: { iconLeft: 'call', placeholder: t('手机或带区号的座机', 'Mobile, or landline with area code') },
    }),
    ...sealed('email', t('电子邮箱', 'E-mail'), { options: { iconLeft: 'mail' } }),
    ...sealed('wechat', t('微信', 'WeChat'), { options: { iconLeft: 'chat' } }),
    yesNo('is_decision_maker', t('决策人', 'Decision maker')),
    section('contact_more', t('更多', 'More'), 'more_horiz'),
    yesNo('is_primary', t('主要联系人', 'Main contact'), { group: 'contact_more' }),
    link(
      'customer',
      t('客户', 'Customer'),
      {
        to: 'crm_customers',
        kind: 'tree',
        onDelete: 'NO ACTION',
        list: {
          name: 'contacts',
          label: t('联系人', 'Contacts'),
          layout: 'table',
          fields: ['name', 'position', 'phone', 'email', 'is_decision_maker'],
          after: 'kind',
        },
      },
      { notNull: true, required: true, group: 'contact_more', width: 'full' },
    ),
    line('hobbies', t('爱好', 'Hobbies'), { group: 'contact_more', personal: true }),
    day('last_verified_on', t('最近核实日期', 'Last verified on'), { group: 'contact_more' }),
    pick(
      'status',
      t('状态', 'Status'),
      [
        choice('active', '在职', 'Current', { color: 'var(--theme--success)' }),
        choice('archived', '已归档', 'Archived', { color: 'var(--theme--foreground-subdued)' }),
      ],
      { notNull: true, default: 'active', group: 'contact_more' },
    ),
    prose('notes', t('备注', 'Notes'), { group: 'contact_more' }),
    owner({ readonly: true, group: 'contact_more', conditions: [LATER] }),
    segment({ readonly: true, group: 'contact_more', conditions: [LATER] }),
    ...stamps(),
  ],
  indexes: [['name'], ['segment', 'name'], ['owner', 'name']],
});
