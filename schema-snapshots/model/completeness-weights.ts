import { defineCollection } from '../define.ts';
import { fieldChoices } from '../field-choices.ts';
import { forSegment, id, line, t, whole } from '../fields.ts';
import { RELATED_FACTS } from '../requirements.ts';
import customers from './customers.ts';

const choices = fieldChoices(customers.fields, RELATED_FACTS);

/** How much each field counts for a customer's completeness of 0 to 100 (CUS-5). */
export default defineCollection({
  name: 'crm_completeness_weights',
  tenancy: 'config',
  label: t('完整度权重', 'Completeness weights'),
  singular: t('完整度权重', 'Completeness weight'),
  icon: 'balance',
  displayTemplate: '{{field}} {{weight}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 12,
  fields: [
    id(),
    line('field', t('字段', 'Field'), {
      notNull: true,
      required: true,
      length: 64,
      interface: 'select-dropdown',
      options: { choices, allowOther: true },
      display: 'labels',
      displayOptions: { choices },
    }),
    whole('weight', t('权重', 'Weight'), { notNull: true, required: true }),
    forSegment(),
  ],
});
