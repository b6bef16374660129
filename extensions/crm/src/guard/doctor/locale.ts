import type { Said } from '../../platform/api/say.ts';
import type { FindingKind } from './rules/finding.ts';
import type { GrantRefusal } from './rules/grants.ts';

/** What was found, and what to do about it. */
export interface FindingText {
  what: Said;
  fix: Said;
}

const REPAIR: Said = { 'zh-CN': '运行 npm run doctor -- --repair 恢复。', 'en-US': 'Run npm run doctor -- --repair to restore it.' };

const text = (zh: string, en: string, fix: Said = REPAIR): FindingText => ({ what: { 'zh-CN': zh, 'en-US': en }, fix });
const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

export const FINDING_TEXTS: Record<FindingKind, FindingText> = {
  not_installed: text(
    '缺少 {missing}：CRM 尚未安装完成。',
    '{missing} is missing: the CRM is not completely installed.',
    said('运行 npm start 完成安装。', 'Run npm start to finish the installation.'),
  ),
  check_failed: text(
    '自检未能完成：{reason}',
    'The self-check could not be completed: {reason}',
    said('检查数据库连接后再试。', 'Check the database connection and try again.'),
  ),
  host_version: text(
    'Directus 版本是 {found}，只在 {wanted} 上证明过隔离。',
    'Directus is {found}; isolation is proven on {wanted} only.',
    said('换回 Directus {wanted}。', 'Go back to Directus {wanted}.'),
  ),
  rule_wider: text(
    '角色 {role} 对 {collection} 的 {action} 行规则比权限矩阵宽。',
    'The row rule of role {role} for {action} on {collection} is wider than the access matrix.',
  ),
  fields_wider: text(
    '角色 {role} 对 {collection} 的 {action} 多了字段：{fields}。',
    'Role {role} has more fields for {action} on {collection}: {fields}.',
  ),
  validation_wider: text(
    '角色 {role} 对 {collection} 的 {action} 校验被去掉或改宽。',
    'The validation of role {role} for {action} on {collection} was removed or weakened.',
  ),
  preset_wider: text(
    '角色 {role} 对 {collection} 的 {action} 预设值不对：{fields}。',
    'The presets of role {role} for {action} on {collection} differ: {fields}.',
  ),
  permission_doubled: text(
    '角色 {role} 对 {collection} 的 {action} 有 {count} 条权限，会互相放宽。',
    'Role {role} has {count} permission rows for {action} on {collection}; together they allow more.',
  ),
  permission_extra: text(
    '角色 {role} 多了 {collection} 的 {action} 权限。',
    'Role {role} has an extra permission: {action} on {collection}.',
  ),
  permission_foreign: text(
    '策略“{policy}”不属于 CRM，却有 {collection} 的 {action} 权限。',
    'Policy "{policy}" is not ours but may {action} {collection}.',
  ),
  open_registration: text(
    '公开注册的用户会直接得到 CRM 角色 {role}。',
    'Whoever registers publicly gets the CRM role {role}.',
    said(
      '在“设置 → 用户注册”中关闭公开注册，或换成 CRM 之外的角色。',
      'Turn public registration off in Settings, or choose a role outside the CRM.',
    ),
  ),
  public_side_path: text(
    '未登录者可以 {action} {collection}，其中有 CRM 的内容。',
    'Anyone who is not logged in may {action} {collection}, where copies of CRM rows lie.',
    said('给这条权限加上条件（文件：segment 为空）或删除它。', 'Give that permission a condition (files: segment is null) or remove it.'),
  ),
  foreign_side_path: text(
    '策略“{policy}”可以 {action} {collection}，其中有 CRM 的内容。',
    'Policy "{policy}" may {action} {collection}, where copies of CRM rows lie.',
    said('给这条权限加上条件（文件：segment 为空）或删除它。', 'Give that permission a condition (files: segment is null) or remove it.'),
  ),
  policy_flag: text('策略 {policy} 被打开了 {flag}。', 'Policy {policy} was given {flag}.'),
  access_extra: text('策略“{policy}”被多给了“{holder}”。', 'Policy "{policy}" was also given to "{holder}".'),
  user_policy: text('用户 {user} 直接挂了策略“{policy}”。', 'User {user} holds the policy "{policy}" directly.'),
  role_parent: text(
    '角色 {role} 挂在上级角色 {parent} 之下，会继承它的权限。',
    'Role {role} was put under {parent} and inherits its rights.',
  ),
  cache_enabled: text(
    'CACHE_ENABLED 已打开：换版块的人会继续看到旧版块的数据。',
    'CACHE_ENABLED is on: people who change segment go on seeing the old one.',
    said('设为 CACHE_ENABLED=false 并重启。', 'Set CACHE_ENABLED=false and restart.'),
  ),
  segment_nullable: text(
    '{collection}.segment 允许为空。',
    '{collection}.segment may be empty.',
    said('运行 npm start 重新安装结构。', 'Run npm start to install the schema again.'),
  ),
  unaudited: text(
    '{collection} 的活动记录被关闭，写入检查不会运行。',
    'Activity tracking of {collection} is off, so the checks on writes do not run.',
  ),
  pruned_along: text(
    '{collection}.{field} 指向宿主会清理的 {to}：清理时会连带我们的行。请删除此关系。',
    '{collection}.{field} points at {to}, which the host prunes: our rows would go or change along with it. Remove the relation.',
  ),
  tree_crossed: text(
    '{child} 有 {count} 行与所属 {parent} 的版块或负责人不一致。',
    '{count} rows of {child} have another segment or owner than their {parent}.',
  ),
  marks_drifted: text(
    '{collection} 有 {count} 行的最近跟进或下次计划与其行动不符。',
    '{count} rows of {collection} bear a last activity or next due day that is not that of their activities.',
  ),
  keys_missing: text(
    '没有加密密钥（CRM_KEYS），不能保存或查看号码、邮箱和微信。',
    'There are no encryption keys (CRM_KEYS): numbers, mailboxes and messenger names can be neither saved nor shown.',
    said('恢复原来的密钥并重新启动；新密钥打不开已有数据。', 'Bring the old keys back and restart; new ones do not open what is stored.'),
  ),
  key_unreadable: text(
    'CRM_KEYS 第 {place} 项无法读取。',
    'Entry {place} of CRM_KEYS cannot be read.',
    said('格式为 编号:base64（32 字节），改正后重新启动。', 'Write it as id:base64 (32 bytes) and restart.'),
  ),
  key_twice: text(
    'CRM_KEYS 中编号 {id} 出现了两次。',
    'The id {id} stands twice in CRM_KEYS.',
    said('每个编号只保留一项，改正后重新启动。', 'Keep one entry for each id and restart.'),
  ),
  key_wrong: text(
    '编号 {id} 的主密钥打不开用它加密的 {count} 项：编号相同，但不是原来的密钥。',
    'The master key {id} does not open the {count} keys wrapped by it: it is another key under the same id.',
    said(
      '在 CRM_KEYS 中恢复原来的密钥并重新启动（npm run keys -- list 可核对指纹）。',
      'Bring the original key back in CRM_KEYS and restart (npm run keys -- list shows fingerprints).',
    ),
  ),
  key_absent: text(
    'CRM_KEYS 中没有编号 {id} 的主密钥，{count} 项无法打开。',
    'CRM_KEYS has no master key {id}: {count} keys wrapped by it do not open.',
    said('把该密钥加回 CRM_KEYS 并重新启动。', 'Add that key to CRM_KEYS again and restart.'),
  ),
  keys_orphaned: text(
    '有 {count} 把个人密钥对应的记录已不存在。',
    '{count} personal keys belong to records that are gone.',
    said('运行 npm run doctor -- --repair 彻底删除。', 'Run npm run doctor -- --repair to erase them.'),
  ),
  flow_without_events: text(
    '流程“{flow}”的操作 {operation} 不触发事件，会以明文保存号码、邮箱和微信。',
    'The operation {operation} of the flow "{flow}" writes without events: numbers, mailboxes and messenger names would be stored in clear.',
    said('打开该操作的“触发事件”，然后运行 npm run seal。', 'Switch on "Emit Events" in that operation, then run npm run seal.'),
  ),
  flow_inside_write: text(
    '阻断式流程“{flow}”在保存客户、联系人或线索时运行，会绕过加密。',
    'The blocking flow "{flow}" runs while customers, contacts or leads are saved and goes around the sealing.',
    said('改为非阻断的“动作”流程，或停用。', 'Make it a non-blocking one (Action), or switch it off.'),
  ),
  flow_silent: text(
    '流程“{flow}”的操作 {operation} 不触发事件，它的改动不会出现在审计日志中。',
    'The operation {operation} of the flow "{flow}" writes without events: what it changes is not in the audit log.',
    said('打开该操作的“触发事件”，或停用该流程。', 'Switch on "Emit Events" in that operation, or switch the flow off.'),
  ),
  values_unsealed: text(
    '{collection}.{field} 有 {count} 项未加密。',
    '{count} values of {collection}.{field} are not sealed.',
    said('运行 npm run seal。', 'Run npm run seal.'),
  ),
  value_damaged: text(
    '记录 {item} 的 {field} 已损坏，无法解密。',
    'The {field} of record {item} is damaged and does not open.',
    said('从备份找回，或重新填写。', 'Bring it back from a backup, or enter it again.'),
  ),
  index_missing: text(
    '缺少索引 {index}，列表会变慢。',
    'The index {index} is missing; lists become slow.',
    said('运行 npm start 重新安装结构。', 'Run npm start to install the schema again.'),
  ),
  role_missing: text(
    '缺少角色 {role}。',
    'Role {role} is missing.',
    said('运行 npm start 重新安装。', 'Run npm start to install it again.'),
  ),
  policy_missing: text(
    '缺少策略 {policy}。',
    'Policy {policy} is missing.',
    said('运行 npm start 重新安装。', 'Run npm start to install it again.'),
  ),
  access_missing: text('角色 {role} 没有挂上策略 {policy}。', 'Role {role} does not hold the policy {policy}.'),
  too_many_segment_admins: text(
    '版块 {segment} 有 {count} 名版块管理员，最多 2 名。',
    'Segment {segment} has {count} segment admins; two are the most.',
    said('停用或改任多出的人。', 'Suspend or reassign those beyond two.'),
  ),
  extension_version: text(
    '安装的版本是 {installed}，运行的是 {running}。',
    'Version {installed} is installed, {running} is running.',
    said('运行 npm start 升级。', 'Run npm start to upgrade.'),
  ),
  permission_missing: text(
    '角色 {role} 少了 {collection} 的 {action} 权限。',
    'Role {role} lacks the permission to {action} {collection}.',
  ),
  permission_narrower: text(
    '角色 {role} 对 {collection} 的 {action} 比权限矩阵窄（{part}）。',
    'Role {role} may {action} {collection} less than the access matrix says ({part}).',
  ),
  policy_unused: text(
    '没有人使用的策略“{policy}”有 {collection} 的 {action} 权限。',
    'Policy "{policy}", which nobody holds, may {action} {collection}.',
  ),
  no_segment_admin: text(
    '版块 {segment} 没有版块管理员。',
    'Segment {segment} has no segment admin.',
    said('任命 1–2 名版块管理员。', 'Appoint one or two segment admins.'),
  ),
  system_admin_count: text(
    '在用的系统管理员有 {count} 名，应为 {wanted} 名。',
    'There are {count} active system admins; {wanted} are asked for.',
    said('任命或停用系统管理员。', 'Appoint or suspend system admins.'),
  ),
  no_project_owner: text(
    '公司“{company}”没有 CRM 项目负责人。',
    'Company "{company}" has no CRM project owner.',
    said('在公司里填写项目负责人。', "Fill in the company's project owner."),
  ),
  calendar_missing: text(
    '{year} 年的工作日历还没有录入。',
    'The working calendar of {year} is missing.',
    said('在日历里录入国务院公布的放假安排。', 'Enter the official holiday schedule in the calendar.'),
  ),
  technical_admin_active: text(
    '生产环境里有 {count} 名技术管理员处于启用状态。',
    '{count} technical administrators are active in production.',
    said('停用，需要时再用服务器命令打开。', 'Suspend them; a server command opens one when needed.'),
  ),
  user_without_segment: text(
    '{count} 名在用人员没有所属版块，看不到任何数据。',
    '{count} active people have no segment and see nothing.',
    said('在用户里填写所属版块。', 'Fill in their segment.'),
  ),
  grant_void: text(
    '字段 {collection}.{field} 对角色 {role} 的授权无效（{reason}）。',
    'The grant of {collection}.{field} to {role} is void ({reason}).',
    said('在“自有字段”页删除它。', 'Remove it on the page "Extra fields".'),
  ),
  setting: text(
    '设置 {name} 是 {found}，应为 {wanted}。',
    'Setting {name} is {found}; it should be {wanted}.',
    said('在环境变量里修改并重启。', 'Change it in the environment and restart.'),
  ),
  backup_missing: text(
    '还没有校验过的备份。',
    'There is no backup yet that was read back and found good.',
    said(
      '在服务器上每天运行 npm run backup -- --to <另一块磁盘上的文件夹>。',
      'Every day, on the server: npm run backup -- --to <folder on another disk>.',
    ),
  ),
  backup_old: text(
    '最近一次校验过的备份是 {hours} 小时前，最多 {most} 小时。',
    'The last good backup is {hours} hours old; {most} are the most.',
    said(
      '检查定时任务，并运行 npm run backup -- --to <另一块磁盘上的文件夹>。',
      'Look at the scheduled job and run npm run backup -- --to <folder on another disk>.',
    ),
  ),
  key_export_missing: text(
    '密钥 {ids} 还没有确认在别处存有导出；密钥丢失，加密的数据就丢失。',
    'No export of the keys {ids} is confirmed to lie elsewhere; a lost key is lost data.',
    said(
      '运行 npm run keys -- export <文件>，存到别处后运行 npm run keys -- confirm。',
      'Run npm run keys -- export <file>, store it elsewhere, then npm run keys -- confirm.',
    ),
  ),
};

export const GRANT_REFUSALS: Record<GrantRefusal, Said> = {
  not_a_crm_collection: said('只能授权 CRM 集合里的字段。', 'Only fields of CRM collections can be granted.'),
  our_own_field: said('这是 CRM 自带的字段，权限由权限矩阵决定。', 'This field belongs to the CRM; the access matrix decides about it.'),
  no_such_field: said('没有这个字段。', 'There is no such field.'),
  dangerous_relation: said(
    '指向 CRM 数据、用户或文件的关系字段不能授权，会绕开行规则。',
    'A relation to CRM rows, users or files cannot be granted: it would go around the row rules.',
  ),
  no_such_role: said('没有这个角色。', 'There is no such role.'),
};

export const CLOSED: Said = said(
  'CRM 已关闭：隔离自检未通过，请联系系统管理员。',
  'The CRM is closed: its isolation check failed. Please tell a system administrator.',
);
export const STARTING: Said = said('CRM 正在启动，请稍候。', 'The CRM is starting, please wait.');
export const CLOSED_SUBJECT: Said = said('CRM 已关闭：隔离自检未通过', 'The CRM is closed: its isolation check failed');
