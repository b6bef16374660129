import { CLASSES, GRADES, KINDS, SOURCES } from '../choices.ts';
import { defineCollection, type Field } from '../define.ts';
import { contactChoices, fieldChoices, fieldNames } from '../field-choices.ts';
import {
  LATER,
  choice,
  day,
  exceptWhen,
  id,
  line,
  link,
  moment,
  money,
  onlyWhen,
  owner,
  percent,
  pendingImport,
  pick,
  prose,
  sealed,
  section,
  segment,
  stamps,
  t,
  timeline,
  whole,
} from '../fields.ts';
import { industry, region } from '../links.ts';
import { missingChoices, RELATED_FACTS } from '../requirements.ts';
import contacts from './contacts.ts';

const notForPeople = exceptWhen('a person', { kind: { _eq: 'person' } });

/** What a person fills in: six fields to begin with, then the sections. */
const FORM: Field[] = [
  line('name', t('客户名称', 'Customer name'), {
    notNull: true,
    required: true,
    note: t('单位请填营业执照或登记证上的全称', 'For an organisation: the full registered name'),
  }),
  pick('kind', t('客户类型', 'Kind'), KINDS, { notNull: true, default: 'company' }),
  pick(
    'name_hint',
    t('名称提示', 'About the name'),
    [choice('not_legal_name', '可能不是登记全称，请核对', 'May not be the full registered name', { icon: 'warning', color: '#D98200' })],
    {
      readonly: true,
      computed: true,
      width: 'full',
      ...onlyWhen('a hint', { name_hint: { _nnull: true } }),
    },
  ),
  industry(notForPeople),
  region(),
  prose('needs', t('首次需求或意向', 'First need or intent')),
  section('classification', t('分类与等级', 'Class and grade'), 'stars'),
  pick('class', t('客户分类', 'Class'), CLASSES, {
    notNull: true,
    default: 'potential',
    group: 'classification',
    note: t('重点：单独方案；一般：定期回访；潜在：培育', 'Key: own plan; general: periodic visits; potential: develop'),
  }),
  pick('grade', t('客户等级', 'Grade'), GRADES, { group: 'classification' }),
  pick('source', t('客户来源', 'Source'), SOURCES, { group: 'classification' }),
  day('last_verified_on', t('最近核实日期', 'Last verified on'), { group: 'classification' }),
  prose('cooperation_history', t('合作历史', 'Cooperation history'), {
    group: 'classification',
    note: t('重点客户须填写', 'Needed for key customers'),
    ...onlyWhen('a key customer', { class: { _eq: 'key' } }),
  }),
  section('profile', t('单位资料', 'Profile'), 'business'),
  line('short_name', t('简称', 'Short name'), { length: 128, group: 'profile' }),
  line('uscc', t('统一社会信用代码', 'Unified social credit code'), {
    length: 32,
    group: 'profile',
    indexed: true,
    options: { placeholder: t('18 位', '18 characters') },
    ...exceptWhen('no code', { kind: { _in: ['person', 'foreign'] } }),
  }),
  whole('employees', t('员工人数', 'Employees'), { group: 'profile', ...notForPeople }),
  money('annual_revenue', t('年营业额', 'Annual revenue'), { group: 'profile', ...notForPeople }),
  ...sealed('phone', t('电话', 'Phone'), {
    group: 'profile',
    options: { iconLeft: 'call', placeholder: t('手机或带区号的座机', 'Mobile, or landline with area code') },
  }),
  line('website', t('网站', 'Website'), { group: 'profile' }),
  line('address', t('地址', 'Address'), { group: 'profile', personal: true }),
  line('postcode', t('邮政编码', 'Postcode'), {
    length: 16,
    group: 'profile',
    options: { placeholder: t('6 位数字', '6 digits') },
  }),
  link(
    'parent',
    t('上级单位', 'Parent organisation'),
    {
      to: 'crm_customers',
      kind: 'segment',
      onDelete: 'SET NULL',
      list: {
        name: 'subsidiaries',
        label: t('下级单位', 'Subsidiaries'),
        layout: 'table',
        fields: ['name', 'class', 'grade', 'status'],
        group: 'profile',
        after: 'parent',
        create: false,
        conditions: [LATER],
      },
    },
    { group: 'profile', ...notForPeople },
  ),
];

/** The organisations (and people, Q20) that the group sells to: the root of every tree (CUS-1 to CUS-11). */
export default defineCollection({
  name: 'crm_customers',
  tenancy: 'owned',
  label: t('客户', 'Customers'),
  singular: t('客户', 'Customer'),
  icon: 'domain',
  color: '#2E6FBA',
  displayTemplate: '{{name}}',
  sort: 1,
  archive: { field: 'status', archived: 'archived', unarchived: 'draft' },
  fields: [
    id(),
    pick(
      'status',
      t('状态', 'Status'),
      [
        choice('draft', '草稿', 'Draft', { icon: 'edit_note', color: '#D98200' }),
        choice('active', '有效', 'Active', { icon: 'check_circle', color: '#2E8B57' }),
        choice('merged', '已合并', 'Merged', { icon: 'merge', color: '#5B7083' }),
        choice('archived', '已归档', 'Archived', { icon: 'archive', color: '#5B7083' }),
      ],
      {
        notNull: true,
        default: 'draft',
        readonly: true,
        conditions: [LATER],
        note: t('必填资料齐全后自动转为“有效”', 'Becomes active by itself once the required data is complete'),
      },
    ),
    percent('completeness', t('资料完整度', 'Completeness'), {
      notNull: true,
      default: 0,
      readonly: true,
      computed: true,
      conditions: [LATER],
    }),
    fieldNames(
      'missing',
      t('待补充', 'Still missing'),
      missingChoices(fieldChoices(FORM, RELATED_FACTS), contactChoices(contacts.fields)),
      {
        readonly: true,
        computed: true,
        ...onlyWhen('a draft', { _and: [{ status: { _eq: 'draft' } }, { missing: { _nnull: true } }] }),
      },
    ),
    ...FORM,
    section('related', t('业务往来', 'Business'), 'hub', { conditions: [LATER] }),
    timeline('related'),
    section('state', t('归属与跟进', 'Owner and follow-up'), 'badge'),
    owner({ group: 'state' }),
    segment({ group: 'state' }),
    moment('last_activity_at', t('最近跟进', 'Last activity'), {
      readonly: true,
      computed: true,
      group: 'state',
      conditions: [LATER],
    }),
    day('next_due_on', t('下次计划', 'Next due'), { readonly: true, computed: true, group: 'state', conditions: [LATER] }),
    pendingImport(),
    ...stamps(),
  ],
  indexes: [
    ['name'],
    // A company's number is found by itself; a person's by its index.
    ['phone'],
    ['completeness'],
    ['status', 'completeness'],
    ['last_activity_at'],
    ['next_due_on'],
    ['date_created'],
    ['segment', 'name'],
    ['owner', 'name'],
    ['segment', 'completeness'],
    ['owner', 'completeness'],
    ['segment', 'last_activity_at'],
    ['owner', 'last_activity_at'],
    ['segment', 'next_due_on'],
    ['owner', 'next_due_on'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
