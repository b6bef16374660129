import { defineCollection } from '../define.ts';
import { choice, id, link, moment, owner, person, pick, prose, section, segment, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'entry_more' } as const;

/** What was said about an approval, by whom, at which step: the history that no one writes but the server (APR-1). */
export default defineCollection({
  name: 'crm_approval_decisions',
  tenancy: 'owned',
  label: t('审批记录', 'Approval history'),
  singular: t('审批记录', 'Approval entry'),
  icon: 'how_to_reg',
  displayTemplate: '{{decision}} {{at}}',
  hidden: true,
  sort: 42,
  ownerOptional: true,
  parents: ['approval'],
  fields: [
    id(),
    link(
      'approval',
      t('审批', 'Approval'),
      {
        to: 'crm_approvals',
        kind: 'tree',
        onDelete: 'NO ACTION',
        list: {
          name: 'decisions',
          label: t('审批记录', 'History'),
          layout: 'table',
          fields: ['at', 'by', 'decision', 'comment'],
          readonly: true,
          after: 'due_on',
        },
      },
      { ...KEPT, notNull: true },
    ),
    moment('at', t('时间', 'At'), { ...KEPT, notNull: true }),
    person('by', t('操作人', 'By'), { ...KEPT, onDelete: 'SET NULL' }),
    person('acting_for', t('代', 'Standing in for'), { ...MORE, onDelete: 'SET NULL' }),
    pick(
      'decision',
      t('操作', 'What'),
      [
        choice('requested', '已申请', 'Requested'),
        choice('approved', '已批准', 'Approved'),
        choice('rejected', '已驳回', 'Rejected'),
        choice('withdrawn', '已撤回', 'Withdrawn'),
        choice('commented', '评论', 'Commented'),
        choice('escalated', '超时升级', 'Escalated'),
        choice('rerouted', '改派', 'Re-routed'),
        choice('voided', '失效', 'Voided'),
      ],
      { ...KEPT, notNull: true },
    ),
    whole('step', t('步骤', 'Step'), { ...MORE, notNull: true, default: 1 }),
    prose('comment', t('意见', 'Comment'), KEPT),
    section('entry_more', t('更多', 'More'), 'more_horiz'),
    segment({ hidden: true, computed: true }),
    owner({ notNull: false, hidden: true, computed: true }),
  ],
  indexes: [
    ['segment', 'at'],
    ['owner', 'at'],
  ],
});
