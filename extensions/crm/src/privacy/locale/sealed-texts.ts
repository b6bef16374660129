import type { Said } from '../../platform/app/i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What the Studio says around a sealed value. */
export const SEALED = {
  name: said('加密联系方式', 'Sealed contact way'),
  about: said('只显示掩码；负责人可直接查看，其他人查看须说明原因', 'Shows a mask; the owner sees the value, others give a reason'),
  show: said('查看完整内容', 'Show the whole value'),
  again: said('重试', 'Try again'),
  hide: said('隐藏', 'Hide'),
  replace: said('填写新的内容', 'Enter a new value'),
  keep: said('不修改', 'Leave it as it is'),
  copy: said('复制', 'Copy'),
  copied: said('已复制', 'Copied'),
  call: said('拨打 {value}', 'Call {value}'),
  mail: said('发邮件给 {value}', 'Write to {value}'),
  callFromList: said('拨打电话并记录', 'Call and record it'),
  hidesIn: said('{seconds} 秒后自动隐藏', 'Hidden again in {seconds} s'),
  why: said('为什么需要查看？此次查看会被记录。', 'Why do you need it? This look is recorded.'),
  otherReason: said('其他原因', 'Another reason'),
  confirm: said('查看', 'Show'),
  cancel: said('取消', 'Cancel'),
  newPlaceholder: said('输入完整的新内容', 'Type the whole new value'),
  failed: said('暂时无法查看，请稍后再试。', 'It cannot be shown just now. Please try again.'),
  callSubject: said('电话联系', 'Phone call'),
};

/** Why somebody other than the owner looks; the keys are those of the route (contract.ts). */
export const REASONS = {
  verify_data: said('核实资料', 'Verifying the data'),
  service_case: said('处理售后或服务', 'Handling a service case'),
  contract: said('办理合同或订单', 'Handling a contract or an order'),
  complaint: said('处理投诉或纠纷', 'Handling a complaint or a dispute'),
} as const satisfies Record<string, Said>;
