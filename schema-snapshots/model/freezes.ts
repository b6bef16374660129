import { defineCollection } from '../define.ts';
import { choice, day, id, line, moment, person, pick, prose, section, segment, stamps, t, yesNo } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'freeze_more' } as const;
const THAWED = { ...KEPT, group: 'freeze_end' } as const;

/**
 * Who was frozen, why, by whom and until when (ACC-9, N4). Written by the server only: frozen is a person who is suspended in
 * the host and has an open row here. A system admin's freeze waits as `pending` until an executive agrees (Q5).
 */
export default defineCollection({
  name: 'crm_freezes',
  tenancy: 'segmental',
  label: t('冻结记录', 'Freezes'),
  singular: t('冻结记录', 'Freeze'),
  icon: 'ac_unit',
  color: '#0E9AA7',
  hidden: true,
  displayTemplate: '{{user.last_name}}{{user.first_name}} {{state}}',
  folder: 'crm_settings',
  sort: 31,
  fields: [
    id(),
    person('user', t('人员', 'Person'), { ...KEPT, notNull: true, indexed: true }),
    pick(
      'state',
      t('状态', 'State'),
      [
        choice('pending', '待审批', 'To be decided', { icon: 'hourglass_top', color: '#D98200' }),
        choice('frozen', '已冻结', 'Frozen', { icon: 'ac_unit', color: '#0E9AA7' }),
        choice('thawed', '已解冻', 'Thawed', { icon: 'wb_sunny', color: '#2E8B57' }),
        choice('refused', '未批准', 'Not approved', { icon: 'cancel', color: '#C9302C' }),
      ],
      { ...KEPT, notNull: true, default: 'frozen' },
    ),
    prose('reason', t('原因', 'Reason'), { ...KEPT, notNull: true }),
    moment('until', t('冻结至', 'Until'), {
      ...KEPT,
      note: t('到时自动解冻；空白则须人工解冻', 'Thaws by itself then; empty: until somebody thaws'),
    }),
    person('frozen_by', t('冻结人', 'Frozen by'), { ...KEPT, onDelete: 'SET NULL' }),
    section('freeze_more', t('更多', 'More'), 'more_horiz'),
    moment('frozen_at', t('冻结时间', 'Frozen at'), MORE),
    person('approved_by', t('审批人', 'Decided by'), { ...MORE, onDelete: 'SET NULL' }),
    yesNo('early', t('提前冻结', 'Frozen early'), {
      ...MORE,
      note: t('须在一个工作日内补办审批表', 'The form is due within one working day'),
    }),
    day('form_due_on', t('补办期限', 'Form due on'), MORE),
    moment('escalated_at', t('升级时间', 'Escalated at'), { ...MORE, note: t('审批表逾期未补办', 'The form did not come in time') }),
    line('access_request', t('审批表', 'Access request'), { ...MORE, length: 36, hidden: true }),
    section('freeze_end', t('解冻', 'Thaw'), 'wb_sunny'),
    person('thawed_by', t('解冻人', 'Thawed by'), { ...THAWED, onDelete: 'SET NULL' }),
    moment('thawed_at', t('解冻时间', 'Thawed at'), THAWED),
    prose('thaw_reason', t('解冻原因', 'Why it was thawed'), THAWED),
    segment(THAWED),
    ...stamps(),
  ],
  indexes: [
    ['user', 'state'],
    ['state', 'until'],
    ['segment', 'date_created'],
  ],
});
