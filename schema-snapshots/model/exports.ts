import { defineCollection } from '../define.ts';
import { choice, id, line, moment, owner, pick, prose, section, segment, stamps, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'export_more' } as const;

/**
 * Who took which rows out, and why (IMP-5, SEC-5). Written by the server only: before the file, which lies encrypted beside
 * the database for a day, and again when it is done or has failed; the row stays. `asked` says how the rows were chosen, never
 * a value that was looked for. What holds rows of several segments stands in the group's (ORG-2).
 */
export default defineCollection({
  name: 'crm_exports',
  tenancy: 'owned',
  label: t('导出记录', 'Exports'),
  singular: t('导出记录', 'Export'),
  icon: 'file_download',
  displayTemplate: '{{file_name}}',
  hidden: true,
  sort: 41,
  fields: [
    id(),
    line('file_name', t('文件名', 'File'), { ...KEPT, notNull: true }),
    line('collection', t('导出内容', 'What it holds'), { ...KEPT, length: 64, notNull: true }),
    pick(
      'status',
      t('状态', 'Status'),
      [
        choice('running', '导出中', 'Being made', { icon: 'autorenew', color: '#D98200' }),
        choice('done', '已完成', 'Done', { icon: 'task_alt', color: '#2E8B57' }),
        choice('stopped', '已停止', 'Stopped', { icon: 'cancel', color: '#5B7083' }),
        choice('failed', '未完成', 'Failed', { icon: 'warning', color: '#C9302C' }),
      ],
      { ...KEPT, notNull: true, default: 'done' },
    ),
    whole('rows_total', t('行数', 'Rows'), { ...KEPT, notNull: true, default: 0 }),
    prose('reason', t('原因', 'Reason'), KEPT),
    moment('expires_at', t('文件保留至', 'File kept until'), KEPT),
    section('export_more', t('更多', 'More'), 'more_horiz'),
    pick('format', t('格式', 'Format'), [choice('csv', 'CSV', 'CSV'), choice('xlsx', 'Excel', 'Excel'), choice('json', 'JSON', 'JSON')], {
      ...MORE,
      notNull: true,
      default: 'csv',
    }),
    whole('rows_done', t('已处理到', 'Done so far'), { ...MORE, notNull: true, default: 0 }),
    {
      name: 'asked',
      type: 'json',
      label: t('选取方式', 'How the rows were chosen'),
      special: ['cast-json'],
      interface: 'input-code',
      options: { language: 'json', lineNumber: false },
      width: 'full',
      ...MORE,
    },
    {
      name: 'fault',
      type: 'json',
      label: t('未完成的原因', 'Why it was not finished'),
      special: ['cast-json'],
      interface: 'input-code',
      options: { language: 'json', lineNumber: false },
      width: 'full',
      ...MORE,
    },
    section('export_place', t('归属', 'Owner and segment'), 'badge'),
    owner({ ...KEPT, group: 'export_place' }),
    segment({ ...KEPT, group: 'export_place' }),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'date_created'],
    ['owner', 'date_created'],
    ['status', 'id'],
  ],
});
