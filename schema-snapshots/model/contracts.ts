import { defineCollection } from '../define.ts';
import { LATER, choice, day, id, line, link, money, owner, pick, prose, section, segment, stamps, t } from '../fields.ts';
import { dealNote } from '../links.ts';

const list = (group: string) => ({
  name: 'contracts',
  label: t('合同', 'Contracts'),
  layout: 'table' as const,
  fields: ['number', 'title', 'amount', 'signed_on', 'status'],
  group,
});

/** A contract with a customer (SAL-7). */
export default defineCollection({
  name: 'crm_contracts',
  tenancy: 'owned',
  label: t('合同', 'Contracts'),
  singular: t('合同', 'Contract'),
  icon: 'contract',
  displayTemplate: '{{number}} {{title}}',
  sort: 6,
  parents: ['opportunity', 'customer'],
  archive: { field: 'status', archived: 'cancelled', unarchived: 'draft' },
  fields: [
    id(),
    line('number', t('合同编号', 'Number'), { length: 64, indexed: true }),
    line('title', t('合同名称', 'Title')),
    link(
      'opportunity',
      t('商机', 'Opportunity'),
      { to: 'crm_opportunities', kind: 'tree', onDelete: 'NO ACTION', list: list('opportunity_related') },
      dealNote,
    ),
    link('customer', t('客户', 'Customer'), {
      to: 'crm_customers',
      kind: 'tree',
      onDelete: 'NO ACTION',
      list: list('related'),
    }),
    money('amount', t('金额', 'Amount')),
    day('signed_on', t('签订日期', 'Signed on')),
    section('contract_more', t('更多', 'More'), 'more_horiz'),
    pick(
      'status',
      t('状态', 'Status'),
      [
        choice('draft', '草稿', 'Draft', { color: 'var(--theme--foreground-subdued)' }),
        choice('signed', '已签订', 'Signed', { color: 'var(--theme--success)' }),
        choice('ended', '已结束', 'Ended', { color: 'var(--theme--primary)' }),
        choice('cancelled', '已作废', 'Cancelled', { color: 'var(--theme--danger)' }),
      ],
      { notNull: true, default: 'draft', group: 'contract_more' },
    ),
    day('starts_on', t('生效日期', 'Starts on'), { group: 'contract_more' }),
    day('ends_on', t('到期日期', 'Ends on'), { group: 'contract_more' }),
    prose('notes', t('备注', 'Notes'), { group: 'contract_more' }),
    owner({ readonly: true, group: 'contract_more', conditions: [LATER] }),
    segment({ readonly: true, group: 'contract_more', conditions: [LATER] }),
    ...stamps(),
  ],
  indexes: [
    ['signed_on'],
    ['date_created'],
    ['segment', 'signed_on'],
    ['owner', 'signed_on'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
