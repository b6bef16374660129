import { DEMO_ADMIN } from './settings.mjs';

const PEOPLE = [
  ['rep1.s01@example.com', '销售（版块 s01）', 'sales rep (segment s01)'],
  ['segadmin.s01@example.com', '版块管理员', 'segment admin'],
  ['head.s01@example.com', '版块负责人', 'segment head'],
  ['exec1@example.com', '集团领导', 'group executive'],
  ['sysadmin1@example.com', '系统管理员', 'system admin'],
  [DEMO_ADMIN, '技术管理员（Directus）', 'technical administrator (Directus)'],
];

/** The log-ins that the demo makes (contract.md "Demo group"): all with a password that stands in our README. @param {string} email */
export const isDemoLogin = (email) => /^(admin|sysadmin\d|exec\d|((head|segadmin|rep\d)\.s\d\d))@example\.com$/.test(email.toLowerCase());

/**
 * What a person sees when the demo is up.
 * @param {import('./settings.mjs').Settings} settings
 * @param {boolean} passwordHolds false: the demo was made with another password than the one that is set now
 */
export function demoLogins(settings, passwordHolds) {
  const width = Math.max(...PEOPLE.map(([email]) => email?.length ?? 0));
  return [
    '',
    `集团 CRM 已启动 | The group CRM is up: ${settings.publicUrl}`,
    passwordHolds
      ? `演示登录，密码均为 | Demo log-ins, all with the password: ${settings.demoPassword}`
      : '演示登录：密码仍是首次启动时的 CRM_DEMO_PASSWORD，现在设置的不起作用（要更换，请换一个 CRM_DATA_DIR 或数据库）' +
        ' | Demo log-ins: the password is still the CRM_DEMO_PASSWORD of the first start, the one set now has no effect' +
        ' (to change it use another CRM_DATA_DIR or database)',
    ...PEOPLE.map(([email = '', zh, en]) => `  ${email.padEnd(width)}  ${zh} | ${en}`),
    '更多账号见 README；按 Ctrl-C 停止 | More in the README; Ctrl-C stops it',
    '',
  ].join('\n');
}
