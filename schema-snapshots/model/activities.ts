import { ACTIVITY_TYPES, PRIORITIES } from '../choices.ts';
import { defineCollection } from '../define.ts';
import {
  LATER,
  aloneAmong,
  choice,
  day,
  id,
  line,
  link,
  moment,
  onlyWhen,
  owner,
  pendingImport,
  person,
  pick,
  prose,
  section,
  segment,
  stamps,
  t,
} from '../fields.ts';

const PARENTS = ['customer', 'opportunity', 'lead'];

const list = (group: string) => ({
  name: 'activities',
  label: t('行动', 'Activities'),
  layout: 'table' as const,
  fields: ['type', 'subject', 'due_on', 'done_at'],
  group,
  after: 'timeline',
});

/** 一般行动: what was done or is to be done, on a customer, a lead, an opportunity, or on nothing (SAL-5, SAL-6, SAL-14). */
export default defineCollection({
  name: 'crm_activities',
  tenancy: 'owned',
  label: t('行动', 'Activities'),
  singular: t('行动', 'Activity'),
  icon: 'event_available',
  color: '#7A5AF8',
  displayTemplate: '{{subject}}',
  sort: 4,
  parents: ['customer', 'lead', 'opportunity'],
  fields: [
    id(),
    pick('type', t('类型', 'Type'), ACTIVITY_TYPES, { notNull: true, required: true, default: 'call', plainLabels: true }),
    link(
      'customer',
      t('客户', 'Customer'),
      { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: list('related') },
      aloneAmong('customer', PARENTS),
    ),
    line('subject', t('主题', 'Subject'), { notNull: true, required: true, width: 'full' }),
    prose('notes', t('内容', 'Notes')),
    day('due_on', t('计划日期', 'Due on')),
    moment('done_at', t('完成时间', 'Done at'), {
      note: t('填写后即为已完成', 'Filling it in marks the activity as done'),
    }),
    section('result', t('结果与下一步', 'Outcome and next step'), 'task_alt'),
    prose('outcome', t('结果', 'Outcome'), { group: 'result' }),
    line('next_step', t('下一步', 'Next step'), { width: 'full', group: 'result' }),
    section('subject_of', t('商机或线索', 'Opportunity or lead'), 'link'),
    link(
      'opportunity',
      t('商机', 'Opportunity'),
      { to: 'crm_opportunities', kind: 'tree', onDelete: 'NO ACTION', list: list('opportunity_related') },
      { group: 'subject_of', ...aloneAmong('opportunity', PARENTS) },
    ),
    link(
      'lead',
      t('线索', 'Lead'),
      { to: 'crm_leads', kind: 'tree', onDelete: 'NO ACTION', list: list('lead_related') },
      { group: 'subject_of', ...aloneAmong('lead', PARENTS) },
    ),
    section('people', t('优先级与人员', 'Priority and people'), 'badge'),
    pick('priority', t('优先级', 'Priority'), PRIORITIES, { notNull: true, default: 'medium', group: 'people' }),
    owner({ group: 'people' }),
    person('assigned_by', t('指派人', 'Assigned by'), {
      onDelete: 'SET NULL',
      readonly: true,
      computed: true,
      group: 'people',
      conditions: [LATER],
    }),
    pick(
      'assignment',
      t('派发状态', 'Assignment'),
      [
        choice('requested', '待接受', 'To be accepted', { icon: 'hourglass_top', color: '#D98200' }),
        choice('accepted', '已接受', 'Taken on', { icon: 'task_alt', color: '#2E8B57' }),
        choice('declined', '已拒绝', 'Declined', { icon: 'cancel', color: '#C9302C' }),
      ],
      { readonly: true, computed: true, group: 'people', conditions: [LATER] },
    ),
    prose('declined_reason', t('拒绝原因', 'Why it was declined'), {
      readonly: true,
      computed: true,
      group: 'people',
      ...onlyWhen('declined', { assignment: { _eq: 'declined' } }),
    }),
    line('plan_key', t('计划标识', 'Plan key'), {
      length: 160,
      unique: true,
      hidden: true,
      readonly: true,
      computed: true,
      searchable: false,
    }),
    person('done_by', t('完成人', 'Done by'), {
      onDelete: 'SET NULL',
      readonly: true,
      computed: true,
      group: 'people',
      conditions: [LATER],
    }),
    segment({ group: 'people' }),
    pendingImport(),
    ...stamps(),
  ],
  indexes: [
    ['date_created'],
    ['assigned_by', 'date_created'],
    ['owner', 'assignment', 'done_at', 'due_on'],
    // What somebody assigned and is still open, by its day.
    ['assigned_by', 'done_at', 'due_on'],
    ['due_on'],
    ['done_at'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
    ['segment', 'due_on'],
    ['owner', 'due_on'],
    ['segment', 'done_at'],
    // My-day: what is open has no `done_at`, and comes by its day.
    ['owner', 'done_at', 'due_on'],
  ],
});
