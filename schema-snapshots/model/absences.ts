import { defineCollection } from '../define.ts';
import { LATER, choice, day, id, line, owner, pick, prose, section, segment, stamps, t } from '../fields.ts';
import type { Choice, Collection, Field } from '../define.ts';

const KEPT = { readonly: true, computed: true } as const;
const PLACE = { readonly: true, group: 'absence_state', conditions: [LATER] };

const STATES: Choice[] = [
  choice('requested', '待审批', 'To be decided', { icon: 'hourglass_top', color: '#D98200' }),
  choice('approved', '已批准', 'Approved', { icon: 'verified', color: '#2E8B57' }),
  choice('rejected', '已驳回', 'Rejected', { icon: 'cancel', color: '#C9302C' }),
  choice('withdrawn', '已撤回', 'Withdrawn', { icon: 'undo', color: '#5B7083' }),
];

/** Somebody is away from one day to another, both included, once a manager agreed (Q12). */
const absence = (more: Pick<Collection, 'name' | 'label' | 'singular' | 'icon' | 'sort'>, own: Field[]): Collection =>
  defineCollection({
    tenancy: 'owned',
    hidden: true,
    displayTemplate: '{{owner.last_name}}{{owner.first_name}} {{from_on}}',
    folder: 'crm_settings',
    ...more,
    fields: [
      id(),
      day('from_on', t('开始日期', 'From'), { notNull: true, required: true }),
      day('to_on', t('结束日期', 'To'), { notNull: true, required: true, note: t('含当天', 'That day included') }),
      ...own,
      prose('reason', t('说明', 'Reason')),
      section('absence_state', t('进度', 'Progress'), 'timeline', { conditions: [LATER] }),
      pick('state', t('状态', 'State'), STATES, {
        ...KEPT,
        group: 'absence_state',
        conditions: [LATER],
        notNull: true,
        default: 'requested',
      }),
      owner(PLACE),
      segment(PLACE),
      ...stamps(),
    ],
    indexes: [
      ['owner', 'from_on'],
      ['segment', 'from_on'],
    ],
  });

/** Business trips: two log-ins a week are enough while travelling (USE-1, Q12). */
export const trips = absence(
  { name: 'crm_trips', label: t('出差', 'Business trips'), singular: t('出差', 'Business trip'), icon: 'flight', sort: 34 },
  [line('destination', t('目的地', 'Destination'), { notNull: true, required: true })],
);

/** Leave: no log-in is expected, and approvals go to the stand-in (Q12, APR-1). */
export const leaves = absence(
  { name: 'crm_leaves', label: t('请假', 'Leave'), singular: t('请假', 'Leave'), icon: 'event_busy', sort: 35 },
  [
    pick(
      'kind',
      t('假别', 'Kind'),
      [
        choice('annual', '年假', 'Annual leave'),
        choice('sick', '病假', 'Sick leave'),
        choice('personal', '事假', 'Personal leave'),
        choice('family', '婚产丧假', 'Family leave'),
        choice('other_leave', '其他假', 'Other leave'),
      ],
      { notNull: true, default: 'annual' },
    ),
  ],
);
