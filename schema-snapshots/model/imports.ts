import { defineCollection, type Field } from '../define.ts';
import { choice, id, line, moment, owner, percent, person, pick, section, segment, stamps, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const FILE = { ...KEPT, group: 'import_file' } as const;
const RESULT = { ...KEPT, group: 'import_result' } as const;
const SAMPLE = { ...KEPT, group: 'import_sample' } as const;

const count = (name: string, label: ReturnType<typeof t>): Field => whole(name, label, { ...RESULT, notNull: true, default: 0 });

/**
 * One table that somebody brought, from its upload to its acceptance or its undoing (IMP-1 to IMP-4, N6). Written by the
 * server only; what its rows say stands sealed in crm_import_rows. `file_hash` and the keys of the rows make the same
 * file known again.
 */
export default defineCollection({
  name: 'crm_imports',
  tenancy: 'owned',
  label: t('导入批次', 'Imports'),
  singular: t('导入批次', 'Import'),
  icon: 'upload_file',
  displayTemplate: '{{file_name}}',
  hidden: true,
  sort: 40,
  fields: [
    id(),
    line('file_name', t('文件名', 'File'), { ...KEPT, notNull: true }),
    pick(
      'kind',
      t('导入内容', 'What it holds'),
      [
        choice('customers', '客户', 'Customers'),
        choice('contacts', '联系人', 'Contacts'),
        choice('leads', '线索', 'Leads'),
        choice('activities', '行动', 'Activities'),
        choice('orders', '订单', 'Orders'),
      ],
      { ...KEPT, notNull: true, default: 'customers' },
    ),
    pick(
      'status',
      t('状态', 'Status'),
      [
        choice('uploaded', '已上传', 'Uploaded', { icon: 'upload_file', color: '#5B7083' }),
        choice('checked', '已检查', 'Checked', { icon: 'fact_check', color: '#2E6FBA' }),
        choice('importing', '导入中', 'Being imported', { icon: 'autorenew', color: '#D98200' }),
        choice('undoing', '撤销中', 'Being undone', { icon: 'history', color: '#D98200' }),
        choice('interrupted', '已中断', 'Interrupted', { icon: 'warning', color: '#C9302C' }),
        choice('imported', '已导入', 'Imported', { icon: 'task_alt', color: '#2E8B57' }),
        choice('stopped', '已停止', 'Stopped', { icon: 'cancel', color: '#5B7083' }),
        choice('undone', '已撤销', 'Undone', { icon: 'undo', color: '#5B7083' }),
      ],
      { ...KEPT, notNull: true, default: 'uploaded' },
    ),
    pick(
      'sample_state',
      t('抽检', 'Spot check'),
      [
        choice('not_needed', '无需抽检', 'No check needed', { color: '#5B7083' }),
        choice('waiting', '待抽检', 'Waiting for its check', { color: '#D98200' }),
        choice('accepted', '抽检通过', 'Accepted', { color: '#2E8B57' }),
        choice('returned', '已退回', 'Sent back', { color: '#C9302C' }),
      ],
      { ...KEPT, notNull: true, default: 'not_needed' },
    ),
    section('import_file', t('文件与对应关系', 'File and mapping'), 'description'),
    line('file_hash', t('文件指纹', 'Fingerprint'), { ...FILE, length: 64, notNull: true, indexed: true }),
    whole('file_bytes', t('文件大小（字节）', 'Size in bytes'), { ...FILE, notNull: true, default: 0 }),
    {
      name: 'settings',
      type: 'json',
      label: t('读取方式', 'How it is read'),
      special: ['cast-json'],
      interface: 'input-code',
      options: { language: 'json', lineNumber: false },
      width: 'full',
      ...FILE,
    },
    section('import_result', t('结果', 'Result'), 'summarize'),
    count('rows_total', t('总行数', 'Rows')),
    count('rows_new', t('新增', 'New rows')),
    count('rows_updated', t('更新', 'Updated rows')),
    count('rows_known', t('已有相同', 'Known already')),
    count('rows_suspect', t('疑似重复', 'Suspected duplicates')),
    count('rows_faulty', t('有误', 'Rows with errors')),
    count('rows_done', t('已处理到', 'Done so far')),
    moment('finished_at', t('完成时间', 'Finished at'), RESULT),
    moment('undone_at', t('撤销时间', 'Undone at'), RESULT),
    person('undone_by', t('撤销人', 'Undone by'), { onDelete: 'SET NULL', ...RESULT }),
    section('import_sample', t('抽检记录', 'Spot check record'), 'checklist'),
    percent('sample_percent', t('抽检比例', 'Share checked'), SAMPLE),
    line('sample_seed', t('抽样种子', 'Seed of the draw'), { ...SAMPLE, length: 128 }),
    whole('sample_errors', t('抽检错误数', 'Errors found'), SAMPLE),
    {
      name: 'sample_result',
      type: 'json',
      label: t('抽检结果', 'Result of the check'),
      special: ['cast-json'],
      interface: 'input-code',
      options: { language: 'json', lineNumber: false },
      width: 'full',
      ...SAMPLE,
    },
    person('sample_checked_by', t('抽检人', 'Checked by'), { onDelete: 'SET NULL', ...SAMPLE }),
    moment('sample_checked_at', t('抽检时间', 'Checked at'), SAMPLE),
    section('import_place', t('归属', 'Owner and segment'), 'badge'),
    owner({ ...KEPT, group: 'import_place' }),
    segment({ ...KEPT, group: 'import_place' }),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'date_created'],
    ['owner', 'date_created'],
    ['status', 'id'],
  ],
});
