import { defineCollection } from '../define.ts';
import { id, link, person, segment, stamps, t, whole, yesNo } from '../fields.ts';

/** Who of a segment works which region (SAL-9): leads that the company supplies go to them, the least loaded first. */
export default defineCollection({
  name: 'crm_lead_routes',
  tenancy: 'segmental',
  label: t('线索分配地区', 'Lead regions'),
  singular: t('线索分配地区', 'Lead region'),
  icon: 'alt_route',
  displayTemplate: '{{region.name}} {{user.last_name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 22,
  fields: [
    id(),
    link(
      'region',
      t('地区', 'Region'),
      { to: 'crm_regions', kind: 'reference', onDelete: 'NO ACTION' },
      { note: t('包括其下属地区；留空为其余所有地区', 'With everything below it; empty: all other regions') },
    ),
    person('user', t('业务人员', 'Sales representative'), { notNull: true, required: true, indexed: true }),
    whole('most_open', t('在手线索上限', 'Most open leads'), {
      note: t('达到后不再分给此人；留空不限', 'From then on no further ones; empty: no limit'),
    }),
    yesNo('active', t('启用', 'Active'), { default: true }),
    segment(),
    ...stamps(),
  ],
  indexes: [['segment', 'region']],
});
