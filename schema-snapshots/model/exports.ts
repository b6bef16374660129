import { defineCollection } from '../define.ts';
import { choice, id, line, moment, owner, pick, prose, section, segment, stamps, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'export_more' } as const;

/**
 * Who took which rows out, and why (IMP-5, SEC-5). Written by the server only, with the file itself, which lies encrypted
 * beside the database for a day; the row stays. `asked` says how the rows were chosen, never a value that was looked for.
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
    pick('format', t('格式', 'Format'), [choice('csv', 'CSV', 'CSV'), choice('xlsx', 'Excel', 'Excel'), choice('json', 'JSON', 'JSON')], {
      ...KEPT,
      notNull: true,
      default: 'csv',
    }),
    whole('rows_total', t('行数', 'Rows'), { ...KEPT, notNull: true, default: 0 }),
    prose('reason', t('原因', 'Reason'), KEPT),
    moment('expires_at', t('文件保留至', 'File kept until'), KEPT),
    section('export_more', t('更多', 'More'), 'more_horiz'),
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
    section('export_place', t('归属', 'Owner and segment'), 'badge'),
    owner({ ...KEPT, group: 'export_place' }),
    segment({ ...KEPT, group: 'export_place' }),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
