/** The page behind a one-time link: no framework and no log-in, since whoever comes cannot log in. Both languages side by side. */
export const RESET_HTML = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>设置新密码 · New password</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
  body { margin: 0; padding: 24px 16px; display: grid; place-items: center; min-height: calc(100vh - 48px); }
  main { width: 100%; max-width: 420px; }
  h1 { font-size: 22px; margin: 0 0 4px; }
  label { display: block; margin-top: 16px; }
  input, button { width: 100%; box-sizing: border-box; font: inherit; padding: 10px 12px; border-radius: 6px; border: 1px solid #8a94a6; }
  button { margin-top: 24px; background: #2e6fba; color: #fff; border: 0; cursor: pointer; }
  button:disabled { opacity: .5; cursor: default; }
  [role="alert"] { margin-top: 16px; color: #d6294d; min-height: 1.5em; }
</style>
</head>
<body>
<main>
  <h1>设置新密码</h1>
  <div lang="en">Set a new password</div>
  <form id="form">
    <label>新密码（含大小写字母、数字和符号）<span lang="en">New password (upper and lower case, digits, symbols)</span><input name="password" type="password" required maxlength="128" autocomplete="new-password"></label>
    <label>再输入一次 <span lang="en">Once more</span><input name="again" type="password" required maxlength="128" autocomplete="new-password"></label>
    <button type="submit">保存 <span lang="en">Save</span></button>
    <div id="message" role="alert"></div>
  </form>
</main>
<script src="reset-password.js"></script>
</body>
</html>
`;

/** Served beside it, because the host's content policy allows scripts from files only. The link's secret stays behind the # of the address. */
export const RESET_SCRIPT = `
const form = document.getElementById('form');
const message = document.getElementById('message');
const button = form.querySelector('button');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  message.textContent = '';
  const { password, again } = Object.fromEntries(new FormData(form));
  if (password !== again) {
    message.textContent = '两次输入不一致 · The two are not the same';
    return;
  }
  button.disabled = true;
  try {
    const headers = { 'content-type': 'application/json', 'accept-language': navigator.language };
    const response = await fetch('session/reset', { method: 'POST', headers, credentials: 'omit', body: JSON.stringify({ token: location.hash.slice(1), password }) });
    if (response.ok) {
      history.replaceState(null, '', location.pathname);
      form.innerHTML = '<p role="status">已保存，请登录。 <span lang="en">Saved: please log in.</span></p><p><a href="../admin/login">登录 <span lang="en">Log in</span></a></p>';
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
