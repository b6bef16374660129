/**
 * The demo's log-in page in a real browser: a card for each role, reachable by keyboard, that logs in and opens the
 * place where the role's day begins; side panels are closed at first, so that a phone shows the list.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
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
    await page.locator('.public-view form button[type=submit]').focus();
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

  const seriousIn = async (page: Page, part: string) =>
    (await new AxeBuilder({ page }).include(part).analyze()).violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  const fillIn = async (page: Page, email: string, password: string) => {
    await page.locator('.public-view form input').first().fill(email);
    await page.locator('input[type=password]').first().fill(password);
    await page.locator('input[type=password]').first().press('Enter');
  };
  const person = (email: string) => host.database('directus_users').where({ email });

  it('ACC-4, ACC-6: a failed log-in says what happened and how often, one click tells IT; the page names its address', async () => {
    const page = await logInPage(375, 'zh-CN', 'light');
    const help = page.locator('#crm-log-in-help');
    await help.getByText(`您正在访问 ${host.url}`).waitFor();
    expect(await page.locator('a.forgot-password').isVisible()).toBe(false);
    for (const count of [1, 2]) {
      await fillIn(page, 'rep2.s03@example.com', 'Wrong-password-1!');
      await help.getByText(`登录失败 ${count} 次（401 INVALID_CREDENTIALS）`).waitFor();
    }
    expect([await seriousIn(page, '#crm-log-in-help'), await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([[], 375]);
    await page.reload();
    await help.getByText('登录失败 2 次（401 INVALID_CREDENTIALS）').waitFor();
    await page.route('**/auth/login', (route) => route.abort());
    await fillIn(page, 'rep2.s03@example.com', 'Wrong-password-1!');
    await help.getByText('登录失败 3 次（NETWORK）').waitFor();
    await page.unroute('**/auth/login');
    await help.getByRole('button', { name: '报修' }).click();
    await help.getByText('已报修').waitFor();
    const { id } = await person('rep2.s03@example.com').first('id');
    expect(await host.database('crm_faults').where({ owner: id, attempts: 3 })).toEqual([
      expect.objectContaining({ error_text: 'NETWORK', page: '/admin/login', state: 'new_fault' }),
    ]);
  });

  it('ACC-3: a locked screen covers the whole Studio, keeps what was typed, and opens by the password alone', async () => {
    const page = await logInPage(1440, 'zh-CN', 'light');
    await page.locator('#crm-demo [data-role=sales_rep]').click();
    await page.locator('table tbody tr').first().waitFor();
    await page.goto(`${host.url}/admin/content/crm_customers/+`);
    const name = page.locator('[data-field="name"] input').first();
    await name.fill('锁屏前输入的名称');
    await page.keyboard.press('Control+Alt+KeyL');
    const screen = page.locator('#crm-screen');
    await screen.waitFor();
    expect(await page.evaluate(() => [document.activeElement?.getAttribute('type'), document.elementFromPoint(5, 5)?.id])).toEqual([
      'password',
      'crm-screen',
    ]);
    expect(await seriousIn(page, '#crm-screen')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await screen.isVisible()).toBe(true);
    const beside = await page.evaluate(async () => (await fetch('/items/crm_customers')).status);
    expect([beside, (await page.request.get(`${host.url}/items/crm_customers`)).status()]).toEqual([423, 423]);
    await screen.locator('input').fill('Wrong-password-1!');
    await screen.locator('input').press('Enter');
    await screen.getByText('密码不正确，还可以再试 4 次').waitFor();
    await screen.locator('input').fill(DEMO_PASSWORD);
    await screen.locator('input').press('Enter');
    await screen.waitFor({ state: 'detached' });
    expect(await name.inputValue()).toBe('锁屏前输入的名称');
    expect((await page.request.get(`${host.url}/items/crm_customers`)).status()).toBe(200);
  });

  it('ACC-3: left alone it locks by itself; loaded anew it is still locked, and comes back where it was', async () => {
    const page = await logInPage(375, 'en-US', 'dark');
    const segment = (await host.database('crm_segments').where({ code: 's01' }).first('id')).id;
    await host.database('crm_segments').where({ id: segment }).update({ lock_minutes: 1 });
    try {
      await page.locator('#crm-demo [data-role=sales_rep]').click();
      await page.locator('table tbody tr').first().waitFor();
      await host.database('crm_sessions').update({ seen_at: new Date(Date.now() - 120_000) });
      await page.waitForTimeout(1100);
      await page.goto(`${host.url}/admin/content/crm_customers`);
      const screen = page.locator('#crm-screen');
      await screen.waitFor();
      expect([await seriousIn(page, '#crm-screen'), await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([[], 375]);
      await screen.locator('input').fill(DEMO_PASSWORD);
      await screen.locator('input').press('Enter');
      await page.locator('table tbody tr').first().waitFor();
    } finally {
      await host.database('crm_segments').where({ id: segment }).update({ lock_minutes: null });
    }
  });

  it('ACC-5, ACC-11: the first log-in sets a password before anything else; before the exam there is only a sentence', async () => {
    const page = await logInPage(1440, 'zh-CN', 'light');
    const email = 'rep3.s04@example.com';
    await person(email).update({ crm_must_change_password: true });
    await fillIn(page, email, DEMO_PASSWORD);
    const screen = page.locator('#crm-screen');
    await screen.getByRole('heading', { name: '设置自己的密码' }).waitFor();
    expect(await seriousIn(page, '#crm-screen')).toEqual([]);
    const [current, next, again] = [screen.locator('input').nth(0), screen.locator('input').nth(1), screen.locator('input').nth(2)];
    await current.fill(DEMO_PASSWORD);
    await next.fill('weak');
    await again.fill('weak');
    await again.press('Enter');
    await screen.getByText('密码过于简单').waitFor();
    await next.fill('My-very-own-2026!');
    await again.fill('My-very-own-2026!');
    await again.press('Enter');
    await page.locator('table tbody tr').first().waitFor();
    await person(email).update({ crm_pending_exam: true });
    await page.waitForTimeout(1100);
    await page.goto(`${host.url}/admin/content/crm_customers`);
    await screen.getByRole('heading', { name: '等待上岗考核' }).waitFor();
    await screen.getByRole('button', { name: '退出登录' }).click();
    await page.locator('#crm-demo button').first().waitFor();
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
