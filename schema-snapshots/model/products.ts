import { defineCollection } from '../define.ts';
import { forSegment, id, line, money, stamps, t, yesNo } from '../fields.ts';

/** What the group sells; a product of one segment is that segment's alone. */
export default defineCollection({
  name: 'crm_products',
  tenancy: 'config',
  label: t('产品', 'Products'),
  singular: t('产品', 'Product'),
  icon: 'inventory_2',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 7,
  fields: [
    id(),
    line('name', t('产品名称', 'Name'), { notNull: true, required: true }),
    line('code', t('产品编码', 'Code'), { length: 64, indexed: true }),
    line('unit', t('单位', 'Unit'), { length: 16 }),
    money('price', t('标准价格', 'List price')),
    yesNo('active', t('启用', 'Active'), { default: true }),
    forSegment(),
    ...stamps(),
  ],
});
