import { HELD_REASONS } from '../../guard/signed-out-reason.ts';
import { HELP, SCREEN } from './locale/screen.ts';
import { watchScreen } from './page/lock-screen.ts';
import { watchLogIn } from './page/log-in-help.ts';
import { LOCKED_REASON } from './refuse.ts';

/** Where the host is reached, with a slash at the end; `/` most often. */
const rootOf = (url: unknown): string => {
  const path = typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : '/';
  return path.endsWith('/') ? path : `${path}/`;
};

/** The tag that brings the script into the Studio's page: a file of our own address, as its content policy asks. */
export const sessionTag = (env: Readonly<Record<string, unknown>>): string =>
  `<script src="${rootOf(env['PUBLIC_URL'])}crm/session.js"></script>`;

const FORM = (id: string) => `
#${id} button { min-block-size: 44px; padding: 10px 16px; border: 0; border-radius: var(--theme--border-radius); background: var(--theme--primary); color: #fff; font-weight: 600; cursor: pointer; }
#${id} button:disabled { opacity: 0.6; cursor: progress; }
#${id} button:focus-visible, #${id} input:focus-visible { outline: 2px solid var(--theme--primary); outline-offset: 2px; }
#${id} [role=alert] { padding-inline-start: 12px; color: var(--theme--foreground-accent); border-inline-start: 4px solid var(--theme--danger); }
#${id} [role=alert]:empty, #${id} [role=status]:empty { display: none; }`;

const SCREEN_STYLE = `
#crm-screen { inline-size: 100vw; block-size: 100vh; max-inline-size: none; max-block-size: none; margin: 0; padding: 24px 16px; border: 0; box-sizing: border-box;
  place-items: center; background: var(--theme--background); color: var(--theme--foreground); }
#crm-screen[open] { display: grid; }
#crm-screen form { display: grid; gap: 16px; inline-size: 100%; max-inline-size: 380px; }
#crm-screen h1 { font-size: 24px; font-weight: 700; color: var(--theme--foreground-accent); }
#crm-screen label { display: grid; gap: 6px; }
#crm-screen input { inline-size: 100%; box-sizing: border-box; padding: 10px 12px; font: inherit; color: inherit; background: var(--theme--background);
  border: var(--theme--border-width) solid var(--theme--border-color); border-radius: var(--theme--border-radius); }
${FORM('crm-screen')}
#crm-screen button.leave { background: transparent; color: var(--theme--foreground); border: var(--theme--border-width) solid var(--theme--border-color); }`;

const HELP_STYLE = `
.public-view a.forgot-password { display: none !important; }
#crm-log-in-help { display: grid; gap: 12px; justify-items: start; margin-block-start: 20px; font-size: 13px; line-height: 20px; color: var(--theme--foreground); }
${FORM('crm-log-in-help')}`;

/** The script of every page of the Studio: the functions of page/ as text, with what they need as data. */
export function sessionScript(): string {
  const screen = { reasons: { lock: LOCKED_REASON, ...HELD_REASONS }, style: SCREEN_STYLE, words: SCREEN };
  const help = { style: HELP_STYLE, words: HELP };
  return `(${watchScreen.toString()})(${JSON.stringify(screen)});\n(${watchLogIn.toString()})(${JSON.stringify(help)});`;
}
