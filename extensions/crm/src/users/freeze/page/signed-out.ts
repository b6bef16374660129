/// <reference lib="dom" />
/**
 * What runs in the Studio's page for somebody whose log-in has ended, by a freeze above all: the host leaves such a tab on an
 * error page (directus-facts.md §13). It goes to the log-in page instead, which says why in a sentence. Sent to the browser as
 * text, so it names nothing outside itself but its parameter and the browser's own words.
 */
export interface SignedOut {
  /** What the server says of a log-in that has ended. */
  reason: string;
  /** The sentence, by what the server says besides; `other` where it says nothing. */
  words: Record<string, Record<'zh-CN' | 'en-US', string>>;
}

export function watchSignedOut({ reason, words }: SignedOut): void {
  const KEY = 'crm-signed-out';
  const PAUSE_MS = 10_000;
  const at = location.pathname.indexOf('/admin');
  const root = at < 0 ? '/' : location.pathname.slice(0, at + 1);
  const isLogin = () => location.pathname.endsWith('/admin/login');
  const store = (work: (storage: Storage) => void) => {
    try {
      work(sessionStorage);
    } catch {
      // A browser without storage shows the log-in page without the sentence.
    }
  };
  let isLeaving = false;

  const ask = window.fetch;
  const presentRole = (): string | null => {
    const app = document.querySelector('#app') as { __vue_app__?: { config: { globalProperties: Record<string, unknown> } } } | null;
    const stores = app?.__vue_app__?.config.globalProperties['$pinia'] as
      { state: { value: Record<string, { currentUser?: { role?: { id?: string } | null } | null }> } } | undefined;
    return stores?.state.value['userStore']?.currentUser?.role?.id ?? null;
  };
  let renewed = 0;
  // Whoever has another role by now renews the log-in, which the host's app does when its time is over; then the menus are those of
  // the new role (ORG-6).
  const renew = async () => {
    if (Date.now() - renewed < PAUSE_MS || isLogin()) return;
    renewed = Date.now();
    const before = presentRole();
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(`${root}auth/refresh`, { method: 'POST', headers, body: '{"mode":"session"}' });
    if (!answer.ok || !before) return;
    const me = (await (await ask(`${root}users/me?fields=role`)).json()) as { data?: { role?: string } };
    if (me.data?.role && me.data.role !== before) location.reload();
  };

  const look = (status: number, text: string) => {
    if (status === 401 && text.includes('"TOKEN_EXPIRED"')) void renew().catch(() => undefined);
    if (status !== 401 || isLeaving || isLogin() || !text.includes(reason)) return;
    isLeaving = true;
    const category = /"category"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? 'other';
    store((storage) => storage.setItem(KEY, category));
    location.assign(`${root}admin/login`);
  };
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given: Parameters<typeof send>) {
    this.addEventListener('load', () => {
      if (this.status === 401 && (this.responseType === '' || this.responseType === 'text')) look(this.status, this.responseText);
    });
    send.apply(this, given);
  };
  window.fetch = async (...given: Parameters<typeof ask>) => {
    const answer = await ask(...given);
    if (answer.status === 401)
      void answer
        .clone()
        .text()
        .then((text) => look(answer.status, text))
        .catch(() => undefined);
    return answer;
  };

  const show = () => {
    if (isLeaving) return;
    if (!isLogin()) {
      store((storage) => storage.removeItem(KEY));
      return;
    }
    const form = document.querySelector('.public-view .container .content form');
    if (!form || document.getElementById(KEY)) return;
    store((storage) => {
      const category = storage.getItem(KEY);
      if (!category) return;
      const note = document.createElement('p');
      note.id = KEY;
      note.setAttribute('role', 'alert');
      note.textContent = (words[category] ?? words['other'])![navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US'];
      Object.assign(note.style, {
        marginBlockEnd: '20px',
        padding: '12px 16px',
        color: 'var(--theme--foreground-accent)',
        background: 'var(--theme--background-normal)',
        borderInlineStart: '4px solid var(--theme--warning)',
        borderRadius: 'var(--theme--border-radius)',
      });
      form.before(note);
    });
  };
  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
  show();
}
