import type { Said } from '../../../platform/api/say.ts';
import type { StatusReason } from '../rules/lead-status.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** A status that somebody writes and may not: at which field it shows, and what to do next. */
export const STATUS_TEXTS: Record<StatusReason, { field: string; text: Said }> = {
  name_missing: {
    field: 'company_name',
    text: said('请填写公司名称或联系人，再确认线索。', 'Fill in the company or the contact before the lead is qualified.'),
  },
  contact_missing: {
    field: 'phone',
    text: said(
      '请填写电话、电子邮箱或微信中的一项，再确认线索。',
      'Fill in a phone number, an e-mail address or WeChat before the lead is qualified.',
    ),
  },
  grade_missing: { field: 'grade', text: said('请先评定线索等级 A、B 或 C。', 'Grade the lead first: A, B or C.') },
  lost_reason_missing: { field: 'lost_reason', text: said('请填写流失原因。', 'Say why the lead was lost.') },
  only_allocation: {
    field: 'status',
    text: said(
      '线索由分配得到负责人后变为“已分配”，请使用线索页面上方的“分配”。',
      'A lead becomes allocated by being given to somebody: use “Allocate” above its form.',
    ),
  },
  only_conversion: {
    field: 'status',
    text: said(
      '“已转化”由转化客户产生，请使用线索页面上方的“转化”。',
      'A lead becomes converted by its conversion: use “Convert” above its form.',
    ),
  },
  is_converted: {
    field: 'status',
    text: said('线索已转化，请在其客户或商机上继续。', 'The lead is converted. Go on with its customer or opportunity.'),
  },
  begins_new: {
    field: 'status',
    text: said(
      '新录入的线索从“新线索”或“已确认”开始；评级、分配和首次行动之后即为“跟进中”。',
      'A lead is entered as new or qualified. It is followed once it is graded, somebody has it, and the first activity is done.',
    ),
  },
  converted_stays: {
    field: 'customer',
    text: said('已转化的线索留在其客户名下，不能改到别处。', 'A converted lead stays with the customer that was made of it.'),
  },
  not_yet_qualified: { field: 'status', text: said('请先确认线索，再跟进。', 'Qualify the lead before it is followed.') },
  nobody_follows: {
    field: 'status',
    text: said('线索还没有负责人，请先分配。', 'The lead has no owner yet. Allocate it first.'),
  },
  reopened_by_head: {
    field: 'status',
    text: said('流失的线索由版块负责人或版块管理员重新打开。', 'A lost lead is reopened by the segment head or the segment admin.'),
  },
  not_back: {
    field: 'status',
    text: said(
      '线索状态不能退回；不再跟进时请设为“流失”并填写原因。',
      'A lead does not go back. If it is given up, set it to lost with a reason.',
    ),
  },
  lost_reopens: {
    field: 'status',
    text: said('流失的线索重新打开后为“已确认”或“跟进中”。', 'A lost lead is reopened as qualified or following.'),
  },
};

interface Refused {
  code: string;
  status: number;
  text: Said;
}

/** Everything else that leads refuse a person. */
export const LEAD_REFUSALS = {
  bad_value: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('内容不符合要求：{where}', 'Not as it should be: {where}'),
  },
  nobody_named: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('请指定负责人（owner），或填 route 按地区分配。', 'Name the owner, or send “route” to have it routed by region.'),
  },
  fields_missing: {
    code: 'FIELDS_MISSING',
    status: 400,
    text: said('分配前请先填写：{names}。', 'Before the lead is allocated, fill in: {names}.'),
  },
  owner_not_in_segment: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('负责人必须是该版块的在职人员。', 'The owner must be an active member of the segment.'),
  },
  needs_approval: {
    code: 'APPROVAL_REQUIRED',
    status: 403,
    text: said(
      '本版块的线索分配须经审批，请使用线索页面上方的“分配”提交申请。',
      'In this segment allocations need approval. Use “Allocate” above the form of the lead, which asks for it.',
    ),
  },
  closed: {
    code: 'CLOSED',
    status: 409,
    text: said('线索已转化或流失，不能再分配。', 'The lead is converted or lost; it is not allocated any more.'),
  },
  in_tree: {
    code: 'CONFLICT',
    status: 409,
    text: said(
      '线索已归属客户，随客户的负责人。请修改客户的负责人。',
      'The lead belongs to a customer and follows its owner. Change the owner there.',
    ),
  },
  nobody_fits: {
    code: 'CONFLICT',
    status: 409,
    text: said(
      '该地区没有可分配的业务人员，或均已达在手上限。请直接指定负责人，或调整线索分配地区。',
      'Nobody works this region, or all who do have enough. Name the owner, or change the lead regions.',
    ),
  },
  already_asked: {
    code: 'CONFLICT',
    status: 409,
    text: said('该线索的分配正在审批中。', 'An allocation of this lead is waiting for its approval.'),
  },
  own_only_to_colleague: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('请指定本版块的一名同事，移交须经审批。', 'Name a colleague of your segment; handing it over needs approval.'),
  },
  not_in_pool: {
    code: 'CONFLICT',
    status: 409,
    text: said('只有集团公海中未分配的线索可以划给版块。', 'Only leads that nobody has in the group pool are given to a segment.'),
  },
  still_in_pool: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('集团公海的线索请先指定版块（segment）。', 'A lead in the group pool needs a segment first.'),
  },
  unknown_segment: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('没有这个版块，请重新选择。', 'There is no such segment. Choose another one.'),
  },
  already_converted: {
    code: 'ALREADY_CONVERTED',
    status: 409,
    text: said('该线索已转化。', 'This lead is converted already.'),
  },
  is_lost: {
    code: 'CLOSED',
    status: 409,
    text: said('该线索已流失，请先重新打开。', 'This lead is lost. Have it reopened first.'),
  },
  unallocated: {
    code: 'UNALLOCATED',
    status: 409,
    text: said('该线索尚未分配，请先分配负责人。', 'This lead has no owner yet. Allocate it first.'),
  },
  nameless: {
    code: 'FIELDS_MISSING',
    status: 400,
    text: said(
      '请填写客户名称（name），或先填写线索的公司名称或联系人。',
      'Send the customer’s name, or fill in the lead’s company or contact first.',
    ),
  },
  other_owner: {
    code: 'CONFLICT',
    status: 409,
    text: said(
      '所选客户与线索的负责人不同。请先将线索分配给该客户的负责人。',
      'The customer has another owner than the lead. Allocate the lead to the customer’s owner first.',
    ),
  },
  customer_closed: {
    code: 'CONFLICT',
    status: 409,
    text: said('所选客户已归档或已合并，请选择其他客户。', 'The customer is archived or merged. Choose another one.'),
  },
  duplicates: {
    code: 'DUPLICATES',
    status: 409,
    text: said(
      '可能已有相同的客户。请选择已有客户，或确认仍要新建（duplicates: accept）。',
      'There may be such a customer already. Choose it, or say that a new one is meant (duplicates: accept).',
    ),
  },
  duplicates_elsewhere: {
    code: 'DUPLICATES',
    status: 409,
    text: said(
      '本版块已有同事登记此客户。请先询问版块管理员，或确认仍要新建（duplicates: accept）。',
      'Somebody in your segment already has it; ask your segment admin first, or say that a new one is meant (duplicates: accept).',
    ),
  },
  damaged: {
    code: 'CONFLICT',
    status: 409,
    text: said('线索的联系方式无法打开，请联系系统管理员。', 'The lead’s contact details do not open. Ask a system admin.'),
  },
  too_often: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said('查询过于频繁，请 {seconds} 秒后再试。', 'Too many look-ups. Try again in {seconds} seconds.'),
  },
} as const satisfies Record<string, Refused>;

/** What a field is called where several are missing. */
export const FIELD_NAMES = {
  company_name: said('公司名称或联系人', 'company or contact'),
  phone: said('电话、邮箱或微信', 'phone, e-mail or WeChat'),
  grade: said('线索等级', 'grade'),
} as const;

/** What the segment's admins are told of a lead that nobody can be found for. */
export const UNROUTED = {
  subject: said('有线索未能按地区分配', 'A lead could not be routed by region'),
  message: said(
    '该地区没有可分配的业务人员，或均已达在手上限。请手工分配，或调整线索分配地区。',
    'Nobody works its region, or all who do have enough. Allocate it by hand, or change the lead regions.',
  ),
};

export const CONTACT_OF = said('{name}联系人', 'Contact of {name}');
export const AND = said('、', ', ');
