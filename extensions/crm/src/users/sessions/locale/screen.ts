import type { HelpWords } from '../page/log-in-help.ts';
import type { ScreenWords } from '../page/lock-screen.ts';

/** What the Studio's page says while it is covered. */
export const SCREEN: Record<'zh-CN' | 'en-US', ScreenWords> = {
  'zh-CN': {
    lock: { title: '屏幕已锁定', text: '未保存的内容仍在原处，输入密码继续。', password: '密码', go: '解锁' },
    password: {
      title: '设置自己的密码',
      text: '首次登录须设置自己的密码：至少 8 位，含大写字母、小写字母、数字和符号。',
      current: '当前密码',
      next: '新密码',
      again: '再输入一次新密码',
      go: '保存',
      differ: '两次输入的新密码不一致。',
    },
    exam: { title: '等待上岗考核', text: '通过考核之前没有任何权限。请联系版块管理员安排考核。' },
    leave: '退出登录',
    failed: '无法连接服务器，请检查网络后重试。',
  },
  'en-US': {
    lock: {
      title: 'The screen is locked',
      text: 'What you have not saved yet is still there. Type your password to go on.',
      password: 'Password',
      go: 'Unlock',
    },
    password: {
      title: 'Set a password of your own',
      text: 'A first log-in needs a password of your own: eight characters or more, with upper and lower case letters, digits and symbols.',
      current: 'Current password',
      next: 'New password',
      again: 'New password once more',
      go: 'Save',
      differ: 'The new passwords are not the same.',
    },
    exam: { title: 'Waiting for the exam', text: 'There are no rights until it is passed. Ask your segment admin for a date.' },
    leave: 'Log out',
    failed: 'The server cannot be reached. Check the network and try again.',
  },
};

/** What stands beside the form of the log-in page. */
export const HELP: Record<'zh-CN' | 'en-US', HelpWords> = {
  'zh-CN': {
    place: '您正在访问 {origin}，请确认这是公司公布的地址。',
    forgotten: '忘记密码不能自行重设：请联系版块管理员或系统管理员，由其签发一次性链接。',
    failed: '登录失败 {count} 次（{error}）。请核对邮箱、密码和网络；仍不能登录时请报修。',
    tell: '报修',
    told: '已报修，IT 会看到错误信息和尝试次数。',
    untold: '报修没有成功，请稍后再试或电话联系 IT。',
  },
  'en-US': {
    place: 'You are at {origin}. Make sure that this is the address your company gave you.',
    forgotten: 'Nobody resets a password alone: ask your segment admin or a system administrator for a one-time link.',
    failed: 'Logging in failed {count} times ({error}). Check address, password and network; if it goes on, tell IT.',
    tell: 'Tell IT',
    told: 'IT was told, with the error and the number of attempts.',
    untold: 'That did not work. Try again later, or call IT.',
  },
};
