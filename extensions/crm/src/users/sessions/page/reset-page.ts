import { linkPage, linkScript } from '../../../kernel/link-page.ts';

export const RESET_HTML = linkPage({
  title: ['设置新密码', 'New password'],
  heading: ['设置新密码', 'Set a new password'],
  fields: `    <label>新密码（含大小写字母、数字和符号）<span lang="en">New password (upper and lower case, digits, symbols)</span><input name="password" type="password" required maxlength="128" autocomplete="new-password"></label>
    <label>再输入一次 <span lang="en">Once more</span><input name="again" type="password" required maxlength="128" autocomplete="new-password"></label>`,
  button: ['保存', 'Save'],
  colour: '#2e6fba',
  script: 'reset-password.js',
});

export const RESET_SCRIPT = linkScript({
  address: 'session/reset',
  done: ['已保存，请登录。', 'Saved: please log in.'],
  check: `  if (given.password !== given.again) {
    message.textContent = '两次输入不一致 · The two are not the same';
    return;
  }
  delete given.again;`,
});
