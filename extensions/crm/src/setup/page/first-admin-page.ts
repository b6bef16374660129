import { linkPage, linkScript } from '../../kernel/link-page.ts';

export const FIRST_ADMIN_HTML = linkPage({
  title: ['创建第一位系统管理员', 'First system admin'],
  heading: ['创建第一位系统管理员', 'Create the first system admin'],
  fields: `    <label>姓 <span lang="en">Last name</span><input name="last_name" required maxlength="50" autocomplete="family-name"></label>
    <label>名 <span lang="en">First name</span><input name="first_name" required maxlength="50" autocomplete="given-name"></label>
    <label>邮箱 <span lang="en">E-mail</span><input name="email" type="email" required maxlength="128" autocomplete="username"></label>
    <label>密码（至少 12 位，含大小写字母、数字和符号）<span lang="en">Password (12 characters or more: upper and lower case, digits, symbols)</span><input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
    <label>语言 <span lang="en">Language</span><select name="language"><option value="zh-CN">中文</option><option value="en-US">English</option></select></label>`,
  button: ['创建', 'Create'],
  colour: '#6644ff',
  script: 'first-admin.js',
});

export const FIRST_ADMIN_SCRIPT = linkScript({ address: 'first-admin', done: ['已创建，请登录。', 'Created: please log in.'] });
