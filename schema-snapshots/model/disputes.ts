import { defineCollection } from '../define.ts';
import { LATER, choice, day, id, line, moment, owner, person, pick, prose, section, segment, stamps, t } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const RULED = { ...KEPT, group: 'ruling', conditions: [LATER] };

/**
 * Two people claim one customer, lead or opportunity (CUS-13). The row is the claimant's, who names the matter in words: which
 * record it is, the judge finds out; its key stands in fields that claimants cannot read.
 */
export default defineCollection({
  name: 'crm_disputes',
  tenancy: 'owned',
  label: t('争议', 'Disputes'),
  singular: t('争议', 'Dispute'),
  icon: 'balance',
  color: '#C9302C',
  hidden: true,
  displayTemplate: '{{subject}}',
  sort: 9,
  fields: [
    id(),
    line('subject', t('争议的客户、线索或商机', 'Which customer, lead or opportunity'), { notNull: true, required: true, width: 'full' }),
    pick(
      'about',
      t('对象', 'About'),
      [choice('customer', '客户', 'Customer'), choice('lead', '线索', 'Lead'), choice('opportunity', '商机', 'Opportunity')],
      { notNull: true, default: 'customer' },
    ),
    day('since', t('最早接触日期', 'In touch since')),
    prose('claim', t('主张与依据', 'Claim and grounds'), { notNull: true, required: true }),
    section('ruling', t('裁定', 'Ruling'), 'gavel', { conditions: [LATER] }),
    pick(
      'state',
      t('状态', 'State'),
      [
        choice('open', '待裁定', 'To be ruled', { icon: 'hourglass_top', color: '#D98200' }),
        choice('referred', '已转集团市场营销部', 'With group marketing', { icon: 'forward', color: '#7A5AF8' }),
        choice('upheld', '主张成立', 'Upheld', { icon: 'task_alt', color: '#2E8B57' }),
        choice('dismissed', '主张不成立', 'Dismissed', { icon: 'cancel', color: '#C9302C' }),
        choice('withdrawn', '已撤回', 'Withdrawn', { icon: 'undo', color: '#5B7083' }),
      ],
      { ...RULED, notNull: true, default: 'open' },
    ),
    prose('ruling_reason', t('裁定理由', 'Reasons'), RULED),
    person('ruled_by', t('裁定人', 'Ruled by'), { ...RULED, onDelete: 'SET NULL' }),
    moment('ruled_at', t('裁定时间', 'Ruled at'), RULED),
    line('record', t('争议记录', 'Record'), { ...RULED, length: 64, hidden: true }),
    section('dispute_place', t('归属', 'Owner and segment'), 'badge', { conditions: [LATER] }),
    owner({ readonly: true, group: 'dispute_place' }),
    segment({ readonly: true, group: 'dispute_place' }),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'state'],
    ['owner', 'state'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
