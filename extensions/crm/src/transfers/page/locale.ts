import type { Said } from '../../platform/app/i18n.ts';
import type { EvidenceAnswer } from '../contract.ts';
import type { DisputeView, TransferView } from '../desk/contract.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const DESK = {
  title: said('划转与争议', 'Transfers and disputes'),
  boxes: said('划转与争议列表', 'Lists of transfers and disputes'),
  transfers: said('待办划转', 'Transfers that wait'),
  executed: said('待跟进', 'To be followed'),
  disputes: said('未结争议', 'Open disputes'),
  askTransfer: said('申请划转', 'Ask for a transfer'),
  raiseDispute: said('提出争议', 'Raise a dispute'),
  noTransfers: said('没有待办的划转', 'No transfer waits'),
  noTransfersText: said('您提出的、和需要您执行的划转会列在这里。', 'What you asked for, and what is yours to carry out, stands here.'),
  noExecuted: said('没有等待跟进的划转', 'No transfer waits for its first activity'),
  noExecutedText: said(
    '已执行、新负责人还没有行动的划转会列在这里。',
    'What was carried out and not yet taken up by its new owner stands here.',
  ),
  noDisputes: said('没有未结的争议', 'No dispute is open'),
  noDisputesText: said('您提出的、和需要您裁定的争议会列在这里。', 'What you raised, and what is yours to rule on, stands here.'),
  choose: said('请选择一项', 'Choose one'),
  chooseText: said('左侧选择后，在这里查看和处理。', 'Choose one on the left to read it and act on it here.'),
  goneTransfer: said('没有这项划转', 'There is no such transfer'),
  goneDispute: said('没有这项争议', 'There is no such dispute'),
  goneText: said('它可能已随客户转到别处。', 'It may have gone elsewhere with its customer.'),
  back: said('返回列表', 'Back to the list'),
  page: said('共 {total} 项，第 {page}/{pages} 页', '{total} in all, page {page} of {pages}'),
  by: said('{name} 提出', 'Asked for by {name}'),
  executedFor: said('{day} 转给 {name}，等待首次行动', 'To {name} on {day}; the first activity is awaited'),
  claimant: said('{name} 主张', 'Claimed by {name}'),
  someone: said('他人', 'somebody'),
  to: said('转往 {segment}', 'to {segment}'),
  failed: said('没有成功，请再试一次。', 'It did not work. Try again.'),
  cancel: said('取消', 'Cancel'),
};

export const TRANSFER = {
  across: said('跨版块划转', 'Transfer across segments'),
  within: said('版块内划转', 'Transfer within the segment'),
  record: said('打开客户', 'Open the customer'),
  approval: said('查看审批', 'See the approval'),
  from: said('原版块', 'From'),
  to: said('转往', 'To'),
  owner: said('新负责人', 'New owner'),
  reason: said('申请理由', 'Reason'),
  requestedBy: said('申请人', 'Asked for by'),
  requestedAt: said('申请时间', 'Asked for on'),
  executedAt: said('执行时间', 'Carried out on'),
  execute: said('执行划转', 'Carry it out'),
  executing: said('执行', 'Carry it out'),
  headGets: said('由版块负责人接手', 'The head of the segment'),
  suggested: said('{name}（缺省）', '{name} (unless named otherwise)'),
  basis: said('传递个人信息的依据', 'Basis for passing personal data'),
  basisOfReason: said('以申请理由为据', 'On the reason given'),
  basisNote: said('依据说明', 'About the basis'),
  contacts: said('连同联系人的电话、邮箱等', 'With phones and mailboxes of contacts'),
  contactsNote: said(
    '不勾选：联系人只留姓名和职务，其余永久清除。',
    'If not: contacts keep name and position, the rest is erased for good.',
  ),
  passes: {
    nothing: said('不涉及向另一家公司传递个人信息。', 'No personal data passes to another company.'),
    contacts: said('客户下有联系人的个人信息，将传给另一家公司。', 'Personal data of contacts would pass to another company.'),
    person: said('客户是个人，其信息将传给另一家公司。', 'The customer is a person, whose data would pass to another company.'),
  } satisfies Record<NonNullable<TransferView['execution']>['passes'], Said>,
  moves: said(
    '客户及其全部资料立即转走，原版块不再可见。',
    'The customer goes at once, with everything that belongs to it; the former segment sees it no more.',
  ),
  executed: said('划转已执行。', 'The transfer was carried out.'),
  awaited: said(
    '等待新负责人的首次行动，有了之后不再列在这里。',
    'The first activity of the new owner is awaited; after it this is off the list.',
  ),
  withdraw: said('撤回申请', 'Take it back'),
  withdrawn: said('申请已撤回。', 'The request was taken back.'),
};

export const DISPUTE = {
  title: said('归属争议', 'Dispute about an owner'),
  about: { customer: said('客户', 'Customer'), lead: said('线索', 'Lead'), opportunity: said('商机', 'Opportunity') } satisfies Record<
    DisputeView['about'],
    Said
  >,
  aboutWhat: said('对象', 'About'),
  segment: said('版块', 'Segment'),
  claimant: said('主张人', 'Claimant'),
  filedBy: said('提出人', 'Raised by'),
  filedAt: said('提出时间', 'Raised on'),
  since: said('最早接触', 'In touch since'),
  claim: said('主张与依据', 'Claim and grounds'),
  ruling: said('裁定理由', 'Reasons'),
  ruledBy: said('裁定人', 'Ruled by'),
  find: said('查找争议的记录', 'Find the record that it is about'),
  findNote: said('至少输入两个字', 'Type two characters or more'),
  found: said('找到的记录', 'What was found'),
  none: said('没有找到您可见的记录。', 'No record that you see was found.'),
  ownerIs: said('现负责人 {name}', 'Owned by {name}'),
  another: said('换一条记录', 'Another record'),
  rule: said('裁定', 'Ruling'),
  reason: said('裁定理由', 'Reasons of the ruling'),
  reasonNote: said('必填，主张人会看到', 'Required; the claimant reads them'),
  uphold: said('主张成立', 'Uphold'),
  dismiss: said('主张不成立', 'Dismiss'),
  upholdNote: said('主张成立：{name} 成为负责人，连同全部资料。', 'Upheld, {name} becomes the owner, with everything that belongs to it.'),
  recordFirst: said('请先选择争议的记录。', 'Choose the record that it is about first.'),
  reasonFirst: said('请先写明理由。', 'Give the reasons first.'),
  refer: said('转交集团市场营销部', 'Refer to group marketing'),
  withdraw: said('撤回争议', 'Take it back'),
  upheld: said('已裁定：主张成立。', 'Ruled: the claim is upheld.'),
  dismissed: said('已裁定：主张不成立。', 'Ruled: the claim is dismissed.'),
  referred: said('已转交集团市场营销部。', 'Referred to group marketing.'),
  withdrawn: said('争议已撤回。', 'The dispute was taken back.'),
};

export const EVIDENCE = {
  title: said('证据', 'Evidence'),
  loading: said('正在加载证据', 'Loading the evidence'),
  first: said('首次录入', 'First entered'),
  owner: said('现负责人', 'Owner now'),
  people: said('各人行动', 'Activities by person'),
  person: said('{name}：{count} 次，{first} 至 {last}', '{name}: {count}, {first} to {last}'),
  timeline: said('时间线', 'Timeline'),
  entered: said('{who} 录入', 'Entered by {who}'),
  gave: said('{who} 将负责人由 {from} 改为 {to}', '{who} changed the owner from {from} to {to}'),
  acted: said('{who} {type}：{subject}', '{who}, {type}: {subject}'),
  moved: said('{who} 将商机从“{from}”移到“{to}”', '{who} moved an opportunity from “{from}” to “{to}”'),
  begun: said('{who} 新建商机于“{to}”', '{who} began an opportunity in “{to}”'),
  nobody: said('无', 'nobody'),
  none: said('没有留下任何痕迹。', 'Nothing was left behind.'),
  more: said('显示全部 {count} 条', 'Show all {count}'),
};

export const FILING = {
  transfer: said('申请划转', 'Ask for a transfer'),
  customer: said('客户', 'Customer'),
  findCustomer: said('查找客户', 'Find the customer'),
  another: said('换一个客户', 'Another customer'),
  segment: said('转往版块', 'To segment'),
  chooseSegment: said('请选择版块', 'Choose a segment'),
  owner: said('新负责人', 'New owner'),
  chooseOwner: said('请选择同事', 'Choose a colleague'),
  ownerByMarketing: said(
    '跨版块时由集团市场营销部指定新负责人并执行。',
    'Across segments group marketing names the new owner and carries it out.',
  ),
  reason: said('划转理由', 'Why it is to be transferred'),
  send: said('提交申请', 'Ask for it'),
  dispute: said('提出争议', 'Raise a dispute'),
  subject: said('争议的客户、线索或商机', 'Which customer, lead or opportunity'),
  about: said('对象', 'About'),
  since: said('最早接触日期', 'In touch since'),
  claim: said('主张与依据', 'Claim and grounds'),
  claimNote: said('何时开始接触、做过什么、有何凭据', 'Since when you are in touch, what you did, what shows it'),
  sendDispute: said('提交争议', 'Raise it'),
  noRight: said(
    '争议由业务版块的人员提出；集团人员请转告版块管理员。',
    'Disputes are raised by the people of a segment. Tell its administrator.',
  ),
  noCustomer: said('没有这个客户', 'There is no such customer'),
};

type Look = 'plain' | 'good' | 'busy' | 'bad';

export const STATES: Record<string, { text: Said; icon: string; look: Look }> = {
  requested: { text: said('已申请', 'Requested'), icon: 'hourglass_top', look: 'busy' },
  approved: { text: said('待执行', 'To be carried out'), icon: 'verified', look: 'busy' },
  executed: { text: said('已执行', 'Executed'), icon: 'swap_horiz', look: 'good' },
  followed: { text: said('已跟进', 'Followed up'), icon: 'task_alt', look: 'good' },
  rejected: { text: said('已驳回', 'Rejected'), icon: 'cancel', look: 'bad' },
  withdrawn: { text: said('已撤回', 'Withdrawn'), icon: 'undo', look: 'plain' },
  open: { text: said('待裁定', 'To be ruled'), icon: 'hourglass_top', look: 'busy' },
  referred: { text: said('已转集团市场营销部', 'With group marketing'), icon: 'forward', look: 'busy' },
  upheld: { text: said('主张成立', 'Upheld'), icon: 'task_alt', look: 'good' },
  dismissed: { text: said('主张不成立', 'Dismissed'), icon: 'cancel', look: 'bad' },
};

export const COLLECTION_OF = {
  customer: 'crm_customers',
  lead: 'crm_leads',
  opportunity: 'crm_opportunities',
} as const satisfies Record<DisputeView['about'], EvidenceAnswer['record']['collection']>;
