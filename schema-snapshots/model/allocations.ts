import { defineCollection } from '../define.ts';
import { choice, id, link, moment, owner, person, pick, prose, section, segment, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'entry_more' } as const;

/** Who got which lead, from whom, why, and how many open leads they had then (SAL-9): the log that only the server writes. */
export default defineCollection({
  name: 'crm_allocations',
  tenancy: 'owned',
  label: t('线索分配记录', 'Lead allocations'),
  singular: t('线索分配记录', 'Lead allocation'),
  icon: 'assignment_ind',
  displayTemplate: '{{to_owner.last_name}} {{at}}',
  hidden: true,
  sort: 43,
  parents: ['lead'],
  fields: [
    id(),
    link(
      'lead',
      t('线索', 'Lead'),
      {
        to: 'crm_leads',
        kind: 'tree',
        onDelete: 'SET NULL',
        list: {
          name: 'allocations',
          label: t('分配记录', 'Allocations'),
          layout: 'table',
          fields: ['at', 'from_owner', 'to_owner', 'by', 'how'],
          group: 'allocation',
          readonly: true,
        },
      },
      KEPT,
    ),
    moment('at', t('时间', 'At'), { ...KEPT, notNull: true }),
    person('by', t('分配人', 'By'), { ...KEPT, onDelete: 'SET NULL' }),
    person('from_owner', t('原负责人', 'From'), { ...KEPT, onDelete: 'SET NULL' }),
    person('to_owner', t('新负责人', 'To'), { ...KEPT, onDelete: 'SET NULL' }),
    pick(
      'how',
      t('方式', 'How'),
      [
        choice('routed', '按地区自动分配', 'Routed by region'),
        choice('by_hand', '手工分配', 'By hand'),
        choice('approved', '审批后分配', 'After approval'),
      ],
      { ...KEPT, notNull: true },
    ),
    whole('open_leads', t('当时在手线索', 'Open leads then'), MORE),
    prose('reason', t('说明', 'Reason'), MORE),
    section('entry_more', t('更多', 'More'), 'more_horiz'),
    segment({ hidden: true, computed: true }),
    owner({ notNull: false, hidden: true, computed: true }),
  ],
  ownerOptional: true,
  indexes: [
    ['segment', 'at'],
    ['owner', 'at'],
    ['to_owner', 'at'],
  ],
});
