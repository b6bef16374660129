import { DEMO_ADMIN } from './settings.mjs';

const PEOPLE = [
  ['rep1.s01@example.com', '销售（版块 s01）', 'sales rep (segment s01)'],
  ['segadmin.s01@example.com', '版块管理员', 'segment admin'],
  ['head.s01@example.com', '版块负责人', 'segment head'],
  ['exec1@example.com', '集团领导', 'group executive'],
  ['sysadmin1@example.com', '系统管理员', 'system admin'],
  [DEMO_ADMIN, '技术管理员（Directus）', 'technical administrator (Directus)'],
];

/** What a person sees when the demo is up. @param {import('./settings.mjs').Settings} settings */
export function demoLogins(settings) {
  const width = Math.max(...PEOPLE.map(([email]) => email?.length ?? 0));
  return [
    '',
    `集团 CRM 已启动 | The group CRM is up: ${settings.publicUrl}`,
    `演示登录，密码均为 | Demo log-ins, all with the password: ${settings.demoPassword}`,
    ...PEOPLE.map(([email = '', zh, en]) => `  ${email.padEnd(width)}  ${zh} | ${en}`),
    '更多账号见 README；按 Ctrl-C 停止 | More in the README; Ctrl-C stops it',
    '',
  ].join('\n');
}
