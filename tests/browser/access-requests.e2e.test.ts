/** ACC-8: the form about somebody new goes its whole way on pages: filed, approved, looked at, carried out; and a demotion in an open tab. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { startHost, type TestHost } from '../harness/host.ts';
import { byIcon, field, launchBrowser, logInAs } from './studio.ts';

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.crm-page').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const DAY_MS = 86_400_000;
const EMAIL = 'xin.ren@example.com';

describe('the page of access requests', () => {
  let host: TestHost;
  let browser: Browser;
  const idOf = async (email: string): Promise<string> => (await host.database('directus_users').where({ email }).first('id')).id;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('ACC-8: a segment admin files, the head approves, a system admin looks and carries out with one click; the link is shown to copy', async () => {
    const filing = await logInAs(browser, host, 'segadmin.s02@example.com');
    const { page: form } = filing;
    await filing.open('/admin/crm/access-requests', '.file .new');
    await form.getByRole('link', { name: '填写审批表' }).click();
    const menu = form.locator('.v-menu-popper.active');
    const choose = async (name: string, text: string): Promise<void> => {
      await field(form, name).locator('.interface').click();
      await menu.getByText(text, { exact: true }).click();
    };
    await choose('kind', '开通');
    await field(form, 'effective_on').locator('.interface').click();
    await menu.locator('[data-today]').first().click();
    await field(form, 'reason').locator('textarea').fill('新员工入职');
    await field(form, 'last_name').locator('input').fill('辛');
    await field(form, 'first_name').locator('input').fill('仁');
    await field(form, 'user_email').locator('input').fill(EMAIL);
    await choose('to_role', '业务人员');
    await field(form, 'to_segment').locator('.interface').click();
    await form.locator('.v-drawer table tbody tr').filter({ hasText: 's02' }).click();
    await byIcon(form.locator('.v-drawer'), 'check').click();
    await form.locator('.v-drawer').waitFor({ state: 'detached' });
    const saved = form.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().includes('/crm_access_requests'));
    await byIcon(form.locator('header'), 'check').click();
    expect((await saved).status()).toBe(200);
    await filing.close();
    expect(filing.complaints).toEqual([]);
    const row = await host.database('crm_access_requests').where({ user_email: EMAIL }).first();
    expect(row).toMatchObject({ kind: 'open', state: 'requested', to_role: 'sales_rep', reason: '新员工入职' });

    const head = await logInAs(browser, host, 'head.s02@example.com');
    const approval = await host.database('crm_approvals').where({ item: row.id }).first('id');
    await head.open(`/admin/crm/approvals/${approval.id}`, '.approval');
    expect(await head.page.locator('.approval').innerText()).toContain(EMAIL);
    await head.page.getByRole('button', { name: '批准' }).click();
    await head.page.getByText('已批准。').waitFor();
    await head.close();
    expect(head.complaints).toEqual([]);

    const desk = await logInAs(browser, host, 'sysadmin1@example.com');
    await desk.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await desk.open('/admin/crm/access-requests', '.requests .one');
    const card = desk.page.locator('.requests .one').filter({ hasText: EMAIL });
    expect(await card.innerText()).toContain('已批准，待执行');
    await card.getByRole('button', { name: '查看效果' }).click();
    const effect = card.getByRole('region', { name: '效果' });
    await effect.getByRole('button', { name: '执行' }).waitFor();
    expect(await effect.innerText()).toMatch(/现在\s+不能登录\s+执行后\s+业务人员/u);
    expect(await violationsOf(desk.page)).toEqual([]);
    await effect.getByRole('button', { name: '执行' }).click();
    const link = desk.page.locator('.told .link code');
    await link.waitFor();
    expect(await violationsOf(desk.page)).toEqual([]);
    await desk.page.getByRole('button', { name: '复制链接' }).click();
    await desk.page.getByRole('button', { name: '已复制' }).waitFor();
    const url = await link.innerText();
    expect([url.includes('/crm/reset-password#'), await desk.page.evaluate(() => navigator.clipboard.readText())]).toEqual([true, url]);
    expect((await host.database('directus_users').where({ email: EMAIL }).first()).status).toBe('active');
    await expect.poll(() => desk.page.locator('.requests .one').filter({ hasText: EMAIL }).count()).toBe(0);
    await desk.close();
    expect(desk.complaints).toEqual([]);
  });

  it('ACC-8, Q17: what is overdue has a tab with its count: forms, and early freezes without theirs; on a phone, too', async () => {
    const admin = await host.login('segadmin.s02@example.com');
    const long = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
    const row = { kind: 'close', user: await idOf('rep3.s02@example.com'), effective_on: long(20), reason: '已离职' };
    expect((await admin.request('POST', '/items/crm_access_requests', row)).status).toBe(200);
    const early = await idOf('rep2.s02@example.com');
    expect((await admin.request('POST', `/crm/users/${early}/freeze`, { reason: '异常下载' })).status).toBe(200);
    await host
      .database('crm_freezes')
      .where({ user: early })
      .update({ form_due_on: new Date(`${long(5)}T00:00:00`).getTime() });
    for (const look of [{ width: 375, touch: true } as const, { scheme: 'dark', language: 'en-US' } as const]) {
      const { page, complaints, open, close } = await logInAs(browser, host, 'segadmin.s02@example.com', look);
      await open('/admin/crm/access-requests', '.requests .one');
      await page.getByRole('tab').nth(1).click();
      await page.getByText('异常下载').waitFor();
      expect(await page.getByRole('tab').nth(1).innerText()).toMatch(/[（(]2[）)]/u);
      const cards = await page.locator('.requests .one').allInnerTexts();
      expect([cards.length, cards[0], cards[1]]).toEqual([2, expect.stringContaining('异常下载'), expect.stringContaining('已离职')]);
      expect([await overflowOf(page), await violationsOf(page)]).toEqual([0, []]);
      await close();
      expect(complaints).toEqual([]);
    }
  });

  it('F5, ORG-6: a demotion while the Studio is open: the next request renews, the menus are those of the new role, no error page', async () => {
    const user = await idOf('segadmin.s04@example.com');
    const { page, open, go, settled, close } = await logInAs(browser, host, 'segadmin.s04@example.com');
    const menu = () => page.getByRole('link').allInnerTexts();
    await open('/admin/crm/people', '.people .one');
    expect((await menu()).join()).toContain('离岗交接');
    const changed = await (await host.admin()).request('PATCH', `/users/${user}`, { role: ROLE_IDS.sales_rep });
    expect(changed.status, changed.text).toBe(200);
    await go('/crm/my-day', '.crm-page');
    await expect.poll(async () => (await menu()).join(), { timeout: 30_000 }).not.toContain('离岗交接');
    await settled();
    const now = (await menu()).join();
    expect([now.includes('人员'), now.includes('权限变更'), now.includes('我的一天')]).toEqual([false, false, true]);
    expect([new URL(page.url()).pathname, await page.locator('input[type=password]').count()]).toEqual(['/admin/crm/my-day', 0]);
    await open('/admin/crm/people', '.crm-page');
    await page.getByText('没有权限').first().waitFor();
    expect((await page.evaluate(async () => (await fetch('/crm/me')).json())).role).toBe('sales_rep');
    await close();
  });
});
