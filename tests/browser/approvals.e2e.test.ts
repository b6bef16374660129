/** APR-1: what waits for a head is seen in the menu, read and decided on a phone and by keyboard; whoever asked sees it too. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { launchBrowser, logInAs } from './studio.ts';

/** What is wrong with the accessibility of our part of the page. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.crm-page').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('the approvals page', () => {
  let host: TestHost;
  let browser: Browser;
  const asked: string[] = [];

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
    const rep = await host.login('rep1.s01@example.com');
    const { data } = (await rep.request('GET', '/items/crm_customers?filter[status][_eq]=active&limit=1&fields=id')).body;
    for (const title of ['折扣商机一', '折扣商机二']) {
      const row = { title, customer: data[0].id, amount: 80_000, discount_percent: 30 };
      const item = (await rep.request('POST', '/items/crm_opportunities', row)).body.data.id;
      const answer = await rep.request('POST', '/crm/approvals', { kind: 'discount', item, reason: '老客户续约' });
      expect(answer.status, answer.text).toBe(201);
      asked.push(answer.body.id);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('APR-1: on a phone, the list gives way to one request; a rejection asks for its reason', async () => {
    const { page, complaints, open, settled, close } = await logInAs(browser, host, 'head.s01@example.com', { width: 375, touch: true });
    await open('/admin/crm/approvals', '.cards .card');
    expect([await page.locator('.cards .card').count(), await overflowOf(page), await violationsOf(page)]).toEqual([2, 0, []]);
    await page.locator(`.card[href$="${asked[0]}"]`).click();
    await page.locator('.approval').waitFor();
    expect(await page.locator('.approval').innerText()).toContain('老客户续约');
    expect([await page.locator('.cards').isVisible(), await overflowOf(page), await violationsOf(page)]).toEqual([false, 0, []]);
    await page.getByRole('button', { name: '驳回' }).click();
    await page.getByText('请先写明意见').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.locator('.comment textarea').fill('折扣过高');
    await page.getByRole('button', { name: '驳回' }).click();
    await page.getByText('已驳回。').waitFor();
    await expect.poll(() => page.locator('.history').innerText(), { timeout: 10_000 }).toContain('折扣过高');
    await page.getByRole('link', { name: '返回列表' }).click();
    await settled();
    await expect.poll(() => page.locator('.cards .card').count(), { timeout: 10_000 }).toBe(1);
    await close();
    expect(complaints).toEqual([]);
  });

  it('APR-1: on a desk, the menu counts what waits, and the keyboard alone decides it', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'head.s01@example.com', { scheme: 'dark' });
    await open('/admin/crm/approvals', '.cards .card');
    expect(await page.locator('.count').innerText()).toBe('1');
    await page.locator('.cards .card').focus();
    await page.keyboard.press('Enter');
    await page.locator('.approval').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: '批准' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('已批准。').waitFor();
    await expect.poll(() => page.locator('.count').count()).toBe(0);
    await page.getByText('没有待您审批的事项').waitFor();
    await close();
    expect(complaints).toEqual([]);
  });

  it('APR-1: whoever asked finds what became of it, in their language; a stranger finds nothing there', async () => {
    const [reader] = (await (await host.admin()).request('GET', '/users?filter[email][_eq]=rep1.s01@example.com&fields=id')).body.data;
    await (await host.admin()).request('PATCH', `/users/${reader.id}`, { language: 'en-US' });
    const rep = await logInAs(browser, host, 'rep1.s01@example.com', { width: 375, language: 'en-US' });
    await rep.open('/admin/crm/approvals', '.views');
    await rep.page.getByText('Nothing waits for you').waitFor();
    await rep.page.getByRole('tab', { name: 'What I asked for' }).click();
    await rep.page.locator(`.card[href$="${asked[1]}"]`).click();
    await rep.page.locator('.approval').waitFor();
    expect(await rep.page.locator('.approval').innerText()).toContain('Approved');
    expect([await rep.page.getByRole('button', { name: 'Approve' }).count(), await violationsOf(rep.page)]).toEqual([0, []]);
    await rep.close();
    expect(rep.complaints).toEqual([]);

    const stranger = await logInAs(browser, host, 'rep1.s02@example.com');
    await stranger.open(`/admin/crm/approvals/${asked[1]}`, '.views');
    await stranger.page.getByText('没有这项审批').waitFor();
    await stranger.close();
  });
});
