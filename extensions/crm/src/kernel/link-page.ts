interface LinkPage {
  title: readonly [zh: string, en: string];
  heading: readonly [zh: string, en: string];
  /** The fields of the form. */
  fields: string;
  /** What sends it. */
  button: readonly [zh: string, en: string];
  colour: string;
  /** The file of its script. */
  script: string;
}

/**
 * The page behind a one-time link: no framework and no log-in, since whoever comes cannot log in. Both languages side by side. The
 * link's secret stays behind the # of the address.
 */
export const linkPage = ({ title, heading, fields, button, colour, script }: LinkPage): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title.join(' · ')}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
  body { margin: 0; padding: 24px 16px; display: grid; place-items: center; min-height: calc(100vh - 48px); }
  main { width: 100%; max-width: 420px; }
  h1 { font-size: 22px; margin: 0 0 4px; }
  label { display: block; margin-top: 16px; }
  label span { display: block; font-size: 14px; }
  input, select, button { width: 100%; box-sizing: border-box; font: inherit; padding: 10px 12px; border-radius: 6px; border: 1px solid #8a94a6; }
  button { margin-top: 24px; background: ${colour}; color: #fff; border: 0; cursor: pointer; }
  button:disabled { opacity: .5; cursor: default; }
  [role="alert"] { margin-top: 16px; color: #b3123a; min-height: 1.5em; }
  @media (prefers-color-scheme: dark) { [role="alert"] { color: #ff8fa3; } }
</style>
</head>
<body>
<main>
  <h1>${heading[0]}</h1>
  <div lang="en">${heading[1]}</div>
  <form id="form">
${fields}
    <button type="submit">${button[0]} <span lang="en">${button[1]}</span></button>
    <div id="message" role="alert"></div>
  </form>
</main>
<script src="${script}"></script>
</body>
</html>
`;

interface LinkScript {
  /** Where the form goes, with the link's secret as `token`. */
  address: string;
  done: readonly [zh: string, en: string];
  /** Statements that may take something out of what is sent, `given`, or say why it is not sent and return. */
  check?: string;
}

/** Served beside the page, because the host's content policy allows scripts from files only. */
export const linkScript = ({ address, done, check = '' }: LinkScript): string => `
const form = document.getElementById('form');
const message = document.getElementById('message');
const button = form.querySelector('button');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  message.textContent = '';
  const given = Object.fromEntries(new FormData(form));
${check}
  button.disabled = true;
  try {
    const headers = { 'content-type': 'application/json', 'accept-language': navigator.language };
    const body = JSON.stringify({ ...given, token: location.hash.slice(1) });
    const response = await fetch('${address}', { method: 'POST', headers, credentials: 'omit', body });
    if (response.ok) {
      history.replaceState(null, '', location.pathname);
      form.innerHTML = '<p role="status">${done[0]} <span lang="en">${done[1]}</span></p><p><a href="../admin/login">登录 <span lang="en">Log in</span></a></p>';
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
