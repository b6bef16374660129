import type { Language } from '../platform/api/actor.ts';
import { forbidden, Refusal, SAID } from '../platform/api/refusal.ts';
import { say, type Said } from '../platform/api/say.ts';
import type { PlacementReason } from './rules/placement.ts';
import type { PostReason } from './rules/posts.ts';
import type { ParentsReason } from './rules/tree.ts';

export type SegmentsReason =
  | PlacementReason
  | PostReason
  | ParentsReason
  | 'segment_fixed'
  | 'activity_of_record'
  | 'parents_disagree'
  | 'file_elsewhere'
  | 'neighbour_elsewhere'
  | 'person_not_in_segment'
  | 'own_rights'
  | 'no_invitations'
  | 'segment_admins_full'
  | 'system_admins_full'
  | 'last_system_admin'
  | 'project_owner_required'
  | 'project_owner_unfit';

interface Answer {
  /** The field of the form at which the text shows; without one it is a refusal of the whole. */
  field: string | null;
  text: Said;
}

const at = (field: string | null, zh: string, en: string): Answer => ({ field, text: { 'zh-CN': zh, 'en-US': en } });

/** Every reason of this slice with its answer; `forbidden` is the host's own text, so that foreign rows look absent. */
const ANSWERS: Record<Exclude<SegmentsReason, 'forbidden'>, Answer> = {
  segment_required: at('segment', '请选择版块。', 'Choose a segment.'),
  segment_fixed: at(
    null,
    '版块不能直接修改，只能通过跨版块移交。',
    'The segment cannot be changed here; only a transfer moves a record to another segment.',
  ),
  owner_required: at('owner', '请选择该版块的一名负责人。', 'Choose an owner from that segment.'),
  owner_of_tree: at(
    'owner',
    '该记录随客户或线索归其负责人所有，请修改客户或线索的负责人；如需交给他人，请另建一条不关联记录的行动。',
    'This record belongs to whoever owns its customer or lead. Change the owner there; work for somebody else is an activity of its own.',
  ),
  activity_of_record: at(
    'owner',
    '关联记录的行动归该记录的负责人；要派给别人，请另建一条不关联记录的行动，并在内容中写明客户。',
    'An activity on a record belongs to its owner; for somebody else make one of its own and name the customer in the text.',
  ),
  owner_not_in_segment: at('owner', '负责人必须是该版块的在职人员。', 'The owner must be an active member of the segment.'),
  person_not_in_segment: at('user', '所选人员必须是该版块的在职人员。', 'The person must be an active member of the segment.'),
  lead_unallocated: at('lead', '该线索尚未分配，请先分配负责人。', 'This lead has no owner yet. Allocate it first.'),
  one_parent_only: at(
    'customer',
    '只能关联一个对象：客户、线索、商机等只选其一。',
    'It can be about one record only: a customer, a lead or an opportunity …',
  ),
  parent_required: at('customer', '请选择客户或商机。', 'Choose a customer or an opportunity.'),
  parents_disagree: at('opportunity', '所选商机不属于所选客户。', 'The opportunity does not belong to the customer.'),
  neighbour_elsewhere: at(
    'parent',
    '上级单位必须与本客户同属一名负责人，请选择同一负责人名下的客户。',
    'The parent organisation must have the same owner as this customer. Choose one of the same owner.',
  ),
  file_elsewhere: at('file', '该文件已附在其他记录上，请重新上传。', 'The file is attached to another record. Upload it again.'),
  own_rights: at(null, '不能修改自己的角色、状态或版块。', 'You cannot change your own role, status or segments.'),
  no_invitations: at(
    'status',
    '客户管理系统的账号不通过邀请开通，请直接新建账号并设置状态。',
    'Accounts of the CRM are not opened by invitation. Create the account and set its state.',
  ),
  pool_is_for_group_staff: at(
    'crm_segment',
    '集团公海只供集团人员使用，请选择其他版块。',
    'The group pool is for group staff only. Choose another segment.',
  ),
  managed_by_heads_only: at(
    'crm_managed_segments',
    '只有版块负责人和版块管理员可以管理版块。',
    'Only segment heads and segment admins manage segments.',
  ),
  segment_admins_full: at('role', '每个版块最多两名在职的版块管理员。', 'A segment has at most two active segment admins.'),
  system_admins_full: at('role', '集团最多两名在职的系统管理员。', 'The group has at most two active system admins.'),
  last_system_admin: at('status', '不能停用或移除最后一名在职的系统管理员。', 'The last active system admin cannot be removed.'),
  project_owner_required: at('project_owner', '每家公司必须有一名项目负责人。', 'Every company has one project owner.'),
  project_owner_unfit: at(
    'project_owner',
    '项目负责人必须是本公司在职的版块负责人或集团管理层。',
    'The project owner must be an active segment head or executive of the company.',
  ),
};

/**
 * The refusal behind a reason, in the language of whoever is refused. At a field it has the host's own code, because then
 * the forms show the text beside the field.
 */
export function refusalFor(reason: SegmentsReason, language: Language | null | undefined, atField?: string): Refusal {
  if (reason === 'forbidden') return forbidden();
  const { field, text } = ANSWERS[reason];
  const message = say(text, language);
  if (field === null) return new Refusal({ code: 'FORBIDDEN', status: 403, message, extensions: { reason } });
  const extensions = { field: atField ?? field, type: SAID, reason, validation_message: message };
  return new Refusal({ code: 'FAILED_VALIDATION', status: 400, message, extensions });
}
