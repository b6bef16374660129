import type { Said } from '../../../platform/app/i18n.ts';
import type { MatchedBy } from '../../leads/contract.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const LEAD = {
  name: said('转化与分配', 'Convert and allocate'),
  about: said('线索的下一步：转化为客户和商机，或分配给负责人', 'What comes next for a lead: its conversion, or somebody to work it'),
  loading: said('正在加载', 'Loading'),
  failed: said('线索没有加载成功。', 'The lead could not be loaded.'),
  again: said('再试一次', 'Try again'),
  convert: said('转化', 'Convert'),
  allocate: said('分配', 'Allocate'),
  pass: said('移交给同事', 'Pass to a colleague'),
  nobody: said('还没有负责人，分配后才能跟进和转化。', 'Nobody works it yet. It is followed and converted once it is allocated.'),
  waits: said('还没有负责人。', 'Nobody works it yet.'),
  lost: said('已流失，由版块负责人或管理员重新打开。', 'Lost. The segment head or the segment admin opens it again.'),
  converted: said('已转化：', 'Converted:'),
  customer: said('打开客户“{name}”', 'Open the customer “{name}”'),
  opportunity: said('打开商机', 'Open the opportunity'),
  cancel: said('取消', 'Cancel'),
  notNow: said('没有成功，请稍后再试。', 'It did not work. Please try again later.'),
};

export const CONVERT = {
  title: said('转化“{title}”', 'Convert “{title}”'),
  customer: said('客户', 'Customer'),
  known: said('归入线索所属的客户“{name}”。', 'It goes to the customer that the lead belongs to: “{name}”.'),
  alike: said('可能已有相同的客户，请选择一项：', 'There may be such a customer already. Choose:'),
  elsewhere: said(
    '本版块已有同事登记此客户。请先询问版块管理员；确认不是同一客户，再新建。',
    'Somebody in the segment already has it. Ask the segment admin first; go on only if it is another customer.',
  ),
  use: said('使用“{name}”（{by}相同）', 'Use “{name}” (same {by})'),
  makeNew: said('不是同一客户，新建', 'Not the same one: make a new customer'),
  customerName: said('客户名称', 'Customer name'),
  nameFirst: said('请填写客户名称。', 'Fill in the name of the customer.'),
  active: said('{kind}，资料齐全，建立后为“有效”。', '{kind}; complete, so it is active from the start.'),
  draft: said('{kind}，建立后为“草稿”，还缺：{missing}', '{kind}; it begins as a draft and still needs: {missing}'),
  contact: said('联系人', 'Contact'),
  contactMade: said('{name}（{has}）', '{name} ({has})'),
  contactKnown: said('该客户已有此联系人时不重复建立。', 'It is not made twice where the customer has it already.'),
  noContact: said('线索没有联系人，不建立。', 'The lead names nobody, so none is made.'),
  opportunity: said('商机', 'Opportunity'),
  makes: said('同时新建商机', 'Make an opportunity, too'),
  opportunityTitle: said('商机名称', 'Title'),
  amount: said('预计金额', 'Amount'),
  closeOn: said('预计成交日期', 'Expected close'),
  badAmount: said('金额须为 0 或更大的数。', 'The amount is a number, 0 or more.'),
  alikeNow: said('刚查到可能相同的客户，请先在下面选择。', 'A customer that may be the same was found just now. Choose below first.'),
  done: said('已转化。', 'It is converted.'),
};

export const BY: Record<MatchedBy, Said> = {
  name: said('名称', 'name'),
  phone: said('电话', 'phone'),
  email: said('邮箱', 'e-mail'),
};

export const AND = said('、', ', ');

export const ALLOCATE = {
  title: said('分配“{title}”', 'Allocate “{title}”'),
  passTitle: said('移交“{title}”', 'Pass on “{title}”'),
  segment: said('版块', 'Segment'),
  chooseSegment: said('请选择版块', 'Choose a segment'),
  to: said('负责人', 'Owner'),
  choose: said('请选择', 'Choose'),
  later: said('先不指定，由版块分配', 'Nobody yet: the segment allocates it'),
  route: said('按地区自动分配（在手最少者）', 'By region, to whoever has the fewest open leads'),
  someone: said('他人', 'somebody'),
  none: said('本版块没有其他可以接手的人员。', 'Nobody else in the segment can take it.'),
  people: said('人员没有加载成功。', 'The people could not be loaded.'),
  reason: said('说明（选填）', 'Note (optional)'),
  passNote: said('移交须经审批，批准之前线索仍归您。', 'Passing it on needs approval; it stays yours until then.'),
  note: said(
    '版块要求审批时，先提交审批，批准后生效。',
    'Where the segment asks for approval, the request is filed and takes effect once approved.',
  ),
  send: said('分配', 'Allocate'),
  ask: said('提交申请', 'Ask for it'),
  allocated: said('已分配给 {name}。', 'Allocated to {name}.'),
  pending: said('已提交审批，批准后生效。', 'The approval is asked for; it takes effect once approved.'),
  waiting: said('已划给 {segment}，等待分配。', 'Given to {segment}, where it waits to be allocated.'),
  approval: said('查看审批', 'See the approval'),
};
