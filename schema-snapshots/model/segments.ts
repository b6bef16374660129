import { defineCollection } from '../define.ts';
import { choice, id, line, link, money, pick, stamps, t, whole, yesNo } from '../fields.ts';

/** The segments (版块): the unit of isolation (ORG-1, ORG-2). Its switches say how the segment works. */
export default defineCollection({
  name: 'crm_segments',
  tenancy: 'reference',
  label: t('版块', 'Segments'),
  singular: t('版块', 'Segment'),
  icon: 'workspaces',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 2,
  fields: [
    id(),
    line('code', t('代码', 'Code'), { notNull: true, required: true, unique: true, length: 32 }),
    line('name', t('版块名称', 'Name'), { notNull: true, required: true }),
    link(
      'company',
      t('所属公司', 'Company'),
      {
        to: 'crm_companies',
        kind: 'reference',
        onDelete: 'NO ACTION',
        list: { name: 'segments', label: t('版块', 'Segments'), layout: 'table', fields: ['code', 'name'] },
      },
      { notNull: true, required: true },
    ),
    line('timezone', t('时区', 'Time zone'), { notNull: true, default: 'Asia/Shanghai', length: 64 }),
    yesNo('allocation_needs_approval', t('分配须审批', 'Allocation needs approval'), {
      note: t('打开后，本版块的每次分配都须审批', 'When on, every allocation in this segment needs approval'),
    }),
    yesNo('lead_routing', t('按地区自动分配线索', 'Leads are routed by region'), {
      default: true,
      note: t(
        '公司提供的线索按地区和在手数量自动分给业务人员',
        'Leads that the company supplies go to the rep of the region with the fewest open ones',
      ),
    }),
    {
      ...money('discount_limit', t('折扣审批线（%）', 'Discount that needs approval (%)')),
      precision: 5,
      scale: 2,
      default: 10,
      options: { iconRight: 'percent', min: 0, max: 100, step: 0.01 },
      displayOptions: { suffix: ' %', format: true },
      note: t('折扣高于此数，方案提交和成交前须审批', 'A higher discount needs approval before proposal and won'),
    },
    whole('order_days', t('成交后录入订单期限（天）', 'Days until the order of a won deal'), {
      notNull: true,
      default: 7,
      note: t('凭合同成交后超过天数仍无订单，列入清单', 'Won on a contract and without an order after so many days, it is listed'),
    }),
    whole('follow_up_days', t('跟进期限（天）', 'Days between activities'), {
      notNull: true,
      default: 30,
      note: t('线索、商机每隔此天数至少一次行动', 'Each lead and opportunity has an activity at least so often'),
    }),
    pick(
      'follow_up_rule',
      t('跟进期限按', 'Counted'),
      [choice('rolling', '滚动天数', 'In rolling days'), choice('calendar_month', '自然月', 'By calendar month')],
      { notNull: true, default: 'rolling' },
    ),
    yesNo('is_group_pool', t('集团公海', 'Group pool'), {
      readonly: true,
      note: t('集团人员与尚未分配版块的线索', 'Group staff, and leads that have no segment yet'),
    }),
    yesNo('active', t('启用', 'Active'), { default: true }),
    whole('reveal_notice_at', t('查看提醒线', 'Tell after so many reveals a day'), {
      default: 150,
      note: t(
        '本版块的人一天查看敏感信息达到此数，通知负责人和系统管理员',
        'The heads and the system admins are told when one person of the segment reaches it',
      ),
    }),
    whole('reveal_stop_at', t('查看上限', 'Most reveals a day'), {
      default: 500,
      note: t('达到此数后，当天不能再查看敏感信息', 'After so many, that person reveals nothing more on that day'),
    }),
    whole('import_sample_percent', t('导入抽检比例（%）', 'Share of an import that is checked (%)'), {
      default: 10,
      options: { min: 10, max: 20, step: 1 },
      note: t('超过 50 行的导入须抽检，10 至 20', 'Imports of more than 50 rows are checked by hand; 10 to 20'),
    }),
    whole('import_error_limit', t('导入抽检允许错误率（%）', 'Errors that a checked import may have (%)'), {
      default: 5,
      options: { min: 0, max: 100, step: 1 },
      note: t('抽检行中有误的比例超过此数，整批退回', 'With more of the checked rows wrong, the import is sent back'),
    }),
    whole('lock_minutes', t('锁屏时间（分钟）', 'Minutes until the screen is locked'), {
      note: t('空闲超过此数须输入密码继续；留空不锁屏', 'Idle for so long, a password is needed to go on; empty: never'),
    }),
    whole('idle_minutes', t('空闲退出（分钟）', 'Minutes until an idle session ends'), {
      note: t('空闲超过此数须重新登录；留空不限', 'Idle for so long, one logs in anew; empty: never'),
    }),
    line('day_end', t('下班退出时间', 'Sessions end at'), {
      length: 5,
      note: t('如 20:00，每天到时须重新登录；留空不限', 'Such as 20:00: on each day sessions end then; empty: never'),
    }),
    yesNo('one_session', t('同时只允许一处登录', 'One session at a time'), {
      note: t('在别处登录时，原来的登录自动退出', 'Logging in elsewhere ends the session before'),
    }),
    whole('sort', t('排序', 'Sort'), { hidden: true }),
    ...stamps(),
  ],
});
