/** The Studio in a real browser, with everything it complains about written down. */
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import type { TestHost } from '../harness/host.ts';

export interface Look {
  width?: 375 | 1440;
  language?: 'zh-CN' | 'en-US';
  scheme?: 'light' | 'dark';
  /** Worked with a finger, as a phone is. */
  touch?: boolean;
}

export interface Studio {
  page: Page;
  /** What the console and the network said since the log-in: errors, and answers of 400 and above. */
  complaints: string[];
  /** Opens a page as by its address: the whole Studio is loaded anew. */
  open(path: string, ready: string | Locator): Promise<void>;
  /** Goes to a page as by a click: the Studio stays, which is faster. The path begins behind `/admin`. */
  go(path: string, ready: string): Promise<void>;
  /** Waits until the page has asked and got all it wants. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A slow machine with two cores draws a page in seconds, not in milliseconds. */
const PATIENCE = 60_000;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Nothing moves: without a graphics card every frame of a spinner is drawn by the processor, and two of them take a core. */
function standStill(): void {
  const still = new CSSStyleSheet();
  still.replaceSync(
    '*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }',
  );
  document.adoptedStyleSheets.push(still);
}

/** Logs in on the log-in page as a person does, by address and password. */
export async function logInAs(browser: Browser, host: TestHost, email: string, look: Look = {}): Promise<Studio> {
  const { width = 1440, language = 'zh-CN', scheme = 'light', touch = false } = look;
  const context = await browser.newContext({
    viewport: { width, height: width === 375 ? 812 : 900 },
    locale: language,
    colorScheme: scheme,
    hasTouch: touch,
    isMobile: touch,
  });
  await context.addInitScript(standStill);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${host.url}/admin/login`);
  await page.locator('form input').first().fill(email);
  await page.locator('input[type=password]').first().fill(DEMO_PASSWORD);
  await page.locator('input[type=password]').first().press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));

  const settled = watchNetwork(page);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`${response.status()} ${response.request().method()} ${decodeURIComponent(response.url())}`);
  });
  return {
    page,
    complaints,
    open: async (path, ready) => {
      await page.goto(host.url + path);
      await (typeof ready === 'string' ? page.locator(ready).first() : ready).waitFor();
      await page.waitForLoadState('networkidle');
    },
    go: async (path, ready) => {
      await page.evaluate(async (target) => {
        const app = document.querySelector('#app') as unknown as { __vue_app__: { config: { globalProperties: StudioGlobals } } };
        await app.__vue_app__.config.globalProperties.$router.push(target);
      }, path);
      await settled();
      await page.locator(ready).first().waitFor();
    },
    settled,
    close: () => context.close(),
  };
}

interface StudioGlobals {
  $router: { push(path: string): Promise<unknown> };
}

const QUIET_FOR = 300;

/** Gives a function that waits until nothing has been asked of the server for a moment, and everything is answered. */
function watchNetwork(page: Page): () => Promise<void> {
  const open = new Set<unknown>();
  let last = Date.now();
  page.on('request', (request) => {
    open.add(request);
    last = Date.now();
  });
  for (const end of ['requestfinished', 'requestfailed'] as const) {
    page.on(end as 'requestfinished', (request) => {
      open.delete(request);
      last = Date.now();
    });
  }
  return async () => {
    const until = Date.now() + PATIENCE;
    while (open.size > 0 || Date.now() - last < QUIET_FOR) {
      if (Date.now() > until) throw new Error(`still waiting for ${open.size} answers`);
      await page.waitForTimeout(50);
    }
  };
}

/** A field of the generated form, the top-most form first (a drawer stands over the page). */
export function field(scope: Page | Locator, name: string): Locator {
  return scope.locator(`[data-field="${name}"]`).first();
}

export const byIcon = (scope: Page | Locator, icon: string): Locator => scope.locator(`button:has([data-icon="${icon}"])`).first();
