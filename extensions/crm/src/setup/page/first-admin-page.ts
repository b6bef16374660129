/** The page behind the one-time link: no framework and no log-in, since nobody can log in yet. Both languages side by side. */
export const FIRST_ADMIN_HTML = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>创建第一位系统管理员 · First system admin</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
  body { margin: 0; padding: 24px 16px; display: grid; place-items: center; min-height: calc(100vh - 48px); }
  main { width: 100%; max-width: 420px; }
  h1 { font-size: 22px; margin: 0 0 4px; }
  label { display: block; margin-top: 16px; }
  input, select, button { width: 100%; box-sizing: border-box; font: inherit; padding: 10px 12px; border-radius: 6px; border: 1px solid #8a94a6; }
  button { margin-top: 24px; background: #6644ff; color: #fff; border: 0; cursor: pointer; }
  button:disabled { opacity: .5; cursor: default; }
  [role="alert"] { margin-top: 16px; color: #d6294d; min-height: 1.5em; }
  a { color: #6644ff; }
</style>
</head>
<body>
<main>
  <h1>创建第一位系统管理员</h1>
  <div lang="en">Create the first system admin</div>
  <form id="form">
    <label>姓 <span lang="en">Last name</span><input name="last_name" required maxlength="50" autocomplete="family-name"></label>
    <label>名 <span lang="en">First name</span><input name="first_name" required maxlength="50" autocomplete="given-name"></label>
    <label>邮箱 <span lang="en">E-mail</span><input name="email" type="email" required maxlength="128" autocomplete="username"></label>
    <label>密码（至少 12 位，含大小写字母、数字和符号）<span lang="en">Password (12 characters or more: upper and lower case, digits, symbols)</span><input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
    <label>语言 <span lang="en">Language</span><select name="language"><option value="zh-CN">中文</option><option value="en-US">English</option></select></label>
    <button type="submit">创建 <span lang="en">Create</span></button>
    <div id="message" role="alert"></div>
  </form>
</main>
<script src="first-admin.js"></script>
</body>
</html>
`;

/** Served beside it, because the host's content policy allows scripts from files only. The link's secret never leaves the browser's address bar but for this call. */
export const FIRST_ADMIN_SCRIPT = `
const form = document.getElementById('form');
const message = document.getElementById('message');
const button = form.querySelector('button');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  message.textContent = '';
  const body = { ...Object.fromEntries(new FormData(form)), token: location.hash.slice(1) };
  try {
    const response = await fetch('first-admin', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (response.ok) {
      history.replaceState(null, '', location.pathname);
      form.innerHTML = '<p>已创建，请登录。 <span lang="en">Created: please log in.</span></p><p><a href="../admin/login">登录 <span lang="en">Log in</span></a></p>';
      return;
    }
    const answer = await response.json();
    message.textContent = answer.errors?.[0]?.message ?? String(response.status);
  } catch {
    message.textContent = '无法连接服务器 · The server cannot be reached';
  }
  button.disabled = false;
});
`;
