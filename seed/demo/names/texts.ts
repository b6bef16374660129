/** Sentences of the demo. `{offer}`, `{city}`, `{name}`, `{person}` and `{number}` are filled in. */
export const NEEDS = [
  '计划采购{offer}，用于{city}新厂区，希望三季度前到货。',
  '现有设备使用超过八年，准备更换为{offer}，关注能耗和售后响应。',
  '扩产项目已立项，需要{offer}及配套安装调试。',
  '希望了解{offer}的租赁与分期方案。',
  '集团统一招标，{offer}为其中一个标段，要求提供同行业案例。',
  '对{offer}的交期要求较紧，首批数量不大，后续按季度追加。',
  '正在比较三家供应商，最关心{offer}的质保年限和备件价格。',
  '技术改造需要{offer}，希望先做小批量试用。',
] as const;

export const HISTORIES = [
  '2019 年起合作，累计成交 {number} 单，回款及时，曾两次参加公司年度客户大会。',
  '原为经销商渠道客户，去年转为直供，已执行 {number} 个合同，售后评价良好。',
  '战略合作框架协议每年续签，历年共交付 {number} 批，技术部门沟通顺畅。',
  '首单由集团推荐，之后连续采购 {number} 次，曾因物流延误投诉一次，已妥善处理。',
] as const;

export const OPPORTUNITY_TITLES = [
  '{name}{offer}采购',
  '{name}{offer}项目',
  '{name}{offer}更新改造',
  '{name}{offer}年度框架',
  '{name}二期{offer}',
] as const;

export const LEAD_TITLES = [
  '咨询{offer}',
  '{city}客户询价{offer}',
  '展会登记：{offer}',
  '官网留言：{offer}',
  '招标公告：{offer}',
  '老客户推荐：{offer}',
] as const;

export const LOST_REASONS = [
  '价格高于竞争对手约 8%',
  '客户预算被取消',
  '已选择本地供应商',
  '交期不能满足要求',
  '技术参数不符合招标要求',
  '客户内部项目暂停',
  '多次联系无回应，确认无需求',
] as const;

export const ACTIVITY_TEXTS = {
  call: [
    ['电话沟通{offer}需求', '与{person}通话约 15 分钟，确认了参数与数量，约定下周发送方案。'],
    ['回访使用情况', '{person}反馈设备运行正常，提出希望增加一次现场培训。'],
    ['确认付款进度', '{person}表示财务流程已走到最后一步，预计本周内付款。'],
    ['节前问候', '电话问候{person}，顺便了解下半年采购计划。'],
  ],
  mail: [
    ['发送{offer}方案与报价', '已将技术方案和报价单发至{person}邮箱，请其转交技术部门评审。'],
    ['补充资质文件', '按{person}要求补发营业执照、检测报告和近三年业绩。'],
    ['回复技术澄清', '逐条回复了客户技术部门的 12 个问题。'],
  ],
  visit: [
    ['拜访{person}，介绍{offer}', '现场看了产线，{person}对节能指标感兴趣，下一步安排样机演示。'],
    ['现场勘查', '测量安装位置，记录电源与地基条件，照片已归档。'],
    ['季度拜访', '与{person}面谈，了解到明年预算略有增加。'],
  ],
  meeting: [
    ['{offer}技术交流会', '双方技术人员共 9 人参加，形成会议纪要，待客户盖章确认。'],
    ['商务谈判', '就付款方式和质保期进行第二轮谈判，价格差距缩小。'],
    ['项目启动会', '明确里程碑与双方联系人。'],
  ],
  message: [
    ['微信跟进{offer}', '{person}回复：内部评审下周出结果。'],
    ['发送产品资料', '已发送{offer}宣传册和案例视频。'],
  ],
  task: [
    ['准备{offer}投标文件', '标书需在开标前三天完成内部审核。'],
    ['整理客户档案', '补全行业、规模和决策人信息。'],
    ['安排样机发运', '协调仓库和物流，确认到货时间。'],
  ],
  no_change: [['本月无变化', '与{person}确认，项目仍在等待批复，暂无新进展。']],
} as const satisfies Record<string, readonly (readonly [string, string])[]>;

/** Work that management assigns, not tied to a record (SAL-6). */
export const ASSIGNED_TASKS = [
  ['月底前走访 5 家重点客户', '重点了解明年投资计划，每家填写拜访记录。'],
  ['清理三个月未跟进的线索', '确认无效的请注明流失原因，有效的重新安排跟进。'],
  ['提交下季度销售预测', '按客户和产品分列，周五下班前提交。'],
  ['参加行业展会并登记线索', '展会结束后两天内完成录入。'],
  ['核对应收账款明细', '与财务对账，超期 60 天的客户请逐一说明。'],
  ['组织客户满意度回访', '至少回访 10 家，整理意见。'],
] as const;

export const OWN_TASKS = [
  ['更新个人周计划', '下周拜访路线和预约。'],
  ['学习新品资料', '完成在线课程并参加测试。'],
  ['整理名片与通话记录', '本周新认识的联系人录入系统。'],
] as const;

/** Fills the places of a sentence; between a Chinese character and a Latin letter or digit stands a space. */
export function fill(text: string, values: Record<string, string>): string {
  return text
    .replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
    .replace(/(\p{Script=Han})(?=[\dA-Za-z])|([\dA-Za-z.])(?=\p{Script=Han})/gu, '$1$2 ');
}
