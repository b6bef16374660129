import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What this slice refuses: code and status as the host shapes them, and the text for people. A new reason without one does not compile. */
export interface Refused {
  code: string;
  status: number;
  text: Said;
}

export type FieldReason = 'hidden_value' | 'one_for_several' | 'limit_too_low';

/** Refusals that stand at a field of the form. */
export const FIELD_TEXTS: Record<FieldReason, Said> = {
  hidden_value: said(
    '这是隐藏后的内容：请输入完整的内容，或保持原样不动。',
    'This is a hidden value: type the whole one, or leave it as it is.',
  ),
  one_for_several: said(
    '号码、邮箱和微信属于某一个人，不能一次写入多条记录，请逐条填写。',
    'A number, a mailbox or a messenger name belongs to one person: enter it record by record.',
  ),
  limit_too_low: said('请填写 1 或更大的整数，或留空使用默认值。', 'Enter a whole number of 1 or more, or leave it empty for the default.'),
};

export type PrivacyReason =
  | 'keys_unusable'
  | 'kind_changed'
  | 'bad_reveal'
  | 'no_such_field'
  | 'reason_needed'
  | 'owner_only'
  | 'reveal_stop'
  | 'search_stop'
  | 'damaged'
  | 'flow_without_events'
  | 'flow_inside_write'
  | 'clear_in_version';

export const PRIVACY_TEXTS: Record<PrivacyReason, Refused> = {
  keys_unusable: {
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    text: said(
      '加密密钥不可用，暂时不能保存或查看号码、邮箱和微信。请联系系统管理员。',
      'The encryption keys cannot be used, so numbers, mailboxes and messenger names can be neither saved nor shown. Tell a system administrator.',
    ),
  },
  kind_changed: {
    code: 'WRITE_COLLISION',
    status: 409,
    text: said(
      '他人刚刚把客户类型改为个人，号码未保存，请重新填写。',
      'Somebody has just made this customer a person: the number was not saved, enter it again.',
    ),
  },
  search_stop: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said(
      '今天按完整号码或邮箱查找已达 {most} 个，明天再继续；按姓名查找不受影响。',
      'You have looked for {most} different numbers and addresses today: go on tomorrow. Searching by name still works.',
    ),
  },
  bad_reveal: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('请说明要查看的字段（field）和原因（reason）。', 'Say which field to show (field) and why (reason).'),
  },
  no_such_field: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('“{field}”不是隐藏显示的字段。', '"{field}" is not a hidden field.'),
  },
  reason_needed: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('请写明查看原因，至少两个字（文字或数字）。', 'Say why you need it, in two letters or digits or more.'),
  },
  owner_only: {
    code: 'FORBIDDEN',
    status: 403,
    text: said(
      '只有负责人可以按“跟进”查看；请选择或写明您的原因。',
      'Only the owner may look for following up. Choose or write your own reason.',
    ),
  },
  reveal_stop: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said(
      '今天查看敏感信息已达 {limit} 条记录的上限，明天可继续；如有需要请联系系统管理员。',
      'You have reached the limit of {limit} records for today. Go on tomorrow, or ask a system administrator.',
    ),
  },
  flow_without_events: {
    code: 'FORBIDDEN',
    status: 403,
    text: said(
      '不触发事件的操作会以明文保存号码、邮箱和微信：请打开“触发事件”（Emit Events），并写明集合名称后再保存。',
      'Without events this operation would store numbers, mailboxes and messenger names in clear: switch on "Emit Events" and name the collection itself, then save.',
    ),
  },
  flow_inside_write: {
    code: 'FORBIDDEN',
    status: 403,
    text: said(
      '客户、联系人和线索的保存过程中不能运行阻断式流程（Filter）：它会绕过加密。请改用非阻断的“动作”（Action），需要校验时请用字段的校验规则。',
      'A blocking flow (Filter) cannot run while customers, contacts or leads are saved: it would go around the sealing. Use a non-blocking one (Action), and the validation of fields where you want to check something.',
    ),
  },
  clear_in_version: {
    code: 'FORBIDDEN',
    status: 403,
    text: said(
      '内容版本会以明文保存号码、邮箱和微信：请直接在联系人、线索或客户中修改，再保存此版本的其他内容。',
      'A content version would keep numbers, mailboxes and messenger names in clear: change them in the contact, lead or customer itself, then save the rest of this version.',
    ),
  },
  damaged: {
    code: 'UNPROCESSABLE_CONTENT',
    status: 422,
    text: said(
      '此项内容已损坏，无法显示，已报告给系统管理员；重新填写即可修复。',
      'This value is damaged and cannot be shown. It has been reported to the administrators; entering it again repairs it.',
    ),
  },
};
