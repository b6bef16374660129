import { APPROVAL_KINDS } from '../choices.ts';
import { defineCollection } from '../define.ts';
import {
  aloneAmong,
  choice,
  day,
  id,
  line,
  link,
  moment,
  owner,
  person,
  pick,
  prose,
  section,
  segment,
  stamps,
  t,
  whole,
} from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'approval_more' } as const;
const PARENTS = ['opportunity', 'lead', 'customer'];

const about = (field: string) => ({ ...KEPT, ...aloneAmong(field, PARENTS) });
const list = (group: string) => ({
  name: 'approvals',
  label: t('审批', 'Approvals'),
  layout: 'table' as const,
  fields: ['kind', 'title', 'state', 'requested_by', 'due_on'],
  group,
  readonly: true,
});

/**
 * A request that somebody else has to decide (APR-1, SAL-10, SAL-11). Written by the server only: `version` grows with every
 * change, so that a decision on what is no longer so is refused. About a record it belongs to that record's tree.
 */
export default defineCollection({
  name: 'crm_approvals',
  tenancy: 'owned',
  label: t('审批', 'Approvals'),
  singular: t('审批', 'Approval'),
  icon: 'approval',
  color: '#0E9AA7',
  hidden: true,
  displayTemplate: '{{title}}',
  sort: 7,
  ownerOptional: true,
  parents: PARENTS,
  fields: [
    id(),
    pick('kind', t('审批事项', 'What is approved'), APPROVAL_KINDS, { ...KEPT, notNull: true }),
    pick(
      'state',
      t('状态', 'State'),
      [
        choice('pending', '待审批', 'To be decided', { icon: 'hourglass_top', color: '#D98200' }),
        choice('approved', '已批准', 'Approved', { icon: 'task_alt', color: '#2E8B57' }),
        choice('rejected', '已驳回', 'Rejected', { icon: 'cancel', color: '#C9302C' }),
        choice('withdrawn', '已撤回', 'Withdrawn', { icon: 'undo', color: '#5B7083' }),
        choice('void', '已失效', 'Void', { icon: 'block', color: '#5B7083' }),
      ],
      { ...KEPT, notNull: true, default: 'pending' },
    ),
    line('title', t('主题', 'Subject'), { ...KEPT, notNull: true, width: 'full' }),
    person('requested_by', t('申请人', 'Requested by'), { ...KEPT, indexed: true, onDelete: 'SET NULL' }),
    day('due_on', t('审批期限', 'Due on'), KEPT),
    section('approval_about', t('审批对象', 'What it is about'), 'link'),
    link(
      'customer',
      t('客户', 'Customer'),
      { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: list('related') },
      { group: 'approval_about', ...about('customer') },
    ),
    link(
      'opportunity',
      t('商机', 'Opportunity'),
      { to: 'crm_opportunities', kind: 'tree', onDelete: 'NO ACTION', list: list('opportunity_related') },
      { group: 'approval_about', ...about('opportunity') },
    ),
    link(
      'lead',
      t('线索', 'Lead'),
      { to: 'crm_leads', kind: 'tree', onDelete: 'NO ACTION', list: list('lead_related') },
      { group: 'approval_about', ...about('lead') },
    ),
    section('approval_more', t('更多', 'More'), 'more_horiz'),
    prose('reason', t('申请理由', 'Reason'), MORE),
    line('collection', t('集合', 'Collection'), { ...MORE, notNull: true, length: 64 }),
    line('item', t('记录', 'Record'), { ...MORE, notNull: true, length: 64 }),
    {
      name: 'asked',
      type: 'json',
      label: t('申请内容', 'What is asked'),
      special: ['cast-json'],
      interface: 'input-code',
      options: { language: 'json', lineNumber: false },
      width: 'full',
      ...MORE,
    },
    link('rule', t('审批规则', 'Rule'), { to: 'crm_approval_rules', kind: 'segment', onDelete: 'SET NULL' }, { ...MORE, indexed: false }),
    whole('step', t('当前步骤', 'Step'), { ...MORE, notNull: true, default: 1 }),
    whole('version', t('版本', 'Version'), { ...MORE, notNull: true, default: 1 }),
    moment('escalated_at', t('升级时间', 'Escalated at'), MORE),
    moment('decided_at', t('审批时间', 'Decided at'), MORE),
    person('decided_by', t('审批人', 'Decided by'), { ...MORE, onDelete: 'SET NULL' }),
    owner({ ...MORE, notNull: false }),
    segment(MORE),
    ...stamps(),
  ],
  indexes: [
    ['state', 'due_on'],
    ['segment', 'state'],
    ['owner', 'state'],
    ['collection', 'item'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
