import { defineCollection } from '../define.ts';
import { choice, id, line, pick, secretText, t, whole } from '../fields.ts';

/**
 * Staging and journal of an import in one: a line of the file, what became of it, and how the row was before (N6). What it
 * says and the image before are sealed under the import's own key, so no clear value lies here, and dropping the key
 * clears the whole batch (SEC-1, N8). Nobody reads it but the import's own endpoints.
 */
export default defineCollection({
  name: 'crm_import_rows',
  tenancy: 'internal',
  label: t('导入明细', 'Import rows'),
  singular: t('导入明细', 'Import row'),
  icon: 'table_rows',
  displayTemplate: '{{line}}',
  hidden: true,
  sort: 94,
  fields: [
    id(),
    line('import', t('批次', 'Batch'), { notNull: true, length: 36, readonly: true }),
    whole('line', t('行号', 'Line'), { notNull: true, readonly: true }),
    // In a table of customers: the earlier line that brings the company of which this one brings another contact.
    whole('company_line', t('所属公司的行', 'Line of the company'), { readonly: true }),
    line('row_key', t('行指纹', 'Key of the row'), { length: 128, indexed: true, readonly: true }),
    pick(
      'verdict',
      t('判定', 'Verdict'),
      [
        choice('new', '新增', 'New row'),
        choice('update', '更新', 'Update'),
        choice('known', '已有相同', 'Known already'),
        choice('suspect', '疑似重复', 'Suspected duplicate'),
        choice('error', '有误', 'With errors'),
      ],
      { notNull: true, default: 'error', readonly: true },
    ),
    line('matched_by', t('依据', 'Found by'), { length: 32, readonly: true }),
    line('collection', t('集合', 'Collection'), { length: 64, readonly: true }),
    line('item', t('记录', 'Record'), { length: 64, indexed: true, readonly: true }),
    pick(
      'state',
      t('进度', 'Progress'),
      [
        choice('staged', '待导入', 'To be imported'),
        choice('skipped', '不导入', 'Left out'),
        choice('done', '已导入', 'Imported'),
        choice('undone', '已撤销', 'Undone'),
        choice('kept', '已被修改，未撤销', 'Edited since, kept'),
      ],
      { notNull: true, default: 'staged', readonly: true },
    ),
    secretText('content', t('内容（加密）', 'Content (sealed)')),
    secretText('image_before', t('导入前（加密）', 'Before (sealed)')),
    secretText('image_after', t('导入后（加密）', 'After (sealed)')),
  ],
  indexes: [
    ['import', 'line'],
    ['import', 'state', 'line'],
    ['import', 'verdict', 'line'],
    ['import', 'company_line'],
  ],
});
