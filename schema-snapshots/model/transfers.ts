import { defineCollection } from '../define.ts';
import { LATER, choice, id, link, moment, owner, person, pick, prose, section, segment, stamps, t, yesNo } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const PLACE = { readonly: true, group: 'transfer_state', conditions: [LATER] };
const MORE = { ...KEPT, group: 'transfer_state', conditions: [LATER] };

/**
 * A customer goes to another owner, of the segment or across segments (ORG-3, Q2). Within a segment `to_segment` is its own.
 * The row is in the customer's tree: after the move it stands where the customer stands, and whoever gave it away sees neither.
 */
export default defineCollection({
  name: 'crm_transfers',
  tenancy: 'owned',
  label: t('客户划转', 'Transfers'),
  singular: t('客户划转', 'Transfer'),
  icon: 'swap_horiz',
  color: '#B5179E',
  hidden: true,
  displayTemplate: '{{customer.name}} → {{to_segment.name}}',
  sort: 8,
  parents: ['customer'],
  fields: [
    id(),
    link(
      'customer',
      t('客户', 'Customer'),
      {
        to: 'crm_customers',
        kind: 'tree',
        onDelete: 'NO ACTION',
        list: {
          name: 'transfers',
          label: t('划转', 'Transfers'),
          layout: 'table',
          fields: ['to_segment', 'state', 'requested_by', 'executed_at'],
          group: 'related',
          readonly: true,
        },
      },
      { notNull: true, required: true },
    ),
    link(
      'to_segment',
      t('转往版块', 'To segment'),
      { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      { notNull: true, required: true, indexed: false },
    ),
    person('to_owner', t('新负责人', 'New owner'), {
      note: t('跨版块时由集团市场营销部指定', 'Across segments group marketing names them'),
    }),
    prose('reason', t('原因', 'Reason'), { notNull: true, required: true }),
    section('transfer_basis', t('个人信息依据', 'Basis for passing personal data'), 'gavel'),
    pick(
      'basis',
      t('依据', 'Basis'),
      [
        choice('consent', '已取得单独同意', 'Separate consent was given'),
        choice('contract', '为订立、履行合同所必需', 'Needed for a contract'),
        choice('law', '法定职责或义务', 'Duty under the law'),
        choice('same_handler', '同一公司内部', 'The same company'),
        choice('request_reason', '以申请理由为据', 'On the reason given'),
      ],
      { group: 'transfer_basis' },
    ),
    prose('basis_note', t('依据说明', 'About the basis'), { group: 'transfer_basis' }),
    yesNo('with_contacts', t('连同联系人个人信息', 'Contacts go along'), {
      default: true,
      group: 'transfer_basis',
      note: t('否：联系人留下姓名与职务，个人联系方式清除', 'No: contacts keep name and position, their phones and addresses are erased'),
    }),
    section('transfer_state', t('进度', 'Progress'), 'timeline', { conditions: [LATER] }),
    pick(
      'state',
      t('状态', 'State'),
      [
        choice('requested', '已申请', 'Requested', { icon: 'hourglass_top', color: '#D98200' }),
        choice('approved', '已批准', 'Approved', { icon: 'verified', color: '#0E9AA7' }),
        choice('executed', '已执行', 'Executed', { icon: 'swap_horiz', color: '#2E6FBA' }),
        choice('followed', '已跟进', 'Followed up', { icon: 'task_alt', color: '#2E8B57' }),
        choice('rejected', '已驳回', 'Rejected', { icon: 'cancel', color: '#C9302C' }),
        choice('withdrawn', '已撤回', 'Withdrawn', { icon: 'undo', color: '#5B7083' }),
      ],
      { ...MORE, notNull: true, default: 'requested' },
    ),
    // Whoever asks across segments reads the request; whom group marketing names of the other segment they do not (ORG-2).
    person('named_owner', t('拟定负责人', 'Named owner'), {
      ...MORE,
      onDelete: 'SET NULL',
      note: t('跨版块时指定的人，执行后成为新负责人', 'Whom group marketing named across segments; the new owner once it is executed'),
    }),
    person('requested_by', t('申请人', 'Requested by'), { ...MORE, onDelete: 'SET NULL' }),
    link(
      'from_segment',
      t('原版块', 'From segment'),
      { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      { ...MORE, indexed: false },
    ),
    person('from_owner', t('原负责人', 'Former owner'), { ...MORE, onDelete: 'SET NULL' }),
    person('executed_by', t('执行人', 'Executed by'), { ...MORE, onDelete: 'SET NULL' }),
    moment('executed_at', t('执行时间', 'Executed at'), MORE),
    moment('first_activity_at', t('新负责人首次跟进', 'First activity of the new owner'), MORE),
    // The server decides both, but heads and group marketing create with them: computed would keep the fields from their rights.
    owner(PLACE),
    segment(PLACE),
    ...stamps(),
  ],
  indexes: [
    ['state', 'executed_at'],
    ['segment', 'state'],
    ['owner', 'state'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
