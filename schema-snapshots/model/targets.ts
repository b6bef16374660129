import { defineCollection } from '../define.ts';
import { id, line, money, owner, person, prose, segment, stamps, t } from '../fields.ts';

/** What a person is to reach in a period: `2026`, `2026-Q3` or `2026-11`. The owner is always the user it is for. */
export default defineCollection({
  name: 'crm_targets',
  tenancy: 'owned',
  label: t('业绩目标', 'Targets'),
  singular: t('业绩目标', 'Target'),
  icon: 'flag',
  displayTemplate: '{{period}} {{amount}}',
  hidden: true,
  folder: 'crm_settings',
  sort: 14,
  fields: [
    id(),
    person('user', t('人员', 'User'), { notNull: true, required: true, indexed: true }),
    line('period', t('期间', 'Period'), {
      notNull: true,
      required: true,
      length: 16,
      note: t('如 2026、2026-Q3 或 2026-11', 'Such as 2026, 2026-Q3 or 2026-11'),
    }),
    money('amount', t('目标金额', 'Amount'), { notNull: true, required: true }),
    prose('notes', t('备注', 'Notes')),
    owner({ hidden: true }),
    segment(),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'period'],
    ['owner', 'period'],
  ],
});
