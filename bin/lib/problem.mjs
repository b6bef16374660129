import { VAULT_TEXTS } from './vault/problem-texts.mjs';

/**
 * Everything that can be in the way of a start, each as one line in both languages that says what to do.
 * @type {Record<string, (values: Record<string, string | number>) => [string, string]>}
 */
const TEXTS = {
  ...VAULT_TEXTS,
  noNpm: () => ['找不到 npm，请安装 Node.js 20 及以上版本（含 npm）', 'npm was not found: install Node.js 20 or newer with npm'],
  registry: ({ reason }) => [
    `无法从 npm 仓库下载（${reason}），请检查网络、代理或 registry 设置后重试`,
    `cannot download from the npm registry (${reason}): check the network, proxy or registry setting, then start again`,
  ],
  buildTools: ({ tools }) => [
    `缺少编译工具：${tools}。请先安装，例如 apt-get install -y ${tools}`,
    `build tools are missing: ${tools}. Install them first, for example: apt-get install -y ${tools}`,
  ],
  pathWithSpaces: ({ folder }) => [
    `目录「${folder}」的路径中有空格，本机模块无法编译：请把它移到没有空格的路径下`,
    `the path of the folder "${folder}" has a space in it, native modules cannot be built there: move it to a path without spaces`,
  ],
  noSpace: ({ folder, needed }) => [
    `磁盘空间不足：${folder} 至少需要 ${needed} 可用空间`,
    `no disk space: ${folder} needs at least ${needed} free`,
  ],
  settingFile: ({ name, file, reason }) => [
    `读不到设置 ${name} 的文件 ${file}（${reason}），请检查路径和权限`,
    `the file ${file} of the setting ${name} cannot be read (${reason}): check its path and permissions`,
  ],
  treeNotWritable: ({ folder, reason }) => [
    `不能写入 ${folder}（${reason}）：请用拥有该目录的用户运行，或先执行 sudo chown -R "$(id -un)" ${folder}`,
    `cannot write to ${folder} (${reason}): run this as the user who owns it, or first: sudo chown -R "$(id -un)" ${folder}`,
  ],
  portForbidden: ({ port }) => [
    `当前用户不能监听端口 ${port}：请用 PORT=<1024 以上的端口>，或在前面放一个代理`,
    `this user may not listen on port ${port}: choose one above 1023 with PORT=<port>, or put a proxy in front`,
  ],
  portTaken: ({ port }) => [
    `端口 ${port} 已被占用，请关闭占用它的程序，或用 PORT=<端口> 换一个`,
    `port ${port} is taken: end the program that holds it, or choose another with PORT=<port>`,
  ],
  badPort: ({ port }) => [
    `PORT 必须是 1 到 65535 的整数，现在是「${port}」`,
    `PORT must be a whole number from 1 to 65535, it is "${port}"`,
  ],
  badHost: ({ host }) => [`无法监听地址 HOST=${host}`, `cannot listen on HOST=${host}: this machine has no such address`],
  dataFolder: ({ folder, reason }) => [
    `数据目录不可用：${folder}（${reason}），请修正权限或更换 CRM_DATA_DIR`,
    `the data folder cannot be used: ${folder} (${reason}): fix its permissions or choose another CRM_DATA_DIR`,
  ],
  brokenDatabase: ({ file }) => [
    `数据库文件已损坏：${file}，请用备份恢复，或移走该文件后重新启动`,
    `the database file is damaged: ${file}: restore a backup, or move the file away and start again`,
  ],
  brokenSecrets: ({ file }) => [
    `密钥文件已损坏：${file}，请用备份恢复，或删除后重新启动（所有人需要重新登录）`,
    `the file of secrets is damaged: ${file}: restore a backup, or delete it and start again (everyone logs in anew)`,
  ],
  databaseUnreachable: ({ where, reason }) => [
    `连接不上数据库 ${where}（${reason}），请检查 DB_HOST、DB_PORT 以及数据库是否已启动`,
    `the database at ${where} cannot be reached (${reason}): check DB_HOST and DB_PORT and that it is running`,
  ],
  databasePassword: ({ where, user }) => [
    `数据库 ${where} 拒绝用户「${user}」登录，请检查 DB_USER 和 DB_PASSWORD`,
    `the database at ${where} refused the user "${user}": check DB_USER and DB_PASSWORD`,
  ],
  databaseMissing: ({ where, database, user }) => [
    `数据库「${database}」在 ${where} 上不存在，请先创建：createdb -O ${user} ${database}`,
    `there is no database "${database}" at ${where}: create it first: createdb -O ${user} ${database}`,
  ],
  databaseRights: ({ database, user }) => [
    `用户「${user}」不能在数据库「${database}」中建表，请授权：GRANT CREATE ON SCHEMA public TO ${user}`,
    `the user "${user}" may not create tables in the database "${database}": GRANT CREATE ON SCHEMA public TO ${user}`,
  ],
  databaseClient: ({ client }) => [
    `不支持 DB_CLIENT=${client}，请使用 sqlite3、pg 或 cockroachdb`,
    `DB_CLIENT=${client} is not supported: use sqlite3, pg or cockroachdb`,
  ],
  demoOutside: ({ host }) => [
    `演示模式只能监听本机地址，现在是 HOST=${host}。对外使用请设置 CRM_DEMO=false`,
    `the demo listens on a loopback address only, HOST is ${host}. To serve others set CRM_DEMO=false`,
  ],
  productionNeeds: ({ what, howZh, howEn }) => [
    `正式环境（CRM_DEMO=false）缺少 ${what}：${howZh}`,
    `production (CRM_DEMO=false) needs ${what}: ${howEn}`,
  ],
  otherMode: ({ folder, was }) => [
    `${folder} 中已有${was === 'demo' ? '演示' : '正式'}数据，不能改用另一种模式，请换一个 CRM_DATA_DIR 或数据库`,
    `${folder} already holds ${was === 'demo' ? 'the demo' : 'production data'} and cannot change its mode: use another CRM_DATA_DIR or database`,
  ],
  foreignHost: ({ where }) => [
    `数据库 ${where} 中已有一个不是由 npm start 建立的 Directus；未做任何更改。请换一个数据库，或用 npm run install-into 把 CRM 装进那个 Directus`,
    `${where} holds a Directus that npm start did not make; nothing was changed. Use another database, or put the CRM into that Directus with npm run install-into`,
  ],
  foreignFile: ({ file }) => [
    `${file} 是其他程序的 SQLite 数据库；未做任何更改。请用 DB_FILENAME 另选一个文件`,
    `${file} is the SQLite database of something else; nothing was changed. Choose another file with DB_FILENAME`,
  ],
  demoPeople: ({ where, login, count }) => [
    `数据库 ${where} 中有演示登录（${login} 等 ${count} 个，口令是公开的），正式环境不能使用它：请换一个数据库，或先删除这些用户`,
    `${where} has demo log-ins (${login}, ${count} in all) whose password is public, so production cannot use it: use another database, or delete these users first`,
  ],
  installRefused: ({ refusal, log }) => [
    `${String(refusal).split(' | ')[0]}（详细日志：${log}）`,
    `${String(refusal).split(' | ')[1] ?? ''} (the whole log is in ${log})`,
  ],
  missingPackages: ({ command }) => [
    `测试需要系统软件，请先运行：${command}`,
    `the tests need packages of the system, run this first: ${command}`,
  ],
  noLdapServer: ({ reason }) => [
    `测试需要 LDAP 服务器，无法用 apt 下载（${reason}），请检查网络，或先安装 slapd 和 ldap-utils`,
    `the tests need an LDAP server, and apt could not get one (${reason}): check the network, or install slapd and ldap-utils first`,
  ],
  stepFailed: ({ step, log }) => [`「${step}」失败，详细日志：${log}`, `"${step}" failed, the whole log is in ${log}`],
  hostEnded: ({ log }) => [`服务在启动过程中退出，详细日志：${log}`, `the server ended while starting, the whole log is in ${log}`],
  intoUsage: () => [
    '用法：npm run install-into -- <另一个 Directus 的目录> [--extensions <扩展目录>] [--check]',
    'usage: npm run install-into -- <folder of the other Directus> [--extensions <its extensions folder>] [--check]',
  ],
  intoNoHost: ({ folder }) => [
    `${folder} 中没有安装 Directus（node_modules/directus）`,
    `there is no Directus (node_modules/directus) in ${folder}`,
  ],
  intoVersion: ({ found, wanted }) => [
    `该 Directus 的版本是 ${found}，本 CRM 只支持 ${wanted}；未做任何更改`,
    `that Directus is version ${found}, this CRM needs ${wanted}; nothing was changed`,
  ],
  intoNoSettings: ({ folder }) => [
    `${folder} 中没有 .env，环境变量里也没有 DB_CLIENT：请在能启动该 Directus 的环境中运行`,
    `there is no .env in ${folder} and no DB_CLIENT in the environment: run this where that Directus could be started`,
  ],
  intoDatabase: ({ client }) => [
    `该 Directus 使用 DB_CLIENT=${client}，本 CRM 只支持 sqlite3、pg 和 cockroachdb；未做任何更改`,
    `that Directus uses DB_CLIENT=${client}, this CRM needs sqlite3, pg or cockroachdb; nothing was changed`,
  ],
  intoForeignFolder: ({ folder }) => [
    `${folder} 已存在，且不是本扩展；未做任何更改`,
    `${folder} is there already and is not this extension; nothing was changed`,
  ],
  intoNotLoaded: ({ folder }) => [
    `${folder} 中的 Directus 没有加载本扩展：请确认其数据库已初始化（directus bootstrap）且扩展目录正确`,
    `the Directus in ${folder} did not load the extension: check that its database is bootstrapped and the extensions folder is the right one`,
  ],
  notInstalled: () => [
    '还没有安装完成的 CRM：请先运行 npm start（首次会安装），再运行此命令',
    'there is no finished installation yet: run npm start first, then this command',
  ],
  technicalAdminDemo: () => [
    '演示环境的技术管理员一直可用（见 README），不需要此命令',
    'in the demo the technical administrator is always open (see the README): this command is for production',
  ],
  technicalAdminMinutes: ({ most }) => [`--minutes 必须是 1 到 ${most} 的整数`, `--minutes must be a whole number from 1 to ${most}`],
  technicalAdminNone: ({ wanted }) => [
    `没有这样的技术管理员用户 ${wanted}：请用 --email 给出一个有宿主管理权限的用户`,
    `there is no such technical administrator ${wanted}: name a user with the host's admin access with --email`,
  ],
  technicalAdminWhich: ({ emails }) => [
    `有多个技术管理员（${emails}），请用 --email 选择一个`,
    `there are several technical administrators (${emails}): choose one with --email`,
  ],
  technicalAdminOpen: ({ email }) => [
    `技术管理员 ${email} 正在开启中，同时只能开启一个：请先用 --close 关闭`,
    `the technical administrator ${email} is open, and one is open at a time: close it first with --close`,
  ],
  breakGlassUsage: () => [
    '用法：npm run break-glass -- --freeze 邮箱 --reason "原因"，或 --thaw 邮箱、--link 邮箱，每次一项',
    'usage: npm run break-glass -- --freeze ADDRESS --reason "why", or --thaw ADDRESS, or --link ADDRESS; one of them at a time',
  ],
  breakGlassElsewhere: ({ email }) => [
    `${email} 通过单点登录进入，密码不在本系统，未作任何更改：请在单点登录系统中处理`,
    `${email} logs in by another service, so there is no password here; nothing was changed. It is changed there`,
  ],
  breakGlassNobody: ({ email }) => [
    `没有邮箱为 ${email} 的 CRM 用户：请核对登录邮箱`,
    `no user of the CRM has the address ${email}: check the address that they log in with`,
  ],
  breakGlassNotActive: ({ email }) => [
    `${email} 没有启用（已冻结或已停用），未作任何更改`,
    `${email} is not active (frozen or closed already); nothing was changed`,
  ],
  breakGlassNotFrozen: ({ email }) => [
    `${email} 没有冻结，未作任何更改；已停用的账号由系统管理员重新开通`,
    `${email} is not frozen; nothing was changed. A closed account is opened again by a system administrator`,
  ],
  breakGlassFull: ({ email }) => [
    `已有两名在职的系统管理员，不能再解冻 ${email}：请先冻结其中一名`,
    `there are two active system administrators, so ${email} cannot be thawed: freeze one of them first`,
  ],
  certifyUsers: () => [
    '正式环境没有演示登录：请用 --users <文件> 给出每个角色的登录（见 README）',
    'production has no demo log-ins: name one log-in for each role with --users <file> (see the README)',
  ],
  notReady: ({ seconds, reason }) => [
    `服务启动 ${seconds} 秒后仍不可用：${reason}`,
    `the server cannot be used ${seconds} s after its start: ${reason}`,
  ],
};

/** A reason to stop that a person can act on: one line, no stack. */
export class Problem extends Error {
  /**
   * @param {string} name
   * @param {Record<string, string | number>} [values]
   */
  constructor(name, values = {}) {
    const texts = TEXTS[name];
    if (!texts) throw new TypeError(`no text for the problem ${name}`);
    const [zh, en] = texts(values);
    super(`${zh} | ${en}`);
    this.problem = name;
  }
}

export const PROBLEM_NAMES = Object.keys(TEXTS);
