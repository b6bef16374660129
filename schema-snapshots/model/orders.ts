import { defineCollection } from '../define.ts';
import { LATER, choice, day, id, line, link, money, owner, pendingImport, pick, prose, section, segment, stamps, t } from '../fields.ts';
import { dealNote } from '../links.ts';

/** A sales order, entered when the contract is signed (SAL-7). */
export default defineCollection({
  name: 'crm_orders',
  tenancy: 'owned',
  label: t('订单', 'Orders'),
  singular: t('订单', 'Order'),
  icon: 'receipt_long',
  displayTemplate: '{{number}}',
  sort: 5,
  parents: ['opportunity', 'customer'],
  archive: { field: 'status', archived: 'cancelled', unarchived: 'open' },
  fields: [
    id(),
    line('number', t('订单号', 'Number'), { length: 64, indexed: true }),
    link(
      'opportunity',
      t('商机', 'Opportunity'),
      {
        to: 'crm_opportunities',
        kind: 'tree',
        onDelete: 'NO ACTION',
        list: {
          name: 'orders',
          label: t('订单', 'Orders'),
          layout: 'table',
          fields: ['number', 'amount', 'signed_on', 'status'],
          group: 'opportunity_related',
        },
      },
      dealNote,
    ),
    link('customer', t('客户', 'Customer'), {
      to: 'crm_customers',
      kind: 'tree',
      onDelete: 'NO ACTION',
      list: {
        name: 'orders',
        label: t('订单', 'Orders'),
        layout: 'table',
        fields: ['number', 'amount', 'signed_on', 'status'],
        group: 'related',
      },
    }),
    money('amount', t('金额', 'Amount')),
    day('signed_on', t('签订日期', 'Signed on')),
    section('order_more', t('更多', 'More'), 'more_horiz'),
    pick(
      'status',
      t('状态', 'Status'),
      [
        choice('open', '进行中', 'Open', { color: 'var(--theme--primary)' }),
        choice('done', '已完成', 'Completed', { color: 'var(--theme--success)' }),
        choice('cancelled', '已作废', 'Cancelled', { color: 'var(--theme--foreground-subdued)' }),
      ],
      { notNull: true, default: 'open', group: 'order_more' },
    ),
    prose('notes', t('备注', 'Notes'), { group: 'order_more' }),
    owner({ readonly: true, group: 'order_more', conditions: [LATER] }),
    segment({ readonly: true, group: 'order_more', conditions: [LATER] }),
    pendingImport(),
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
