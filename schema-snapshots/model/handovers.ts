import { defineCollection } from '../define.ts';
import { choice, id, line, moment, person, pick, prose, section, segment, stamps, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'handover_more' } as const;

const jsonOf = (name: string, zh: string, en: string) => ({
  name,
  type: 'json' as const,
  label: t(zh, en),
  special: ['cast-json'],
  interface: 'input-code',
  options: { language: 'json', lineNumber: false },
  width: 'full' as const,
  ...MORE,
});

/** Everything somebody worked goes to others by rules (ACC-10, N5): written by the server only, undone for 30 days. */
export default defineCollection({
  name: 'crm_handovers',
  tenancy: 'segmental',
  label: t('工作交接', 'Hand-overs'),
  singular: t('工作交接', 'Hand-over'),
  icon: 'move_up',
  color: '#D98200',
  hidden: true,
  displayTemplate: '{{from.last_name}}{{from.first_name}} {{date_created}}',
  folder: 'crm_settings',
  sort: 32,
  fields: [
    id(),
    person('from', t('交出人', 'From'), { ...KEPT, notNull: true, indexed: true }),
    pick(
      'state',
      t('状态', 'State'),
      [
        choice('running', '进行中', 'Running', { icon: 'sync', color: '#D98200' }),
        choice('done', '已交接', 'Handed over', { icon: 'task_alt', color: '#2E8B57' }),
        choice('undoing', '撤销中', 'Being undone', { icon: 'sync', color: '#D98200' }),
        choice('undone', '已撤销', 'Undone', { icon: 'undo', color: '#5B7083' }),
      ],
      { ...KEPT, notNull: true, default: 'running' },
    ),
    prose('reason', t('原因', 'Reason'), KEPT),
    whole('moved', t('已交接记录', 'Rows handed over'), { ...KEPT, notNull: true, default: 0 }),
    whole('spared', t('撤销时保留', 'Kept at the undo'), { ...KEPT, notNull: true, default: 0 }),
    moment('undo_until', t('可撤销至', 'Can be undone until'), KEPT),
    section('handover_more', t('更多', 'More'), 'more_horiz'),
    moment('finished_at', t('完成时间', 'Finished at'), MORE),
    jsonOf('rules', '交接规则', 'Rules'),
    jsonOf('counts', '按种类统计', 'Counts by kind'),
    jsonOf('certificate', '交接证明', 'Certificate'),
    line('certificate_hash', t('证明校验码', 'Hash of the certificate'), { ...MORE, length: 128 }),
    moment('undone_at', t('撤销时间', 'Undone at'), MORE),
    person('undone_by', t('撤销人', 'Undone by'), { ...MORE, onDelete: 'SET NULL' }),
    segment(MORE),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'date_created'],
    ['state', 'date_created'],
  ],
});
