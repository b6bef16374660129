import { defineCollection } from '../define.ts';
import { choice, id, line, moment, owner, pick, prose, secretText, section, segment, stamps, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'export_more' } as const;

/**
 * Who took which rows out, and why (IMP-5, SEC-5). Written by the server only: before the file, which lies encrypted beside
 * the database for a day, and again when it is done or has failed; the row stays. `asked` says how the rows were chosen, never
 * a value that was looked for. What holds rows of several segments stands in the group's (ORG-2). One that is more than its maker
 * may take out stands here from the moment in which it is asked for, and until it begins `wish` says, sealed, what exactly.
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
        choice('asked', '待审批', 'To be decided', { icon: 'hourglass_top', color: '#D98200' }),
        choice('approved', '已批准', 'Approved', { icon: 'task_alt', color: '#2E8B57' }),
        choice('rejected', '已驳回', 'Rejected', { icon: 'cancel', color: '#C9302C' }),
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
    // Over the limit of its maker: how many rows were approved, until when it is begun, when it was, and what was asked for.
    whole('approved_rows', t('批准行数', 'Rows approved'), MORE),
    moment('start_by', t('须在此前开始', 'To be begun by'), MORE),
    moment('started_at', t('开始时间', 'Begun at'), MORE),
    secretText('wish', t('申请导出的内容（加密）', 'What was asked for (sealed)'), { group: 'export_more' }),
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
