import { defineCollection } from '../define.ts';
import { id, line, moment, secretText, t } from '../fields.ts';

/**
 * The key of each person whose data is sealed, wrapped by a master key (SEC-1, Q8). It stands here and nowhere else, so
 * that erasing one row erases the person. The id follows from collection and item: a second key of a row cannot exist.
 */
export default defineCollection({
  name: 'crm_subject_keys',
  tenancy: 'internal',
  label: t('主体密钥', 'Subject keys'),
  singular: t('主体密钥', 'Subject key'),
  icon: 'key',
  displayTemplate: '{{collection}}',
  hidden: true,
  sort: 93,
  fields: [
    id(),
    line('collection', t('集合', 'Collection'), { notNull: true, length: 64, readonly: true }),
    line('item', t('记录', 'Record'), { notNull: true, length: 64, readonly: true }),
    line('key_id', t('主密钥编号', 'Master key'), { notNull: true, length: 64, indexed: true, readonly: true }),
    secretText('key', t('密钥（加密）', 'Key (wrapped)')),
    moment('date_created', t('创建时间', 'Created on'), { readonly: true }),
  ],
});
