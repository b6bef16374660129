import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Notes in people's inboxes. They name no customer and quote nobody: they may go out by mail (F15). */
export const NOTICES = {
  assigned: {
    subject: said('你有一项新派发的行动', 'An activity was assigned to you'),
    message: said('请打开查看，并接受或拒绝。', 'Open it, and accept or decline.'),
  },
  declined: {
    subject: said('你派发的一项行动被拒绝', 'An activity that you assigned was declined'),
    message: said('请打开查看原因，另行安排。', 'Open it to see why, and arrange otherwise.'),
  },
} satisfies Record<string, { subject: Said; message: Said }>;
