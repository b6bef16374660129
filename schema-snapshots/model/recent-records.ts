import { defineCollection } from '../define.ts';
import { id, line, moment, person, t } from '../fields.ts';

/** Which records somebody opened last, for their own my-day page; kept by the server, read by nobody through the host. */
export default defineCollection({
  name: 'crm_recent_records',
  tenancy: 'internal',
  label: t('最近打开', 'Recently opened'),
  singular: t('最近打开', 'Recently opened'),
  icon: 'history',
  displayTemplate: '{{collection}}',
  hidden: true,
  sort: 44,
  fields: [
    id(),
    person('user', t('人员', 'User'), { notNull: true, onDelete: 'CASCADE' }),
    line('collection', t('集合', 'Collection'), { notNull: true, length: 64 }),
    line('item', t('记录', 'Record'), { notNull: true, length: 64 }),
    moment('at', t('时间', 'At'), { notNull: true }),
  ],
  indexes: [
    ['user', 'at'],
    ['user', 'collection', 'item'],
  ],
});
