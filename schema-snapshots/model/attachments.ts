import { defineCollection } from '../define.ts';
import { aloneAmong, id, line, link, owner, section, segment, stamps, t } from '../fields.ts';

const list = (group: string) => ({
  name: 'attachments',
  label: t('附件', 'Attachments'),
  layout: 'table' as const,
  fields: ['file', 'name', 'date_created'],
  group,
});

/** What a file may hang on, and the section of its form that lists its files. */
const PARENTS = [
  { name: 'customer', to: 'crm_customers', label: t('客户', 'Customer'), group: 'related' },
  { name: 'lead', to: 'crm_leads', label: t('线索', 'Lead'), group: 'lead_related' },
  { name: 'opportunity', to: 'crm_opportunities', label: t('商机', 'Opportunity'), group: 'opportunity_related' },
  { name: 'contract', to: 'crm_contracts', label: t('合同', 'Contract'), group: 'contract_more' },
  { name: 'order', to: 'crm_orders', label: t('订单', 'Order'), group: 'order_more' },
];
const NAMES = PARENTS.map(({ name }) => name);

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
  parents: NAMES,
  fields: [
    id(),
    link(
      'file',
      t('文件', 'File'),
      { to: 'directus_files', kind: 'file', onDelete: 'NO ACTION' },
      { special: ['file'], interface: 'file', display: 'file', notNull: true, required: true, width: 'full' },
    ),
    line('name', t('说明', 'Description'), { width: 'full' }),
    section('attached_to', t('所属记录', 'Attached to'), 'link'),
    ...PARENTS.map(({ name, to, label, group }) =>
      link(
        name,
        label,
        { to, kind: 'tree', onDelete: 'NO ACTION', list: list(group) },
        { group: 'attached_to', ...aloneAmong(name, NAMES) },
      ),
    ),
    segment({ hidden: true }),
    owner({ hidden: true }),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
