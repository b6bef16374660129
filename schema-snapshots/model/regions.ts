import { defineCollection } from '../define.ts';
import { choice, day, id, line, link, pick, t } from '../fields.ts';

/** Administrative divisions of GB/T 2260 down to the city, with the years in which they hold. */
export default defineCollection({
  name: 'crm_regions',
  tenancy: 'reference',
  label: t('地区', 'Regions'),
  singular: t('地区', 'Region'),
  icon: 'map',
  displayTemplate: '{{full_name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 4,
  fields: [
    id(),
    line('code', t('行政区划代码', 'Code (GB/T 2260)'), { notNull: true, required: true, length: 12, indexed: true }),
    line('name', t('名称', 'Name'), { notNull: true, required: true, length: 64 }),
    line('full_name', t('全称', 'Full name'), {
      notNull: true,
      required: true,
      length: 128,
      note: t('含上级，如“浙江省 杭州市”', 'With its province'),
    }),
    pick('level', t('级别', 'Level'), [choice('province', '省级', 'Province'), choice('city', '地市级', 'City')], {
      notNull: true,
      required: true,
    }),
    link('parent', t('上级', 'Part of'), {
      to: 'crm_regions',
      kind: 'reference',
      onDelete: 'NO ACTION',
      list: { name: 'children', label: t('下级', 'Parts'), layout: 'table', fields: ['code', 'name'] },
    }),
    day('valid_from', t('生效日期', 'Valid from')),
    day('valid_to', t('失效日期', 'Valid to')),
  ],
});
