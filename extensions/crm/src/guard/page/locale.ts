import type { Said } from '../../platform/app/i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const HOME = {
  title: said('客户关系管理', 'Group CRM'),
  hello: said('您好，{name}', 'Hello, {name}'),
  daily: said('日常工作', 'Daily work'),
  insight: said('看板', 'Dashboards'),
  manage: said('系统管理', 'Administration'),
  none: said('您的账号还没有 CRM 角色', 'Your log-in has no CRM role yet'),
  noneText: said('请向系统管理员申请。', 'Please ask a system administrator for one.'),
  closed: said('CRM 已关闭：隔离自检未通过。', 'The CRM is closed: its isolation check failed.'),
};

export const ROLES: Record<string, Said> = {
  system_admin: said('系统管理员：管理全部客户数据、用户和配置', 'System administrator: all customer data, users and configuration'),
  group_executive: said(
    '集团管理层：查看全部版块，向任何人指派一般行动',
    'Group executive: sees every segment, assigns activities to anybody',
  ),
  segment_head: said('版块负责人：查看和分配所管版块的全部业务', 'Segment head: sees and allocates all business of the managed segments'),
  segment_admin: said(
    '版块管理员：维护所管版块的客户，分配线索',
    'Segment administrator: keeps the customers of the managed segments, allocates leads',
  ),
  sales_rep: said('业务人员：自己负责的客户、商机和行动', 'Sales representative: own customers, opportunities and activities'),
  technical: said('技术管理员：安装和应急', 'Technical administrator: installation and emergencies'),
};

export const LINKS = {
  myDay: { title: said('我的一天', 'My day'), text: said('逾期、今天、即将超期和待审批', 'Overdue, today, soon due, to be decided') },
  customers: { title: said('客户', 'Customers'), text: said('公司、联系人和资料完整度', 'Companies, contacts, completeness') },
  leads: { title: said('线索', 'Leads'), text: said('跟进、转化或放弃', 'Follow up, convert or let go') },
  board: { title: said('商机看板', 'Opportunity board'), text: said('拖动推进阶段', 'Moved by drag, stage by stage') },
  opportunities: { title: said('商机', 'Opportunities'), text: said('按阶段推进', 'Moved on stage by stage') },
  activities: { title: said('一般行动', 'Activities'), text: said('电话、拜访、会议和任务', 'Calls, visits, meetings and tasks') },
  orders: { title: said('订单', 'Orders'), text: said('签订后及时录入', 'Entered when signed') },
  contracts: { title: said('合同', 'Contracts'), text: said('签订、生效和到期', 'Signed, in force, ended') },
  imports: {
    title: said('导入', 'Import'),
    text: said('整批录入客户、线索、行动和订单', 'Customers, leads, activities and orders from a file'),
  },
  exports: {
    title: said('导出', 'Export'),
    text: said('把列表导出为文件，写明原因', 'Lists as a file, with a reason'),
  },
  dashboards: {
    title: said('数据看板', 'Dashboards'),
    text: said('客户、商机和行动一览', 'Customers, opportunities and activities at a glance'),
  },
  audit: { title: said('审计', 'Audit'), text: said('谁改了什么，某日谁有什么权限', 'Who changed what, and who had which rights when') },
  users: { title: said('用户', 'Users'), text: said('账号、角色和所属版块', 'Log-ins, roles and segments') },
  configuration: {
    title: said('配置', 'Configuration'),
    text: said('阶段、必填项、权重、日历、标签……', 'Stages, required sets, weights, calendar, tags …'),
  },
  fields: { title: said('自有字段', 'Extra fields'), text: said('把您添加的字段开放给角色', 'Open fields of your own to roles') },
  doctor: {
    title: said('系统自检', 'Self-check'),
    text: said('权限、设置和数据是否一致', 'Whether rights, settings and data are in order'),
  },
  certificate: {
    title: said('隔离证书', 'Isolation certificate'),
    text: said('版块之间互不可见的证明', 'Proof that segments cannot see each other'),
  },
};

export const CONFIGURATION = {
  title: said('配置', 'Configuration'),
  intro: said('这些都是数据，不用改代码；保存后立即生效。', 'All of this is data, no code; a change holds at once.'),
  groups: { organisation: said('组织', 'Organisation'), rules: said('规则', 'Rules'), words: said('词表', 'Word lists') },
  entries: {
    crm_companies: { title: said('公司', 'Companies'), text: said('每家公司一名 CRM 项目负责人', 'One CRM project owner each') },
    crm_segments: {
      title: said('版块', 'Segments'),
      text: said('版块所属公司、时区、分配是否审批', 'Company, time zone, whether allocation is approved'),
    },
    crm_teams: { title: said('团队', 'Teams'), text: said('版块内的团队和组长', 'Teams within a segment and their leaders') },
    directus_users: {
      title: said('用户的版块', "Users' segments"),
      text: said('所属版块和管理的版块', 'Home segment and managed segments'),
    },
    crm_stages: { title: said('商机阶段', 'Opportunity stages'), text: said('名称、顺序、进入前必填', 'Names, order, what each asks for') },
    crm_required_sets: {
      title: said('必填项', 'Required sets'),
      text: said('按分类和版块规定客户必填项', 'What a customer must have, by class and segment'),
    },
    crm_completeness_weights: {
      title: said('完整度权重', 'Completeness weights'),
      text: said('各字段占多少分', 'How much each field counts'),
    },
    crm_calendar_days: {
      title: said('工作日历', 'Working calendar'),
      text: said('节假日和调休上班日', 'Holidays and make-up working days'),
    },
    crm_tags: { title: said('标签', 'Tags'), text: said('统一的客户标签', 'The controlled tags') },
    crm_industries: { title: said('行业', 'Industries'), text: said('GB/T 4754-2017 门类和大类', 'GB/T 4754-2017 sections and divisions') },
    crm_regions: { title: said('地区', 'Regions'), text: said('省和市', 'Provinces and cities') },
    crm_products: { title: said('产品', 'Products'), text: said('全集团或单个版块的产品', 'Products of the group or of one segment') },
  },
};

export const DOCTOR = {
  title: said('系统自检', 'Self-check'),
  ok: said('CRM 正常开放', 'The CRM is open'),
  closed: said('CRM 已关闭：隔离无法保证', 'The CRM is closed: isolation cannot be vouched for'),
  checked: said('检查于 {at} · 版本 {version}', 'Checked {at} · version {version}'),
  again: said('重新检查', 'Check again'),
  repair: said('恢复权限', 'Restore rights'),
  repairAsk: said(
    '把全部 CRM 权限恢复到权限矩阵？多出的权限会被删除。',
    'Bring all CRM rights back to the access matrix? Extra rights are removed.',
  ),
  repaired: said('已恢复 {count} 处', 'Restored {count} places'),
  cancel: said('取消', 'Cancel'),
  nothing: said('没有发现问题', 'Nothing found'),
  levels: { closed: said('使 CRM 关闭', 'Closes the CRM'), error: said('错误', 'Errors'), warning: said('提醒', 'Warnings') },
};

export const CERTIFICATE = {
  title: said('隔离证书', 'Isolation certificate'),
  intro: said(
    '以每个角色的身份，对每个集合的每条路径实际试探，证明其他版块的数据看不到、改不了。',
    'Every way to every collection is tried as every role, to prove that rows of other segments can be neither seen nor changed.',
  ),
  none: said('还没有隔离证书', 'There is no certificate yet'),
  noneText: said('在服务器上运行 npm run certify，完成后显示在这里。', 'Run npm run certify on the server; the result is shown here.'),
  passed: said('通过', 'Passed'),
  failed: said('未通过', 'Failed'),
  made: said('{at} · Directus {host} · CRM {crm}', '{at} · Directus {host} · CRM {crm}'),
  genuine: said('签名有效：由本系统登记', 'Signature valid: registered by this instance'),
  forged: said('签名无效：内容或密钥已改变', 'Signature invalid: the content or the secret changed'),
  probes: said('探测', 'Probes'),
  held: said('守住', 'Held'),
  shut: said('已关闭的入口', 'Shut doors'),
  leak: said('泄露', 'Leaks'),
  no_proof: said('无法证明', 'No proof'),
  byRole: said('按角色', 'By role'),
  byCollection: said('按集合', 'By collection'),
  failures: said('未通过的路径', 'Ways that failed'),
  skipped: said('未检查', 'Not examined'),
  role: said('角色', 'Role'),
  collection: said('集合', 'Collection'),
};

export const FIELDS = {
  title: said('自有字段', 'Extra fields'),
  intro: said(
    '您在“设置 › 数据模型”里给 CRM 集合添加的字段，默认谁都看不到。在这里开放给角色；升级和自检都会保留。',
    'Fields that you added to CRM collections in Settings › Data model are seen by nobody at first. Open them to roles here; upgrades and the self-check keep that.',
  ),
  none: said('还没有自有字段', 'There are no fields of your own yet'),
  noneText: said('由技术管理员在“设置 › 数据模型”里给 CRM 集合添加。', 'The technical administrator adds them in Settings › Data model.'),
  read: said('可读', 'Read'),
  create: said('新建', 'Create'),
  update: said('修改', 'Change'),
  refused: said('不能授权', 'Cannot be granted'),
  saved: said('已保存', 'Saved'),
  refusals: {
    not_a_crm_collection: said('不是 CRM 的集合', 'Not a CRM collection'),
    our_own_field: said('CRM 自带的字段', 'A field of the CRM itself'),
    no_such_field: said('没有这个字段', 'There is no such field'),
    dangerous_relation: said(
      '指向 CRM 数据、用户或文件的关系会绕开行规则',
      'A relation to CRM rows, users or files goes around the row rules',
    ),
    no_such_role: said('没有这个角色', 'There is no such role'),
  } as Record<string, Said>,
};
