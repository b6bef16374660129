/** The Studio in a real browser, with everything it complains about written down. */
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import type { TestHost } from '../harness/host.ts';

export interface Look {
  width?: 375 | 1440;
  language?: 'zh-CN' | 'en-US';
  scheme?: 'light' | 'dark';
}

export interface Studio {
  page: Page;
  /** What the console and the network said since the log-in: errors, and answers of 400 and above. */
  complaints: string[];
  open(path: string, ready: string | Locator): Promise<void>;
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

/** Logs in on the log-in page as a person does, by address and password. */
export async function logInAs(browser: Browser, host: TestHost, email: string, look: Look = {}): Promise<Studio> {
  const { width = 1440, language = 'zh-CN', scheme = 'light' } = look;
  const context = await browser.newContext({
    viewport: { width, height: width === 375 ? 812 : 900 },
    locale: language,
    colorScheme: scheme,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${host.url}/admin/login`);
  await page.locator('form input').first().fill(email);
  await page.locator('input[type=password]').first().fill(DEMO_PASSWORD);
  await page.locator('input[type=password]').first().press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));

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
    close: () => context.close(),
  };
}

/** A field of the generated form, the top-most form first (a drawer stands over the page). */
export function field(scope: Page | Locator, name: string): Locator {
  return scope.locator(`[data-field="${name}"]`).first();
}

export const byIcon = (scope: Page | Locator, icon: string): Locator => scope.locator(`button:has([data-icon="${icon}"])`).first();
