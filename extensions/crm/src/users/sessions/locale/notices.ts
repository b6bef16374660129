import type { Said } from '../../../platform/api/say.ts';

/** To whoever a one-time link was made for. */
export const LINK_MADE: { subject: Said; message: Said } = {
  subject: {
    'zh-CN': '{by} 为 {name} 签发了重设密码的一次性链接',
    'en-US': '{by} made a one-time link for a new password of {name}',
  },
  message: {
    'zh-CN': '如非本人要求，请立即联系系统管理员：持有链接的人可以设置新密码。',
    'en-US': 'If nobody asked for it, tell a system administrator at once: whoever holds the link can set a new password.',
  },
};

/** To the person once a one-time link was used, and to those who watch over executives and system admins. */
export const LINK_USED: { subject: Said; message: Said } = {
  subject: {
    'zh-CN': '{name} 的密码已通过一次性链接重新设置',
    'en-US': 'A one-time link was used to set a new password of {name}',
  },
  message: {
    'zh-CN': '如非本人操作，请立即联系系统管理员冻结此账号。',
    'en-US': 'If {name} did not do it, have a system administrator freeze the account at once.',
  },
};
