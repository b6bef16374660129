import { defineCollection } from '../define.ts';
import { CLASSES, KINDS } from '../choices.ts';
import { contactChoices, fieldChoices, fieldNames } from '../field-choices.ts';
import { forSegment, id, line, pick, t } from '../fields.ts';
import { ALTERNATIVES, CONTACT_ALTERNATIVES, RELATED_FACTS } from '../requirements.ts';
import contacts from './contacts.ts';
import customers from './customers.ts';

/** Which fields make a customer complete enough to be active, by class, kind and segment (Q19, CUS-1, CUS-2, CUS-4). */
export default defineCollection({
  name: 'crm_required_sets',
  tenancy: 'config',
  label: t('必填项设置', 'Required sets'),
  singular: t('必填项设置', 'Required set'),
  icon: 'checklist',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 11,
  fields: [
    id(),
    line('name', t('名称', 'Name'), { required: true, length: 64, width: 'full' }),
    pick('class', t('客户分类', 'Class'), CLASSES, { note: t('留空表示所有分类', 'Empty means: every class') }),
    pick('kind', t('客户类型', 'Kind'), KINDS, { note: t('留空表示所有类型', 'Empty means: every kind') }),
    fieldNames('fields', t('客户必填项', 'Fields of the customer'), fieldChoices(customers.fields, [...RELATED_FACTS, ...ALTERNATIVES]), {
      notNull: true,
    }),
    fieldNames(
      'contact_fields',
      t('至少一位联系人须填', 'Fields of at least one contact'),
      contactChoices(contacts.fields, CONTACT_ALTERNATIVES),
    ),
    forSegment(),
  ],
});
