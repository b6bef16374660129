/// <reference lib="dom" />
/**
 * What stands on the Studio's log-in page besides the form: the address one is at, whom to ask for a new password, and after a failure
 * what happened, how often, and a button that tells IT (ACC-4 … ACC-6). Counted by the browser: what the server counts would tell whose
 * account there is. Sent to the browser as text, so it names nothing outside itself but its parameter and the browser's own words.
 */
export interface HelpWords {
  place: string;
  forgotten: string;
  failed: string;
  tell: string;
  told: string;
  untold: string;
}

export interface Help {
  style: string;
  words: Record<'zh-CN' | 'en-US', HelpWords>;
}

export function watchLogIn({ style, words }: Help): void {
  const COUNT = 'crm-log-in-tries';
  const ERROR = 'crm-log-in-error';
  const at = location.pathname.indexOf('/admin');
  const root = at < 0 ? '/' : location.pathname.slice(0, at + 1);
  const said = words[navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US'];
  const isLogin = () => location.pathname.endsWith('/admin/login');
  let tries = 0;
  let error = '';
  try {
    tries = Number(sessionStorage.getItem(COUNT) ?? 0);
    error = sessionStorage.getItem(ERROR) ?? '';
  } catch {
    // Counted for this page alone.
  }

  const note = (status: number, text: string, sent: string) => {
    // The code of the second factor is asked for after the password: until then nothing has failed.
    if (/"code"\s*:\s*"INVALID_OTP"/.test(text) && !/"otp"\s*:\s*"/.test(sent)) return;
    const isIn = status > 0 && status < 300;
    tries = isIn ? 0 : tries + 1;
    const code = status === 0 ? 'NETWORK' : (/"code"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? '');
    error = isIn ? '' : `${status || ''} ${code}`.trim();
    try {
      sessionStorage.setItem(COUNT, String(tries));
      sessionStorage.setItem(ERROR, error);
    } catch {
      // Counted for this page alone.
    }
    draw();
  };
  const asText = (body: unknown) => (typeof body === 'string' ? body : '');
  const isLogInCall = (address: string) => new URL(address, location.href).pathname.search(/\/auth\/login(\/[\w-]+)?\/?$/) >= 0;
  const addresses = new WeakMap<XMLHttpRequest, string>();
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: [string, string | URL]) {
    addresses.set(this, String(given[1]));
    open.apply(this, given as never);
  };
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given: Parameters<typeof send>) {
    if (isLogInCall(addresses.get(this) ?? '')) {
      this.addEventListener('load', () => note(this.status, this.responseText, asText(given[0])));
      for (const broken of ['error', 'timeout']) this.addEventListener(broken, () => note(0, '', asText(given[0])));
    }
    send.apply(this, given);
  };
  const ask = window.fetch;
  window.fetch = async (...given: Parameters<typeof ask>) => {
    const isLogIn = isLogInCall(given[0] instanceof Request ? given[0].url : String(given[0]));
    const sent = asText(given[1]?.body);
    const answer = await ask(...given).catch((broken: unknown) => {
      if (isLogIn) note(0, '', sent);
      throw broken;
    });
    if (isLogIn)
      void answer
        .clone()
        .text()
        .then((text) => note(answer.status, text, sent))
        .catch(() => undefined);
    return answer;
  };

  const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text = '') => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  const tell = async (button: HTMLButtonElement, status: HTMLElement) => {
    button.disabled = true;
    const email = document.querySelector<HTMLInputElement>('.public-view form input')?.value.trim() ?? '';
    const body = { attempts: tries, error_text: error || 'unknown', page: location.pathname.slice(0, 255) };
    const answer = await ask(`${root}crm/faults/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(/^\S+@\S+\.\S+$/.test(email) ? { ...body, email } : body),
    }).catch(() => null);
    status.textContent = answer?.ok ? said.told : said.untold;
    button.disabled = answer?.ok ?? false;
  };
  function draw(): void {
    const form = isLogin() ? document.querySelector('.public-view .container .content form') : null;
    if (!form) return;
    const now = `${tries} ${error}`;
    const standing = document.getElementById('crm-log-in-help');
    if (standing?.dataset['now'] === now) return;
    const help = make('section');
    help.id = 'crm-log-in-help';
    help.dataset['now'] = now;
    help.append(make('style', style));
    if (tries > 0 && error) {
      const failed = make('p', said.failed.replace('{count}', String(tries)).replace('{error}', error));
      failed.setAttribute('role', 'alert');
      const button = make('button', said.tell);
      button.type = 'button';
      const status = make('p');
      status.setAttribute('role', 'status');
      button.addEventListener('click', () => void tell(button, status));
      help.append(failed, button, status);
    }
    help.append(make('p', said.forgotten), make('p', said.place.replace('{origin}', location.origin)));
    if (standing) standing.replaceWith(help);
    else form.after(help);
  }
  new MutationObserver(draw).observe(document.documentElement, { childList: true, subtree: true });
  draw();
}
