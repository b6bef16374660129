import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Everything that this slice refuses at a route. */
export const ACTIVITY_REFUSALS = {
  bad_value: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('内容不符合要求：{where}', 'Not as it should be: {where}'),
  },
  bad_query: {
    code: 'INVALID_QUERY',
    status: 400,
    text: said('查询条件不符合要求：{where}', 'Not as a query should be: {where}'),
  },
  not_the_owner: {
    code: 'NOT_THE_OWNER',
    status: 403,
    text: said('只有执行人本人可以接受或拒绝该行动。', 'Only the person who is to do it accepts or declines.'),
  },
  not_assigned: {
    code: 'NOT_ASSIGNED',
    status: 409,
    text: said('该行动不是他人派发的，无需接受或拒绝。', 'Nobody assigned this activity, so there is nothing to accept or decline.'),
  },
  already_answered: {
    code: 'ALREADY_ANSWERED',
    status: 409,
    text: said(
      '该行动已经答复过。如需改变，请联系派发人另行安排。',
      'It was answered before. To change that, ask whoever assigned it for another activity.',
    ),
  },
  already_done: {
    code: 'ALREADY_DONE',
    status: 409,
    text: said('该行动已完成。如需更正，请直接修改行动内容。', 'It is done already. To correct it, edit the activity itself.'),
  },
  reason_required: {
    code: 'REASON_REQUIRED',
    status: 400,
    text: said('请填写拒绝的原因，派发人会看到。', 'Say why you decline; whoever assigned it will see it.'),
  },
  not_assigner: {
    code: 'NOT_THE_ASSIGNER',
    status: 403,
    text: said('只有派发人可以改派该行动。', 'Only whoever assigned the activity gives it to somebody else.'),
  },
  on_a_record: {
    code: 'ACTIVITY_OF_RECORD',
    status: 409,
    text: said(
      '关联记录的行动归该记录的负责人，不能改派；请另建一条不关联记录的行动，并在内容中写明客户。',
      'An activity on a record belongs to its owner and is not given to others. Make one of its own and name the customer in the text.',
    ),
  },
  not_declined: {
    code: 'NOT_DECLINED',
    status: 409,
    text: said('只有被拒绝的行动可以改派。', 'Only an activity that was declined is given to somebody else.'),
  },
  owner_not_in_segment: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('执行人必须是该版块的在职人员。', 'Choose an active member of the segment.'),
  },
  rehearsal_only: {
    code: 'REHEARSAL_ONLY',
    status: 400,
    text: said(
      '只有演练环境（CRM_REHEARSAL=true）可以指定日期；请去掉 as_of，按今天执行。',
      'A day is named only where CRM_REHEARSAL=true. Leave as_of out to run for today.',
    ),
  },
  plans_running: {
    code: 'PLANS_RUNNING',
    status: 409,
    text: said('计划正在生成中，请稍后再试。', 'Plans are being worked on right now. Try again in a minute.'),
  },
} as const;

/** What is refused at a field of a form. */
export const FIELD_REFUSALS = {
  done_in_future: said('完成时间不能晚于现在；尚未完成的请留空。', 'It cannot be done later than now. Leave it empty while it is open.'),
  due_in_past: said(
    '新的待办不能计划在今天以前；补录已完成的工作请填写完成时间。',
    'A new open activity cannot be due before today. For work already done fill in when it was done.',
  ),
  due_moved_into_past: said(
    '未完成的行动不能改到今天以前；已经做完的请填写完成时间。',
    'What is still open cannot be moved to a day that is over. If it is done, fill in when.',
  ),
  due_of_assigned: said(
    '他人派发的行动，到期日由派发人或版块负责人、管理员调整；请与派发人商量，做不到的可拒绝并说明原因。',
    'Whoever assigned the activity changes its due day, or a head or admin of the segment. Ask them, or decline it with a reason.',
  ),
  executive_assigns: said(
    '集团管理者只派发任务：请不要填写完成时间，由该记录的负责人完成后填写。',
    'Executives assign work: leave out when it was done. The owner of the record fills it in.',
  ),
  every_days: said('间隔天数必须是 1 到 3650 的整数。', 'Every how many days is a whole number from 1 to 3650.'),
  ahead_days: said('提前天数必须是 0 到 365 的整数。', 'Made ahead is a whole number of days from 0 to 365.'),
} as const;
