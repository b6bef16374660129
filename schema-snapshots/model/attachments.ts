import { defineCollection } from '../define.ts';
import { id, line, link, owner, segment, stamps, t } from '../fields.ts';

const list = (group: string) => ({
  name: 'attachments',
  label: t('附件', 'Attachments'),
  layout: 'table' as const,
  fields: ['file', 'name', 'date_created'],
  group,
});

/** A file on a record; who may read the record may read the file. */
export default defineCollection({
  name: 'crm_attachments',
  tenancy: 'owned',
  label: t('附件', 'Attachments'),
  singular: t('附件', 'Attachment'),
  icon: 'attach_file',
  displayTemplate: '{{file.title}}',
  hidden: true,
  sort: 13,
  parents: ['customer', 'lead', 'opportunity', 'contract', 'order'],
  fields: [
    id(),
    link(
      'file',
      t('文件', 'File'),
      { to: 'directus_files', kind: 'file', onDelete: 'NO ACTION' },
      { special: ['file'], interface: 'file', display: 'file', notNull: true, required: true, width: 'full' },
    ),
    line('name', t('说明', 'Description'), { width: 'full' }),
    link('customer', t('客户', 'Customer'), {
      to: 'crm_customers',
      kind: 'tree',
      onDelete: 'NO ACTION',
      list: list('related'),
    }),
    link('lead', t('线索', 'Lead'), { to: 'crm_leads', kind: 'tree', onDelete: 'NO ACTION', list: list('lead_related') }),
    link('opportunity', t('商机', 'Opportunity'), {
      to: 'crm_opportunities',
      kind: 'tree',
      onDelete: 'NO ACTION',
      list: list('opportunity_related'),
    }),
    link('contract', t('合同', 'Contract'), {
      to: 'crm_contracts',
      kind: 'tree',
      onDelete: 'NO ACTION',
      list: list('contract_more'),
    }),
    link('order', t('订单', 'Order'), { to: 'crm_orders', kind: 'tree', onDelete: 'NO ACTION', list: list('order_more') }),
    segment({ hidden: true }),
    owner({ hidden: true }),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
