/**
 * The page behind a one-time link in a real browser: what is wrong is said in its place, and once it is right the person logs in with
 * the new password.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { launchBrowser } from './studio.ts';

const CHOSEN = 'Chosen-by-me-2026!';

const WORDS = {
  'zh-CN': { weak: '密码过于简单：至少 8 位', invalid: '此链接无效、已使用或已过期' },
  'en-US': { weak: 'The password is too simple: eight characters or more', invalid: 'This link is invalid, used or over' },
} as const;

describe('the page behind a one-time link', () => {
  let host: TestHost;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    host = await startHost({ demo: true, studio: true });
    browser = await launchBrowser();
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  async function linkFor(email: string): Promise<string> {
    const admin = await host.login('sysadmin1@example.com');
    const { id } = await host.database('directus_users').where({ email }).first('id');
    const answer = await admin.request('POST', `/crm/users/${id}/reset-link`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.url;
  }

  async function open(url: string, width: number, locale: keyof typeof WORDS, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    context = await browser.newContext({ viewport: { width, height: 812 }, locale, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    return page;
  }

  const send = async (page: Page, password: string, again = password): Promise<void> => {
    await page.getByLabel(/新密码/u).fill(password);
    await page.getByLabel(/再输入一次/u).fill(again);
    await page.getByRole('button', { name: /保存/u }).click();
  };
  const said = (page: Page) => page.getByRole('alert');

  it.each([
    ['rep1.s02@example.com', 375, 'zh-CN', 'light'],
    ['rep1.s03@example.com', 1440, 'en-US', 'dark'],
  ] as const)(
    'ACC-4, ACC-5: %s at %i px in %s: mismatch and a weak password are said in place, then the new one logs in',
    async (email, width, locale, scheme) => {
      const page = await open(await linkFor(email), width, locale, scheme);
      const asked: string[] = [];
      page.on('request', (request) => void (request.method() === 'POST' && asked.push(new URL(request.url()).pathname)));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

      await send(page, CHOSEN, `${CHOSEN}x`);
      await page.getByText('两次输入不一致 · The two are not the same').waitFor();
      expect([await said(page).innerText(), asked], 'nothing was sent').toEqual(['两次输入不一致 · The two are not the same', []]);

      await send(page, 'weakpass');
      await page.getByText(WORDS[locale].weak).waitFor();
      expect(await said(page).innerText()).toContain(WORDS[locale].weak);
      expect([await page.getByRole('button', { name: /保存/u }).isEnabled(), await page.getByLabel(/再输入一次/u).inputValue()]).toEqual([
        true,
        'weakpass',
      ]);

      await send(page, CHOSEN);
      await page.getByText('Saved: please log in.').waitFor();
      expect(new URL(page.url()).hash, 'the link is out of the address').toBe('');
      expect(asked).toEqual(['/crm/session/reset', '/crm/session/reset']);
      await page.getByRole('link', { name: /登录/u }).click();
      await page.waitForURL(/\/admin\/login/u);
      await page.locator('form input').first().fill(email);
      await page.locator('input[type=password]').first().fill(CHOSEN);
      await page.locator('input[type=password]').first().press('Enter');
      await page.waitForURL((url) => !url.pathname.endsWith('/login'));
    },
  );

  it.each([
    ['used', 'zh-CN'],
    ['cut off', 'en-US'],
    ['without its end', 'zh-CN'],
  ] as const)('ACC-5: a link that is %s says so in place and changes nothing (%s)', async (what, locale) => {
    const email = 'rep2.s02@example.com';
    const url = await linkFor(email);
    if (what === 'used') {
      const body = { token: url.split('#')[1], password: CHOSEN };
      expect((await host.anonymous.request('POST', '/crm/session/reset', body)).status).toBe(200);
    }
    const { password: before } = await host.database('directus_users').where({ email }).first('password');
    const page = await open(what === 'used' ? url : what === 'cut off' ? url.slice(0, -30) : url.split('#')[0]!, 375, locale);
    await send(page, 'Another-one-2026!');
    await page.getByText(WORDS[locale].invalid).waitFor();
    expect(await page.getByRole('button', { name: /保存/u }).isEnabled()).toBe(true);
    expect(await host.database('directus_users').where({ email }).first('password')).toEqual({ password: before });
  });
});
