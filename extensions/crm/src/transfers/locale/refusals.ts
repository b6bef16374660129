import type { Said } from '../../platform/api/say.ts';
import type { ExecutionReason } from '../rules/execution.ts';
import type { RulingReason } from '../rules/ruling.ts';
import type { RequestReason } from '../rules/transfer-request.ts';

export type TransfersReason =
  | RequestReason
  | ExecutionReason
  | RulingReason
  | 'bad_value'
  | 'not_withdrawable'
  | 'not_changeable'
  | 'file_shared'
  | 'ask_for_transfer'
  | 'within_segment'
  | 'approval_pending'
  | 'busy';

interface Refused {
  code: string;
  status: number;
  /** The field of the form at which the text shows. */
  field?: string;
  text: Said;
}

const at = (field: string, zh: string, en: string): Refused => ({
  code: 'FAILED_VALIDATION',
  status: 400,
  field,
  text: { 'zh-CN': zh, 'en-US': en },
});
const conflict = (code: string, zh: string, en: string): Refused => ({ code, status: 409, text: { 'zh-CN': zh, 'en-US': en } });

/** Everything that this slice refuses, and what to do instead. */
export const TRANSFER_REFUSALS: Record<TransfersReason, Refused> = {
  reason_needed: at('reason', '请写明划转原因。', 'Say why the customer is to be transferred.'),
  segment_unknown: at('to_segment', '请选择转往的版块。', 'Choose the segment to transfer to.'),
  segment_inactive: at('to_segment', '该版块已停用，请选择其他版块。', 'That segment is switched off. Choose another one.'),
  pool_not_here: at(
    'to_segment',
    '集团公海由集团市场营销部管理，请选择一个版块。',
    'The group pool is group marketing’s. Choose a segment.',
  ),
  customer_merged: at(
    'customer',
    '该客户已合并，请对合并后的客户提出划转。',
    'This customer was merged into another one. Ask for the one that remained.',
  ),
  already_open: conflict(
    'TRANSFER_OPEN',
    '该客户已有一项未完成的划转，请先办结或撤回。',
    'A transfer of this customer is open already. Finish it or take it back first.',
  ),
  owner_needed: at('to_owner', '请选择新负责人。', 'Choose the new owner.'),
  same_owner: at('to_owner', '该客户已由此人负责，请选择其他人员。', 'That person owns the customer already. Choose somebody else.'),
  owner_elsewhere: at(
    'to_owner',
    '新负责人必须是转往版块的在职人员。',
    'The new owner must be an active member of the segment that the customer goes to.',
  ),
  owner_by_marketing: at(
    'to_owner',
    '跨版块划转由集团市场营销部指定新负责人，请留空。',
    'Across segments group marketing names the new owner. Leave it empty.',
  ),
  not_open: conflict(
    'TRANSFER_CLOSED',
    '该划转已办结，不能再执行。如需再次划转，请另行申请。',
    'This transfer is closed. Ask for a new one.',
  ),
  moved_meanwhile: conflict(
    'TRANSFER_STALE',
    '申请之后客户的版块或负责人已变动，请撤回后重新申请。',
    'The customer has changed hands since this was asked for. Take it back and ask anew.',
  ),
  within_segment: conflict(
    'TRANSFER_WITHIN_SEGMENT',
    '版块内划转由审批人批准后自动执行，请在审批中处理。',
    'A transfer within the segment is carried out when it is approved. Decide it there.',
  ),
  approval_pending: conflict(
    'APPROVAL_PENDING',
    '该划转还须他人审批，批准后再执行。',
    'Others have to approve this transfer too. Carry it out when they have.',
  ),
  not_same_handler: at(
    'basis',
    '两个版块不属于同一公司，请选择其他依据。',
    'The two segments are not of one company. Choose another basis.',
  ),
  not_withdrawable: conflict('TRANSFER_CLOSED', '该申请已办结，不能撤回。', 'This request is closed and cannot be taken back.'),
  not_changeable: conflict('TRANSFER_CLOSED', '该划转已办结，不能再修改。', 'This transfer is closed and cannot be changed any more.'),
  file_shared: conflict(
    'FILE_SHARED',
    '该客户的一个附件文件还附在其他客户的记录上，请先为其中一方重新上传该文件，再划转。',
    'A file of this customer is attached to another customer too. Upload it again for one of them first.',
  ),
  ask_for_transfer: at(
    'owner',
    '本版块变更负责人须经审批，请提交“客户划转”申请。',
    'In this segment a change of owner needs approval. File a transfer instead.',
  ),
  busy: conflict(
    'TRANSFER_BUSY',
    '该客户的资料正被他人大量修改，请稍后再试。',
    'Others are changing this customer right now. Try again in a moment.',
  ),
  bad_value: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: { 'zh-CN': '内容不符合要求：{where}', 'en-US': 'Not as it should be: {where}' },
  },
  claim_needed: at('claim', '请写明主张和依据。', 'Say what you claim, and why.'),
  ruling_reason_needed: at('reason', '请写明裁定理由。', 'Give the reasons for the ruling.'),
  dispute_closed: conflict('DISPUTE_CLOSED', '该争议已办结。', 'This dispute is closed.'),
  own_dispute: {
    code: 'FOUR_EYES',
    status: 403,
    text: {
      'zh-CN': '争议双方和提出争议的人不能自行裁定，请由版块的另一名管理员或集团市场营销部裁定。',
      'en-US': 'Neither side of a dispute nor whoever filed it rules on it. Another administrator of the segment or group marketing does.',
    },
  },
  record_needed: at(
    'record',
    '请指明争议的记录（collection 与 record）。',
    'Name the record that the dispute is about (collection and record).',
  ),
  across_segments: conflict(
    'DISPUTE_ACROSS_SEGMENTS',
    '该争议涉及其他版块，请转交集团市场营销部裁定。',
    'This dispute reaches into another segment. Refer it to group marketing.',
  ),
  claimant_gone: conflict(
    'CLAIMANT_GONE',
    '主张人已不是在职人员，不能成为负责人。',
    'The claimant no longer works here and cannot become the owner.',
  ),
  claimant_owns: conflict('CLAIMANT_OWNS', '该记录已由主张人负责。', 'The claimant owns this record already.'),
};
