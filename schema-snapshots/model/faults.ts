import { defineCollection } from '../define.ts';
import { LATER, choice, id, line, moment, owner, person, pick, prose, section, segment, stamps, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const PLACE = { readonly: true, group: 'fault_more', conditions: [LATER] };

/** A fault that somebody reported, a failed log-in included, with what happened and how often (ACC-4, OPS-1). */
export default defineCollection({
  name: 'crm_faults',
  tenancy: 'owned',
  label: t('故障报修', 'Faults'),
  singular: t('故障报修', 'Fault'),
  icon: 'report_problem',
  color: '#C9302C',
  hidden: true,
  displayTemplate: '{{title}}',
  folder: 'crm_settings',
  sort: 36,
  ownerOptional: true,
  fields: [
    id(),
    line('title', t('故障现象', 'What happened'), { notNull: true, required: true, width: 'full' }),
    prose('what', t('说明', 'Details')),
    pick(
      'state',
      t('状态', 'State'),
      [
        choice('new_fault', '待处理', 'To be looked at', { icon: 'hourglass_top', color: '#D98200' }),
        choice('in_work', '处理中', 'In work', { icon: 'build', color: '#2E6FBA' }),
        choice('solved', '已解决', 'Solved', { icon: 'task_alt', color: '#2E8B57' }),
        choice('closed', '已备案', 'Filed', { icon: 'archive', color: '#5B7083' }),
      ],
      { notNull: true, default: 'new_fault', conditions: [LATER] },
    ),
    prose('answer', t('处理结果', 'What was done'), { conditions: [LATER] }),
    section('fault_more', t('更多', 'More'), 'more_horiz', { conditions: [LATER] }),
    prose('error_text', t('错误信息', 'Error text'), { ...KEPT, group: 'fault_more' }),
    whole('attempts', t('尝试次数', 'Attempts'), { ...KEPT, group: 'fault_more' }),
    line('page', t('页面', 'Page'), { ...KEPT, length: 255, group: 'fault_more' }),
    line('device', t('设备', 'Device'), { ...KEPT, length: 255, group: 'fault_more' }),
    moment('solved_at', t('解决时间', 'Solved at'), { ...KEPT, group: 'fault_more' }),
    person('solved_by', t('处理人', 'Solved by'), { ...KEPT, onDelete: 'SET NULL', group: 'fault_more' }),
    owner({ ...PLACE, notNull: false }),
    segment(PLACE),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'state'],
    ['owner', 'state'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
