import { APPROVAL_KINDS, ROLE_CHOICES } from '../choices.ts';
import { defineCollection } from '../define.ts';
import { choice, forSegment, id, line, pick, t, whole, yesNo } from '../fields.ts';

/** Who approves what, as rows (APR-1, Q4): a segment's own rule comes before the one for all. Its steps say who. */
export default defineCollection({
  name: 'crm_approval_rules',
  tenancy: 'config',
  label: t('审批规则', 'Approval rules'),
  singular: t('审批规则', 'Approval rule'),
  icon: 'rule',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 20,
  fields: [
    id(),
    line('name', t('名称', 'Name'), { notNull: true, required: true }),
    pick('kind', t('审批事项', 'What is approved'), APPROVAL_KINDS, { notNull: true, required: true, indexed: true }),
    pick(
      'mode',
      t('方式', 'How'),
      [choice('any_of', '任一人批准即可', 'Any one of them'), choice('sequential', '逐级审批', 'One after the other')],
      { notNull: true, default: 'any_of' },
    ),
    whole('limit_days', t('时限（工作日）', 'Time limit (working days)'), {
      notNull: true,
      default: 2,
      note: t('超过时限仍未审批，转给升级角色', 'Not decided in that time, it goes to the role below'),
    }),
    pick('escalate_to', t('超时升级给', 'Then it goes to'), ROLE_CHOICES),
    yesNo('active', t('启用', 'Active'), { default: true }),
    forSegment(),
  ],
});
