/// <reference lib="dom" />
/**
 * What runs in the browser on the demo's log-in page. Each function is sent as its own text (see ../script.ts), so it
 * names nothing outside itself but its parameters and the browser's own words.
 */

/** A person whom the visitor may become, as `GET /crm/welcome.json` answers. */
export interface Card {
  email: string;
  role: string;
  who: string;
  start: string;
}

export interface Offer {
  password: string;
  cards: Card[];
}

export interface CardWords {
  icon: string;
  title: string;
  purpose: string;
}

export interface Words {
  heading: string;
  nature: string;
  failed: string;
  cards: Record<string, CardWords>;
}

/** The look: the host's own theme variables, so that light, dark and an administrator's colours fit by themselves. */
export const STYLE = `
#crm-demo { margin-block-start: 36px; }
#crm-demo h2 { font-size: 14px; font-weight: 600; color: var(--theme--foreground-accent); margin-block-end: 10px; }
#crm-demo ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
#crm-demo button { inline-size: 100%; display: grid; grid-template-columns: 28px 1fr; column-gap: 10px; align-items: center; text-align: start;
  padding: 8px 12px; border: var(--theme--border-width) solid var(--theme--border-color); border-radius: var(--theme--border-radius);
  background: var(--theme--background); color: var(--theme--foreground); cursor: pointer; transition: border-color 120ms; }
#crm-demo button:hover, #crm-demo button:focus-visible { border-color: var(--theme--primary); outline: none; }
#crm-demo button:focus-visible { box-shadow: 0 0 0 2px var(--theme--primary); }
#crm-demo button[disabled] { opacity: 0.6; cursor: progress; }
#crm-demo .icon { grid-row: span 2; font-family: 'Material Symbols'; font-size: 24px; line-height: 1; color: var(--theme--primary); }
#crm-demo strong { font-weight: 600; font-size: 14px; line-height: 20px; }
#crm-demo small { font-weight: 400; font-size: 12px; line-height: 16px; color: var(--theme--foreground); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
#crm-demo p { font-size: 12px; line-height: 18px; color: var(--theme--foreground); margin-block-start: 10px; }
#crm-demo p[role=alert] { color: var(--theme--danger); }
#crm-demo p[role=alert]:empty { display: none; }
`;

/** Draws the cards; `enter` is called with the one that was chosen. */
export function drawCards(
  words: Words,
  cards: readonly Card[],
  style: string,
  enter: (card: Card, failed: () => void) => void,
): HTMLElement {
  const make = (tag: string, text: string, className?: string) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const section = make('section', '');
  section.id = 'crm-demo';
  section.setAttribute('aria-labelledby', 'crm-demo-heading');
  const heading = make('h2', words.heading);
  heading.id = 'crm-demo-heading';
  const list = make('ul', '');
  const alert = make('p', '');
  alert.setAttribute('role', 'alert');

  const buttons = cards.map((card) => {
    const said = words.cards[card.role];
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['role'] = card.role;
    const icon = make('span', said?.icon ?? 'person', 'icon');
    icon.setAttribute('aria-hidden', 'true');
    button.append(icon, make('strong', `${said?.title ?? card.role} · ${card.who}`), make('small', said?.purpose ?? ''));
    button.addEventListener('click', () => {
      for (const other of buttons) other.disabled = true;
      alert.textContent = '';
      enter(card, () => {
        for (const other of buttons) other.disabled = false;
        alert.textContent = words.failed;
      });
    });
    const item = make('li', '');
    item.append(button);
    list.append(item);
    return button;
  });
  section.append(make('style', style), heading, list, alert, make('p', words.nature));
  return section;
}

/** Logs in as the card's person with a session cookie, exactly as the form would, and goes to where the role starts. */
export async function enterAs(root: string, offer: Offer, card: Card, failed: () => void): Promise<void> {
  const answer = await fetch(`${root}auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: card.email, password: offer.password, mode: 'session' }),
  }).catch(() => null);
  if (answer?.ok) location.assign(`${root}admin${card.start}`);
  else failed();
}

export interface Tools {
  drawCards: typeof drawCards;
  enterAs: typeof enterAs;
  style: string;
  words: Record<'zh-CN' | 'en-US', Words>;
}

/** Puts the cards under the form whenever the log-in page shows, also after a log-out inside the Studio. */
export function watchLogin({ drawCards: draw, enterAs: enter, style, words }: Tools): void {
  const at = location.pathname.indexOf('/admin');
  const root = at < 0 ? '/' : location.pathname.slice(0, at + 1);
  const said = words[navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US'];
  let offer: Promise<Offer | null> | null = null;

  const show = async () => {
    const place = location.pathname.endsWith('/admin/login') ? document.querySelector('.public-view .container .content') : null;
    if (!place?.querySelector('form') || document.getElementById('crm-demo')) return;
    offer ??= fetch(`${root}crm/welcome.json`).then(
      (answer) => (answer.ok ? (answer.json() as Promise<Offer>) : null),
      () => null,
    );
    const known = await offer;
    if (!known?.cards.length || !place.isConnected || document.getElementById('crm-demo')) return;
    place.append(draw(said, known.cards, style, (card, failed) => void enter(root, known, card, failed)));
  };
  new MutationObserver(() => void show()).observe(document.documentElement, { childList: true, subtree: true });
  void show();
}
