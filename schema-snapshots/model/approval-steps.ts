import { ROLE_CHOICES } from '../choices.ts';
import { defineCollection } from '../define.ts';
import { choice, forSegment, id, line, link, onlyWhen, person, pick, t, whole } from '../fields.ts';

/** One step of an approval rule: those with a role or a position, or one person, and who stands in for them (APR-1, Q4). */
export default defineCollection({
  name: 'crm_approval_steps',
  tenancy: 'config',
  label: t('审批步骤', 'Approval steps'),
  singular: t('审批步骤', 'Approval step'),
  icon: 'linear_scale',
  displayTemplate: '{{sort}} {{role}} {{position}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 21,
  sortField: 'sort',
  fields: [
    id(),
    link(
      'rule',
      t('审批规则', 'Rule'),
      {
        to: 'crm_approval_rules',
        kind: 'segment',
        onDelete: 'CASCADE',
        list: {
          name: 'steps',
          label: t('审批步骤', 'Steps'),
          layout: 'table',
          fields: ['sort', 'by', 'role', 'position', 'person'],
          after: 'escalate_to',
        },
      },
      { notNull: true, required: true },
    ),
    pick(
      'by',
      t('审批人按', 'Approver by'),
      [choice('role', '角色', 'Role'), choice('position', '职务', 'Position'), choice('person', '指定人员', 'One person')],
      { notNull: true, default: 'role' },
    ),
    pick('role', t('角色', 'Role'), ROLE_CHOICES, onlyWhen('role', { by: { _eq: 'role' } }, { required: true })),
    line('position', t('职务', 'Position'), { length: 128, ...onlyWhen('position', { by: { _eq: 'position' } }, { required: true }) }),
    person('person', t('审批人', 'Approver'), {
      onDelete: 'SET NULL',
      ...onlyWhen('person', { by: { _eq: 'person' } }, { required: true }),
    }),
    person('delegate', t('代理人', 'Stands in'), {
      onDelete: 'SET NULL',
      note: t('审批人不在岗时由其审批', 'Decides while nobody of the step is active'),
    }),
    whole('sort', t('顺序', 'Order'), { notNull: true, default: 1 }),
    forSegment(),
  ],
});
