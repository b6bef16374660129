import type { Said } from '../../../platform/api/say.ts';

/** To both system admins, whenever the technical administrator of the host logs in (design.md 12). */
export const TECHNICAL_LOG_IN: { subject: Said; message: Said } = {
  subject: {
    'zh-CN': '技术管理员 {email} 已登录',
    'en-US': 'The technical administrator {email} logged in',
  },
  message: {
    'zh-CN': '时间 {at}，网络地址 {address}。如非您安排，请在服务器上运行 npm run technical-admin -- --close，并核查审计日志。',
    'en-US':
      'At {at}, from {address}. If nobody asked for it, run npm run technical-admin -- --close on the server, and look into the audit log.',
  },
};
