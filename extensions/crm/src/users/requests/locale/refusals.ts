import type { Said } from '../../../platform/api/say.ts';
import type { FilingReason } from '../rules/access-request.ts';

export type RequestsReason =
  | Exclude<FilingReason, 'forbidden'>
  | 'bad_value'
  | 'bad_query'
  | 'segment_of_others'
  | 'freeze_waits'
  | 'not_approved'
  | 'already_executed'
  | 'is_over'
  | 'subject_changed'
  | 'email_taken_elsewhere'
  | 'open_work'
  | 'not_withdrawable'
  | 'freeze_first';

interface Refused {
  code: string;
  status: number;
  field: string | null;
  text: Said;
}

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });
const at = (field: string, zh: string, en: string): Refused => ({ code: 'FAILED_VALIDATION', status: 400, field, text: said(zh, en) });
const conflict = (zh: string, en: string, code = 'REQUEST_CONFLICT'): Refused => ({ code, status: 409, field: null, text: said(zh, en) });

/** Everything that access requests refuse, and what to do instead. */
export const REQUEST_REFUSALS: Record<RequestsReason, Refused> = {
  person_needed: at('user', '请选择要办理的人员。', 'Choose the person whom it is about.'),
  name_needed: at('last_name', '请填写新人员的姓名。', 'Give the name of the new person.'),
  name_long: at('last_name', '姓名合起来最多 50 个字符，请缩短。', 'The whole name has at most 50 characters. Shorten it.'),
  email_needed: at('user_email', '请填写新人员的登录邮箱。', 'Give the address with which the new person will log in.'),
  email_bad: at('user_email', '登录邮箱格式不正确，请填写一个完整的邮箱地址。', 'This is not an e-mail address. Give one whole address.'),
  email_taken: at(
    'user_email',
    '此邮箱已有人使用。请换一个邮箱；如果是同一个人，请选择“岗位或单位变动”或“权限变更”。',
    'Somebody has this address already. Take another one; if it is the same person, file a move or a change of rights.',
  ),
  role_needed: at('to_role', '请选择角色。', 'Choose the role.'),
  role_above: at(
    'to_role',
    '版块管理员只能申请业务人员、版块负责人和版块管理员。其他角色请由系统管理员申请。',
    'A segment admin asks for reps, segment heads and segment admins only. Other roles are asked for by a system administrator.',
  ),
  segment_needed: at('to_segment', '请选择所在的版块。', 'Choose the segment where they will work.'),
  segment_closed: at('to_segment', '此版块已停用，请选择其他版块。', 'This segment is switched off. Choose another one.'),
  pool_for_staff: at(
    'to_segment',
    '集团公海只供集团人员使用，请选择其他版块。',
    'The group pool is for group staff only. Choose another segment.',
  ),
  staff_in_pool: at(
    'to_segment',
    '集团管理层和系统管理员归属集团，请将版块留空。',
    'Executives and system administrators are at home in the group; leave the segment empty.',
  ),
  team_elsewhere: at(
    'to_team',
    '此团队不属于您管理的版块，请留空；由新版块安排。',
    'This is no team of a segment of yours. Leave it empty; the new segment decides.',
  ),
  nothing_new: conflict(
    '此人已经是所申请的样子，没有可变更的内容。请写明新的版块、公司、团队、职务或角色。',
    'They have all of that already, so there is nothing to change. Name a new segment, company, team, position or role.',
  ),
  person_closed: conflict(
    '此账号已注销，不能再办理。需要时请用原邮箱申请“开通”。',
    'This log-in is closed. If it is needed again, ask to open one with the same address.',
  ),
  already_frozen: conflict('此账号已经冻结，审批表也已提交，无需再申请。', 'This account is frozen already, and its form has been filed.'),
  not_frozen: conflict('此账号没有冻结，无需解冻。', 'This account is not frozen, so there is nothing to thaw.'),
  file_of_others: at('form_file', '附件必须是您自己上传的文件，请重新上传。', 'Attach files that you uploaded yourself. Upload it again.'),
  already_open: conflict(
    '此人同一事项已有一份未办完的审批表（{filed} 提交）。请等待办理，或先撤回那一份。',
    'There is an open form of this kind for this person (filed {filed}). Wait for it, or have it withdrawn first.',
    'ALREADY_PENDING',
  ),
  segment_of_others: {
    ...{ code: 'FORBIDDEN', status: 403, field: null },
    text: said(
      '您只能为这些版块的人员提交审批表：{segments}。请选择其中的人员或版块；其他版块由其版块管理员或系统管理员提交。',
      'You file for people of these segments only: {segments}. Choose a person or a segment of theirs; for others their own segment admin or a system administrator files.',
    ),
  },
  bad_value: { code: 'INVALID_PAYLOAD', status: 400, field: null, text: said('内容不符合要求：{where}', 'Not as it should be: {where}') },
  bad_query: {
    code: 'INVALID_QUERY',
    status: 400,
    field: null,
    text: said('查询不符合要求：{where}', 'The query is not as it should be: {where}'),
  },
  not_approved: conflict(
    '此审批表还没有批准，不能执行。请等待审批。',
    'This form is not approved yet, so it cannot be carried out. Wait for the decision.',
  ),
  already_executed: conflict('此审批表已经执行，没有再次执行。', 'This form was carried out already; nothing was done again.'),
  is_over: conflict(
    '此审批表已驳回或撤回，不能执行。需要时请重新提交。',
    'This form was rejected or withdrawn, so it cannot be carried out. File it again if it is still needed.',
  ),
  subject_changed: conflict(
    '批准之后此人的角色、版块或账号已有变化，未作任何更改。请撤回后按现在的情况重新提交。',
    'The person’s role, segment or log-in has changed since the approval; nothing was changed. Withdraw the form and file it as things are now.',
  ),
  email_taken_elsewhere: conflict(
    '邮箱 {email} 已有账号使用，未作任何更改。请核对：同一个人请办理“岗位或单位变动”，否则请换一个邮箱重新提交。',
    'An account has the address {email} already; nothing was changed. Check it: for the same person file a move, else file it again with another address.',
  ),
  open_work: conflict(
    '此人还有未移交的工作，未作任何更改。请先在“CRM › 离岗交接”中移交；确需先注销时，由系统管理员保留工作并执行。离职人员可先冻结。',
    'They still own open work; nothing was changed. Hand it over first at “CRM › Hand over and leave”, or a system administrator leaves it where it is and carries the form out. Freeze somebody who has left already.',
    'OPEN_WORK',
  ),
  freeze_waits: conflict(
    '冻结系统管理员已提交集团管理层审批，正在等待决定；同意后此审批表即办结。',
    'The freeze of a system administrator was asked for and waits for an executive; this form ends with that decision.',
  ),
  not_withdrawable: conflict('此审批表已办结，不能撤回。', 'This form is over, so it cannot be withdrawn.'),
  freeze_first: conflict(
    '在职的系统管理员须先冻结（由集团管理层审批），再注销。未作任何更改。',
    'An active system administrator is frozen first, which an executive decides, and closed after that. Nothing was changed.',
  ),
};
