/**
 * The demo's log-in page in a real browser: a card for each role, reachable by keyboard, that logs in and opens the
 * place where the role's day begins; side panels are closed at first, so that a phone shows the list.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { launchBrowser } from './studio.ts';

describe('the cards on the log-in page', () => {
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

  async function logInPage(width: number, locale: 'zh-CN' | 'en-US', colorScheme: 'light' | 'dark'): Promise<Page> {
    context = await browser.newContext({ viewport: { width, height: 900 }, locale, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${host.url}/admin/login`);
    await page.locator('#crm-demo button').first().waitFor();
    return page;
  }

  it.each([
    [1440, 'zh-CN', 'light', '销售代表'],
    [375, 'en-US', 'dark', 'Sales rep'],
  ] as const)('%i px, %s, %s: five roles, none cut off, no serious fault of accessibility', async (width, locale, scheme, first) => {
    const page = await logInPage(width, locale, scheme);
    const cards = page.locator('#crm-demo button');
    expect(await cards.count()).toBe(5);
    expect(await cards.first().innerText()).toContain(first);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const { violations } = await new AxeBuilder({ page }).include('#crm-demo').analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

  it('the keyboard reaches the cards after the form, Enter walks in: a rep starts at "my customers"', async () => {
    const page = await logInPage(1440, 'zh-CN', 'light');
    await page.locator('a.forgot-password').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-role'))).toBe('sales_rep');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/admin\/content\/crm_customers\?bookmark=\d+$/);
    await page.locator('table tbody tr').first().waitFor();
    expect(await page.locator('h1').first().innerText()).toContain('我的客户');
  });

  it('OPS-8: on a phone the first page shows the list, not a panel over it', async () => {
    const page = await logInPage(375, 'zh-CN', 'light');
    await page.locator('#crm-demo [data-role=sales_rep]').click();
    const row = page.locator('table tbody tr').first();
    await row.waitFor();
    const box = await row.boundingBox();
    const top = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('table') !== null, {
      x: 120,
      y: (box?.y ?? 0) + 10,
    });
    expect(top).toBe(true);
  });

  it.each(['segment_head', 'group_executive'])('%s: every panel of the dashboard is drawn, nothing in the console', async (role) => {
    const page = await logInPage(1440, 'zh-CN', 'light');
    await page.waitForLoadState('networkidle');
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on(
      'response',
      (response) =>
        response.status() >= 400 && !response.url().endsWith('/favicon.ico') && complaints.push(`${response.status()} ${response.url()}`),
    );
    await page.locator(`#crm-demo [data-role=${role}]`).click();
    await page.waitForURL(/\/admin\/insights\//);
    await page.locator('.v-workspace-tile').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.locator('.metric-list').first().waitFor();
    const text = await page.locator('.v-workspace').innerText();
    for (const name of ['有效客户', '30 天未跟进', '客户分类', '初步接触', '成交', '近一个月每日行动', '14 天未登录'])
      expect(text).toContain(name);
    expect(text).toMatch(/[1-9]\d*/);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(complaints.filter((line) => !line.includes('favicon'))).toEqual([]);
  });

  it('a role that cannot log in says so and leaves the form alone', async () => {
    const page = await logInPage(1440, 'zh-CN', 'light');
    await host.database('directus_users').where({ email: 'sysadmin1@example.com' }).update({ status: 'suspended' });
    await page.locator('#crm-demo [data-role=system_admin]').click();
    await page.locator('#crm-demo [role=alert]:not(:empty)').waitFor();
    expect(await page.locator('#crm-demo [role=alert]').innerText()).toContain('无法以此角色登录');
    expect(await page.locator('#crm-demo button[disabled]').count()).toBe(0);
    await host.database('directus_users').where({ email: 'sysadmin1@example.com' }).update({ status: 'active' });
  });
});
