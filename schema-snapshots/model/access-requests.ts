import { ROLE_CHOICES } from '../choices.ts';
import { defineCollection, type Field } from '../define.ts';
import {
  LATER,
  choice,
  day,
  id,
  line,
  link,
  moment,
  onlyWhen,
  owner,
  person,
  pick,
  prose,
  section,
  segment,
  stamps,
  t,
} from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const DONE = { ...KEPT, group: 'request_state', conditions: [LATER] };

const NEW_PERSON = { kind: { _eq: 'open' } };
const SOMEBODY = { _and: [{ kind: { _nnull: true } }, { kind: { _neq: 'open' } }] };
const GETS_A_ROLE = { kind: { _in: ['open', 'rights'] } };
const GETS_A_PLACE = { kind: { _in: ['open', 'move', 'rights'] } };

const NEEDED = onlyWhen('new person', NEW_PERSON, { required: true });

/** On the form of whoever gets a place, and asked for where `rule` holds: of the conditions that hold the last one counts. */
const placed = (name: string, rule: Record<string, unknown>): Pick<Field, 'hidden' | 'conditions'> => ({
  hidden: true,
  conditions: [
    { name: 'gets a place', rule: GETS_A_PLACE, hidden: false },
    { name, rule, hidden: false, required: true },
  ],
});

/**
 * 信息系统用户管理与权限变更审批表 (ACC-8): filed by a segment admin within one working day of the change, decided by the
 * configured leader, carried out by a system admin. It is the filer's, nobody's where group marketing files it; `segment` is where the person stands when it is filed.
 */
export default defineCollection({
  name: 'crm_access_requests',
  tenancy: 'owned',
  ownerOptional: true,
  label: t('用户权限变更审批表', 'Access requests'),
  singular: t('用户权限变更审批表', 'Access request'),
  icon: 'badge',
  color: '#7A5AF8',
  hidden: true,
  displayTemplate: '{{kind}} {{user.last_name}} {{last_name}}',
  folder: 'crm_settings',
  sort: 30,
  fields: [
    id(),
    pick(
      'kind',
      t('办理事项', 'What is wanted'),
      [
        choice('open', '开通', 'Open a log-in', { icon: 'person_add', color: '#2E8B57' }),
        choice('close', '注销', 'Close the log-in', { icon: 'person_off', color: '#5B7083' }),
        choice('move', '岗位或单位变动', 'Move to another post or company', { icon: 'swap_horiz', color: '#2E6FBA' }),
        choice('rights', '权限变更', 'Change of rights', { icon: 'key', color: '#7A5AF8' }),
        choice('freeze', '冻结', 'Freeze', { icon: 'ac_unit', color: '#0E9AA7' }),
        choice('thaw', '解冻', 'Thaw', { icon: 'wb_sunny', color: '#D98200' }),
      ],
      { notNull: true, required: true },
    ),
    person('user', t('人员', 'Person'), { indexed: true, ...onlyWhen('somebody who has a log-in', SOMEBODY, { required: true }) }),
    day('effective_on', t('变动日期', 'Changes on'), {
      notNull: true,
      required: true,
      note: t('离职或岗位变动之日，须在其后一个工作日内办理', 'The day they leave or change their post; due one working day later'),
    }),
    prose('reason', t('原因', 'Reason'), { notNull: true, required: true }),
    prose('handling', t('处理要求', 'Handling wanted')),
    line('last_name', t('姓', 'Last name'), { length: 64, personal: true, ...NEEDED }),
    line('first_name', t('名', 'First name'), { length: 64, personal: true, ...onlyWhen('new person', NEW_PERSON) }),
    line('user_email', t('登录邮箱', 'E-mail to log in with'), { length: 128, personal: true, ...NEEDED }),
    line('employee_no', t('工号', 'Employee number'), { length: 64, ...onlyWhen('new person', NEW_PERSON) }),
    pick('to_role', t('角色', 'Role'), ROLE_CHOICES, placed('gets a role', GETS_A_ROLE)),
    link(
      'to_segment',
      t('新版块', 'New segment'),
      { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      { indexed: false, ...placed('new person', NEW_PERSON) },
    ),
    link(
      'to_company',
      t('新公司', 'New company'),
      { to: 'crm_companies', kind: 'reference', onDelete: 'SET NULL' },
      { indexed: false, ...onlyWhen('gets a place', GETS_A_PLACE) },
    ),
    // A plain key: a team of another segment is named by its id, which the filer may not read.
    line('to_team', t('新团队', 'New team'), { length: 36, hidden: true }),
    line('to_position', t('新职务', 'New position'), { length: 128, ...onlyWhen('gets a place', GETS_A_PLACE) }),
    section('request_files', t('附件', 'Attachments'), 'attach_file'),
    link(
      'form_file',
      t('签字表单', 'Signed form'),
      { to: 'directus_files', kind: 'file', onDelete: 'SET NULL' },
      { interface: 'file', special: ['file'], group: 'request_files', indexed: false, width: 'full' },
    ),
    link(
      'other_file',
      t('其他附件', 'Other attachment'),
      { to: 'directus_files', kind: 'file', onDelete: 'SET NULL' },
      { interface: 'file', special: ['file'], group: 'request_files', indexed: false, width: 'full' },
    ),
    section('request_state', t('进度', 'Progress'), 'timeline', { conditions: [LATER] }),
    pick(
      'state',
      t('状态', 'State'),
      [
        choice('requested', '待审批', 'To be decided', { icon: 'hourglass_top', color: '#D98200' }),
        choice('approved', '已批准', 'Approved', { icon: 'verified', color: '#0E9AA7' }),
        choice('executed', '已执行', 'Executed', { icon: 'task_alt', color: '#2E8B57' }),
        choice('rejected', '已驳回', 'Rejected', { icon: 'cancel', color: '#C9302C' }),
        choice('withdrawn', '已撤回', 'Withdrawn', { icon: 'undo', color: '#5B7083' }),
      ],
      { ...DONE, notNull: true, default: 'requested' },
    ),
    day('due_on', t('办理期限', 'Due on'), DONE),
    moment('escalated_at', t('升级时间', 'Escalated at'), DONE),
    person('requested_by', t('申请人', 'Requested by'), { ...DONE, onDelete: 'SET NULL' }),
    person('executed_by', t('执行人', 'Executed by'), { ...DONE, onDelete: 'SET NULL' }),
    moment('executed_at', t('执行时间', 'Executed at'), DONE),
    owner({ notNull: false, readonly: true, group: 'request_state', conditions: [LATER] }),
    segment({ readonly: true, group: 'request_state', conditions: [LATER] }),
    ...stamps(),
  ],
  indexes: [
    ['segment', 'state'],
    ['state', 'due_on'],
    ['segment', 'date_created'],
    ['owner', 'date_created'],
  ],
});
