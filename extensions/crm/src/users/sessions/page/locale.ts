import type { Said } from '../../../platform/app/i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** One-time links on the page of people. */
export const RESET = {
  make: said('重设密码', 'New password'),
  made: said(
    '{name} 的一次性链接，{until} 前有效，只显示这一次。请确认是本人后转交。',
    'One-time link for {name}, good until {until} and shown this once. Hand it over once you know it is them.',
  ),
  failed: said('没有成功，请稍后再试。', 'That did not work. Try again in a moment.'),
};
