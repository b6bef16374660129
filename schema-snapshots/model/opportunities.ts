import { defineCollection } from '../define.ts';
import { LATER, day, id, line, link, moment, money, owner, prose, section, segment, stamps, t } from '../fields.ts';

/** Where an opportunity begins: the shared stage `initial_contact`, whose id is the same on every installation. */
export const FIRST_STAGE_ID = 'c430ed3a-82a5-514b-8b89-f7a592e90e59';

/** A piece of business with a customer on its way through the stages (SAL-2, SAL-3). */
export default defineCollection({
  name: 'crm_opportunities',
  tenancy: 'owned',
  label: t('商机', 'Opportunities'),
  singular: t('商机', 'Opportunity'),
  icon: 'trending_up',
  color: '#2E8B57',
  displayTemplate: '{{title}}',
  sort: 3,
  parents: ['customer'],
  fields: [
    id(),
    line('title', t('商机名称', 'Title'), { notNull: true, required: true }),
    link(
      'customer',
      t('客户', 'Customer'),
      {
        to: 'crm_customers',
        kind: 'tree',
        onDelete: 'NO ACTION',
        list: {
          name: 'opportunities',
          label: t('商机', 'Opportunities'),
          layout: 'table',
          fields: ['title', 'stage', 'amount', 'expected_close_on'],
          group: 'related',
        },
      },
      { notNull: true, required: true },
    ),
    link(
      'stage',
      t('阶段', 'Stage'),
      { to: 'crm_stages', kind: 'segment', onDelete: 'NO ACTION' },
      { notNull: true, default: FIRST_STAGE_ID, options: { filter: { active: { _eq: true } }, enableLink: false } },
    ),
    money('amount', t('预计金额', 'Amount')),
    day('expected_close_on', t('预计成交日期', 'Expected close')),
    prose('needs', t('客户需求', 'Needs')),
    section('opportunity_related', t('跟进、订单与附件', 'Activities, orders and files'), 'hub', { conditions: [LATER] }),
    section('closing', t('折扣与结果', 'Discount and result'), 'flag', { conditions: [LATER] }),
    {
      ...money('discount_percent', t('折扣（%）', 'Discount (%)')),
      precision: 5,
      scale: 2,
      options: { iconRight: 'percent', min: 0, max: 100, step: 0.01 },
      displayOptions: { suffix: ' %', format: true },
      group: 'closing',
    },
    day('closed_on', t('关闭日期', 'Closed on'), { group: 'closing' }),
    prose('lost_reason', t('流失原因', 'Why it was lost'), { group: 'closing' }),
    section('opportunity_state', t('归属与阶段历史', 'Owner and history'), 'badge', { conditions: [LATER] }),
    owner({ readonly: true, group: 'opportunity_state' }),
    segment({ readonly: true, group: 'opportunity_state' }),
    moment('stage_entered_at', t('进入阶段时间', 'In this stage since'), {
      readonly: true,
      computed: true,
      group: 'opportunity_state',
    }),
    moment('last_activity_at', t('最近跟进', 'Last activity'), {
      readonly: true,
      computed: true,
      group: 'opportunity_state',
    }),
    ...stamps(),
  ],
  indexes: [
    ['date_created'],
    ['title'],
    ['amount'],
    ['expected_close_on'],
    ['last_activity_at'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
    ['segment', 'stage'],
    ['owner', 'stage'],
    ['segment', 'title'],
    ['owner', 'title'],
    ['segment', 'amount'],
    ['owner', 'amount'],
    ['segment', 'expected_close_on'],
    ['owner', 'expected_close_on'],
    ['segment', 'last_activity_at'],
    ['owner', 'last_activity_at'],
  ],
});
