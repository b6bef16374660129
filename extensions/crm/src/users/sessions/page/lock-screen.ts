/// <reference lib="dom" />
/**
 * Covers the whole Studio while the screen is locked, before a first password of one's own, and before the exam (ACC-3, ACC-5, ACC-11).
 * The server answers nothing meanwhile; this only says so, and asks for the password. Sent to the browser as text, so it names nothing
 * outside itself but its parameter and the browser's own words.
 */
export interface ScreenWords {
  lock: { title: string; text: string; password: string; go: string };
  password: { title: string; text: string; current: string; next: string; again: string; go: string; differ: string };
  exam: { title: string; text: string };
  leave: string;
  failed: string;
}

export interface Screen {
  /** What the server says of a screen that is locked, and of somebody who is held. */
  reasons: { lock: string; password: string; exam: string };
  style: string;
  words: Record<'zh-CN' | 'en-US', ScreenWords>;
}

export function watchScreen({ reasons, style, words }: Screen): void {
  type Kind = 'lock' | 'password' | 'exam';
  interface Session {
    known: boolean;
    locked: boolean;
    language: string;
    lock_minutes: number | null;
    idle_minutes: number | null;
    hold: 'exam' | 'password' | null;
  }
  const INPUT = 'crm-last-input';
  const LOCKED = 'crm-screen-locked';
  const LANGUAGE = 'crm-language';
  const TICK_MS = 2000;
  const BEAT_MS = 60_000;
  const at = location.pathname.indexOf('/admin');
  const root = at < 0 ? '/' : location.pathname.slice(0, at + 1);
  const isOut = () => /\/admin\/(login|logout|reset-password|accept-invite|setup|register)/.test(location.pathname);
  const keep = (key: string, value: string | null) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Without storage each tab stands for itself.
    }
  };
  const kept = (key: string) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  let session: Session | null = null;
  // The Studio's page says "en" until it knows whose it is, and a locked one never learns it.
  const language = () => session?.language ?? kept(LANGUAGE) ?? navigator.language;
  const say = () => words[language().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US'];
  let wasIn = false;
  let wasRefused = false;
  let lastInput = Date.now();
  let lastBeat = Date.now();
  let shown: HTMLDialogElement | null = null;
  const quiet = () => Date.now() - Math.max(lastInput, Number(kept(INPUT) ?? 0));
  const seconds = () => String(Math.max(0, Math.floor(quiet() / 1000)));

  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    addEventListener(
      event,
      () => {
        // Whoever moves before a locked screen has not come back yet.
        if (shown) return;
        const now = Date.now();
        if (now - lastInput > 1000) keep(INPUT, String(now));
        lastInput = now;
      },
      { passive: true, capture: true },
    );

  const isOurs = (address: string) => new URL(address, location.href).origin === location.origin;
  const look = (status: number, text: string) => {
    if (isOut()) return;
    if (status === 423 && text.includes(reasons.lock)) cover('lock', true);
    if (status === 403 && text.includes(reasons.exam)) cover('exam', true);
    if (status === 403 && text.includes(reasons.password)) cover('password', true);
  };
  const addresses = new WeakMap<XMLHttpRequest, string>();
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: [string, string | URL]) {
    addresses.set(this, String(given[1]));
    open.apply(this, given as never);
  };
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given: Parameters<typeof send>) {
    if (isOurs(addresses.get(this) ?? '')) this.setRequestHeader('x-crm-idle', seconds());
    this.addEventListener('load', () => {
      if (this.responseType === '' || this.responseType === 'text') look(this.status, this.responseText);
    });
    send.apply(this, given);
  };
  const ask = window.fetch;
  window.fetch = async (...[what, how]: Parameters<typeof ask>) => {
    if (!isOurs(what instanceof Request ? what.url : String(what))) return ask(what, how);
    const headers = new Headers(how?.headers ?? (what instanceof Request ? what.headers : {}));
    headers.set('x-crm-idle', seconds());
    const answer = await ask(what, { ...how, headers });
    if (answer.status === 423 || answer.status === 403)
      void answer
        .clone()
        .text()
        .then((text) => look(answer.status, text))
        .catch(() => undefined);
    return answer;
  };
  const post = (path: string, body?: object) =>
    window.fetch(`${root}crm/session/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language() },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  const uncover = () => {
    shown?.remove();
    shown = null;
    keep(LOCKED, null);
    lastInput = Date.now();
    keep(INPUT, String(lastInput));
    if (wasRefused) location.reload();
  };

  function cover(kind: Kind, refused: boolean): void {
    // What the page asks for by itself behind the cover costs nobody what they have typed.
    if (shown) return;
    wasRefused = refused;
    const said = say();
    const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text = '') => {
      const element = document.createElement(tag);
      element.textContent = text;
      return element;
    };
    const dialog = make('dialog');
    dialog.id = 'crm-screen';
    dialog.setAttribute('aria-labelledby', 'crm-screen-title');
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    const form = make('form');
    const title = make('h1', said[kind].title);
    title.id = 'crm-screen-title';
    const alert = make('p');
    alert.setAttribute('role', 'alert');
    form.append(make('style', style), title, make('p', said[kind].text));
    const inputs: HTMLInputElement[] = [];
    const field = (label: string, complete: 'current-password' | 'new-password') => {
      const box = make('label', label);
      const input = make('input');
      Object.assign(input, { type: 'password', required: true, autocomplete: complete });
      box.append(input);
      form.append(box);
      inputs.push(input);
    };
    if (kind === 'lock') field(said.lock.password, 'current-password');
    if (kind === 'password') {
      field(said.password.current, 'current-password');
      field(said.password.next, 'new-password');
      field(said.password.again, 'new-password');
    }
    form.append(alert);
    const go = make('button', kind === 'exam' ? '' : said[kind].go);
    if (kind !== 'exam') form.append(go);
    const leave = make('button', said.leave);
    leave.type = 'button';
    leave.className = 'leave';
    leave.addEventListener('click', () => location.assign(`${root}admin/logout`));
    form.append(leave);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const [first = '', next = '', again = ''] = inputs.map(({ value }) => value);
      alert.textContent = '';
      if (kind === 'password' && next !== again) {
        alert.textContent = said.password.differ;
        return;
      }
      go.disabled = true;
      const sent = kind === 'lock' ? post('unlock', { password: first }) : post('password', { current: first, password: next });
      sent
        .then(async (answer) => {
          if (answer.ok) {
            wasRefused ||= kind === 'password';
            uncover();
            return;
          }
          const { errors } = (await answer.json()) as { errors?: { message: string }[] };
          alert.textContent = errors?.[0]?.message ?? said.failed;
          inputs[0]?.select();
        })
        .catch(() => (alert.textContent = said.failed))
        .finally(() => (go.disabled = false));
    });
    dialog.append(form);
    shown = dialog;
    document.body.append(dialog);
    dialog.showModal();
    inputs[0]?.focus();
  }

  async function lock(): Promise<void> {
    const answer = await post('lock').catch(() => null);
    if (!answer?.ok) return;
    keep(LOCKED, 'true');
    cover('lock', false);
  }

  async function beat(isFirst = false): Promise<void> {
    lastBeat = Date.now();
    const answer = await window.fetch(`${root}crm/session`).catch(() => null);
    if (!answer?.ok || isOut()) return;
    session = (await answer.json()) as Session;
    if (session.known) keep(LANGUAGE, session.language);
    if (session.hold) cover(session.hold, true);
    else if (session.locked) cover('lock', isFirst);
  }

  const enter = () => {
    const isIn = !isOut() && document.body !== null;
    if (isIn && !wasIn) void beat(true);
    if (!isIn) {
      session = null;
      shown?.remove();
      shown = null;
      wasRefused = false;
    }
    wasIn = isIn;
  };
  new MutationObserver(enter).observe(document.documentElement, { childList: true, subtree: true });
  setInterval(() => {
    enter();
    if (!session?.known || isOut()) return;
    const { lock_minutes: toLock, idle_minutes: toLeave } = session;
    if (toLeave !== null && quiet() >= toLeave * 60_000) return void beat();
    if (!shown && toLock !== null && quiet() >= toLock * 60_000) return void lock();
    if (!shown && lastInput > lastBeat && Date.now() - lastBeat >= BEAT_MS) void beat();
  }, TICK_MS);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey && event.altKey && event.code === 'KeyL' && session?.known && !shown && !isOut()) {
      event.preventDefault();
      void lock();
    }
  });
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== LOCKED || isOut()) return;
    if (newValue) cover('lock', false);
    else if (shown && !session?.hold) uncover();
  });
}
