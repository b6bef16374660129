import type { Said } from '../../platform/api/say.ts';

export type NoticeName = 'received' | 'given_away' | 'done' | 'rejected' | 'disputed' | 'ruled' | 'referred';

const notice = (subject: [string, string], message: [string, string]): { subject: Said; message: Said } => ({
  subject: { 'zh-CN': subject[0], 'en-US': subject[1] },
  message: { 'zh-CN': message[0], 'en-US': message[1] },
});

/** Notes in inboxes; none of them names a customer or a person (F15). */
export const NOTICES: Record<NoticeName, { subject: Said; message: Said }> = {
  received: notice(
    ['一个客户划转给您', 'A customer was transferred to you'],
    ['请尽快联系客户并登记首次跟进。', 'Please get in touch soon and log the first activity.'],
  ),
  given_away: notice(
    ['您的一个客户已划转', 'One of your customers was transferred'],
    ['该客户及其全部资料已由新负责人接手。', 'It is with a new owner now, with everything that belongs to it.'],
  ),
  done: notice(
    ['您申请的客户划转已执行', 'The transfer that you asked for was carried out'],
    ['新负责人将继续跟进该客户。', 'The new owner follows up.'],
  ),
  rejected: notice(
    ['您申请的客户划转未获批准', 'The transfer that you asked for was rejected'],
    ['理由见审批记录。', 'The reasons are in the approval.'],
  ),
  disputed: notice(
    ['您负责的一条记录的归属争议已裁定', 'A dispute about a record of yours was ruled'],
    ['详情请向管理员了解。', 'Your administrator can tell you more.'],
  ),
  ruled: notice(
    ['您提出的争议已裁定', 'The dispute that you raised was ruled'],
    ['结果和理由见该争议。', 'The outcome and its reasons are in the dispute.'],
  ),
  referred: notice(
    ['一项跨版块争议待裁定', 'A dispute across segments waits for a ruling'],
    ['请查看“争议”并裁定。', 'See the disputes, and rule on it.'],
  ),
};
