import { defineCollection } from '../define.ts';
import { id, link, owner, segment, t } from '../fields.ts';

/** Which controlled tags a customer bears; part of the customer's tree. */
export default defineCollection({
  name: 'crm_customers_tags',
  tenancy: 'owned',
  label: t('客户标签', 'Customer tags'),
  singular: t('客户标签', 'Customer tag'),
  icon: 'sell',
  displayTemplate: '{{tag.name}}',
  hidden: true,
  sort: 91,
  parents: ['customer'],
  fields: [
    id(),
    link(
      'customer',
      t('客户', 'Customer'),
      {
        to: 'crm_customers',
        kind: 'tree',
        onDelete: 'CASCADE',
        junction: 'tag',
        list: {
          name: 'tags',
          label: t('标签', 'Tags'),
          template: '{{tag.name}}',
          filter: { active: { _eq: true } },
          group: 'classification',
        },
      },
      { notNull: true },
    ),
    link('tag', t('标签', 'Tag'), { to: 'crm_tags', kind: 'reference', onDelete: 'CASCADE', junction: 'customer' }, { notNull: true }),
    segment({ hidden: true }),
    owner({ hidden: true }),
  ],
});
