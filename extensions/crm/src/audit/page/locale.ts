import type { Said } from '../../platform/app/i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const AUDIT = {
  title: said('审计', 'Audit'),
  tabs: {
    log: said('日志', 'Log'),
    rights: said('某日的权限', 'Rights on a day'),
    diff: said('权限的变化', 'Changes of rights'),
  },
  views: said('视图', 'Views'),
  search: said('查询', 'Show'),
  user: said('姓名、邮箱或用户编号', 'Name, e-mail address or user id'),
  collection: said('数据', 'Collection'),
  item: said('记录编号', 'Row id'),
  action: said('动作', 'Action'),
  any: said('全部', 'Any'),
  from: said('从（北京时间）', 'From (Beijing time)'),
  to: said('到（北京时间）', 'To (Beijing time)'),
  on: said('时间（北京时间）', 'Moment (Beijing time)'),
  none: said('没有符合条件的记录', 'No entry fits'),
  noneText: said('放宽筛选条件再试。', 'Widen the filter and try again.'),
  count: said('共 {total} 条，第 {page}/{pages} 页', '{total} entries, page {page} of {pages}'),
  previous: said('上一页', 'Previous page'),
  next: said('下一页', 'Next page'),
  server: said('系统', 'the system'),
  actingFor: said('{actor}（代表 {behind}）', '{actor} on behalf of {behind}'),
  yes: said('是', 'yes'),
  no: said('否', 'no'),
  gone: said('已不存在的用户 {id}', 'a person who is gone, {id}'),
  before: said('变更前', 'Before'),
  after: said('变更后', 'After'),
  reason: said('原因：{reason}', 'Reason: {reason}'),
  details: said('明细', 'Details'),
  field: said('字段', 'Field'),
  since: said('权限历史从 {since} 开始。', 'The history of rights begins at {since}.'),
  people: said('用户', 'People'),
  roles: said('角色', 'Roles'),
  policies: said('策略', 'Policies'),
  holders: said('持有者', 'Held by'),
  nobody: said('无人', 'nobody'),
  everybody: said('所有人（无需登录）', 'everybody, without a log-in'),
  inherited: said('来自上级角色 {role}', 'from the role above, {role}'),
  secondFactor: said('要求双重验证', 'asks for a second factor'),
  onlyFrom: said('仅限来自 {addresses}', 'only from {addresses}'),
  rules: said('{count} 条规则', 'rules: {count}'),
  all: said('全部', 'all'),
  role: said('角色', 'Role'),
  noRole: said('无角色', 'no role'),
  segment: said('版块', 'Segment'),
  managed: said('管理', 'manages'),
  auditor: said('审计员', 'Auditor'),
  everything: said('可做一切', 'may do everything'),
  same: said('两个时刻的权限完全相同。', 'The rights are the same at both moments.'),
  find: said('按姓名、邮箱或角色筛选', 'Filter by name, e-mail address or role'),
};

/** The host's own collections, which bear no translated names. */
export const HOST_NAMES: Record<string, Said> = {
  directus_users: said('用户', 'Users'),
  directus_roles: said('角色', 'Roles'),
  directus_policies: said('策略', 'Policies'),
  directus_permissions: said('权限规则', 'Permissions'),
  directus_access: said('策略的授予', 'Access'),
  directus_settings: said('系统设置', 'Settings'),
  directus_flows: said('流程', 'Flows'),
  directus_operations: said('流程操作', 'Flow operations'),
  directus_files: said('文件', 'Files'),
  directus_fields: said('字段设置', 'Field settings'),
  directus_collections: said('数据设置', 'Collection settings'),
  directus_presets: said('书签与列表设置', 'Bookmarks and list settings'),
  directus_comments: said('评论', 'Comments'),
  directus_sessions: said('登录', 'Log-ins'),
};

/** Who acted where no person did. */
export const ORIGINS: Record<string, Said> = {
  request: said('未登录的访问', 'nobody logged in'),
  job: said('后台任务', 'a background job'),
  server: said('系统', 'the system'),
  command: said('服务器命令', 'a command on the server'),
};

export const CHANGES: Record<'added' | 'removed' | 'changed', Said> = {
  added: said('新增', 'added'),
  removed: said('移除', 'removed'),
  changed: said('变更', 'changed'),
};

export const STATES: Record<string, Said> = {
  active: said('启用', 'active'),
  suspended: said('停用', 'suspended'),
  invited: said('已邀请', 'invited'),
  draft: said('草稿', 'draft'),
  archived: said('已归档', 'archived'),
};

/** What a rule lets people do. */
export const RULE_ACTIONS: Record<string, Said> = {
  create: said('新建', 'create'),
  read: said('读取', 'read'),
  update: said('修改', 'update'),
  delete: said('删除', 'delete'),
  share: said('分享', 'share'),
};

/** What the diff of two moments compares. */
export const RIGHTS_FIELDS: Record<string, Said> = {
  email: said('邮箱', 'E-mail address'),
  status: said('状态', 'State'),
  role: said('角色', 'Role'),
  segment: said('版块', 'Segment'),
  managed_segments: said('管理的版块', 'Segments managed'),
  policies: said('策略', 'Policies'),
  name: said('名称', 'Name'),
  parent: said('上级角色', 'Parent role'),
  permissions: said('可见的行', 'Rows'),
  validation: said('校验', 'Validation'),
  presets: said('预设值', 'Presets'),
  fields: said('字段', 'Fields'),
  policy: said('策略', 'Policy'),
  collection: said('数据', 'Collection'),
  action: said('动作', 'Action'),
  holders: said('持有者', 'Held by'),
  admin_access: said('可做一切', 'May do everything'),
  app_access: said('可进入管理界面', 'May use the app'),
  enforce_tfa: said('要求双重验证', 'Asks for a second factor'),
  ip_access: said('限定的网络地址', 'Only from these addresses'),
};
