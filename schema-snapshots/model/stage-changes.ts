import { defineCollection } from '../define.ts';
import { choice, id, link, moment, owner, person, pick, prose, section, segment, t, whole } from '../fields.ts';

/** The history of an opportunity's stages, written by the server; it outlives the opportunity (SAL-3). */
export default defineCollection({
  name: 'crm_stage_changes',
  tenancy: 'owned',
  label: t('阶段变更', 'Stage changes'),
  singular: t('阶段变更', 'Stage change'),
  icon: 'history',
  displayTemplate: '{{from_stage.name}} → {{to_stage.name}}',
  hidden: true,
  sort: 12,
  parents: ['opportunity'],
  fields: [
    id(),
    link(
      'opportunity',
      t('商机', 'Opportunity'),
      {
        to: 'crm_opportunities',
        kind: 'tree',
        onDelete: 'SET NULL',
        list: {
          name: 'stage_changes',
          label: t('阶段历史', 'Stage history'),
          layout: 'table',
          fields: ['from_stage', 'to_stage', 'changed_at', 'changed_by', 'kind', 'reason'],
          group: 'opportunity_state',
          readonly: true,
        },
      },
      { readonly: true, computed: true },
    ),
    link(
      'from_stage',
      t('原阶段', 'From'),
      { to: 'crm_stages', kind: 'segment', onDelete: 'SET NULL' },
      { readonly: true, computed: true, indexed: false },
    ),
    link(
      'to_stage',
      t('新阶段', 'To'),
      { to: 'crm_stages', kind: 'segment', onDelete: 'SET NULL' },
      { readonly: true, computed: true, indexed: false },
    ),
    moment('changed_at', t('变更时间', 'Changed at'), { notNull: true, readonly: true, computed: true }),
    person('changed_by', t('变更人', 'Changed by'), { onDelete: 'SET NULL', readonly: true, computed: true }),
    section('change_more', t('更多', 'More'), 'more_horiz'),
    pick(
      'kind',
      t('性质', 'Kind'),
      [
        choice('created', '新建', 'Created'),
        choice('forward', '推进', 'Forward'),
        choice('back', '退回', 'Back'),
        choice('closed', '关闭', 'Closed'),
        choice('reopened', '重新打开', 'Reopened'),
        choice('reversal', '撤销', 'Reversal'),
      ],
      { readonly: true, computed: true, group: 'change_more' },
    ),
    whole('lasted_seconds', t('在原阶段停留（秒）', 'Seconds in the former stage'), {
      readonly: true,
      computed: true,
      group: 'change_more',
    }),
    prose('reason', t('说明', 'Reason'), { readonly: true, computed: true, group: 'change_more' }),
    segment({ hidden: true, computed: true }),
    owner({ hidden: true, computed: true }),
  ],
  indexes: [
    ['segment', 'changed_at'],
    ['owner', 'changed_at'],
  ],
});
