/** SEC-3: the log and the history of rights, read by a system administrator and by a segment's, on a desk and on a phone. */
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

/** As `datetime-local` takes it, in the business's zone. */
const asTyped = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);

describe('the audit page', () => {
  let host: TestHost;
  let browser: Browser;
  let customer: string;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
    const rep = await host.login('rep1.s01@example.com');
    customer = (await rep.request('POST', '/items/crm_customers', { name: '审计页有限公司', phone: '13911112222', kind: 'person' })).body
      .data.id;
    await rep.request('PATCH', `/items/crm_customers/${customer}`, { name: '审计页股份有限公司', needs: '审计页的需求' });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('SEC-3: a system administrator finds who changed what, by name and by row, and opens the row', async () => {
    const { page, complaints, open, settled, close } = await logInAs(browser, host, 'sysadmin1@example.com');
    await open('/admin/crm/audit', '.entries .entry');
    const [collections, person, row] = [
      page.locator('.filter label').nth(3),
      page.locator('.filter label').nth(4),
      page.locator('.filter label').nth(5),
    ];
    await collections.locator('.v-input').click();
    await page.locator('.v-menu-content .v-list-item').filter({ hasText: '客户' }).first().click();
    await row.locator('input').fill(customer);
    await page.locator('.filter button[type=submit]').click();
    await settled();
    await expect.poll(() => page.locator('.entry').count()).toBe(2);
    const latest = page.locator('.entry').first();
    expect(await latest.innerText()).toContain('修改');
    await latest.locator('summary').click();
    const details = await latest.locator('table').innerText();
    expect(details).toContain('审计页的需求');
    // The customer is a person: the name is a mask in a log that nothing is erased from (Q8), and its change still shows.
    expect(details).toMatch(/审\*+ #\w+\s+审\*+ #\w+/);
    expect(details).not.toContain('审计页有限公司');
    expect(await page.locator('.entries').innerHTML()).not.toContain('13911112222');

    await person.locator('input').fill('nobody of that name');
    await page.locator('.filter button[type=submit]').click();
    await page.getByText('没有符合条件的记录').waitFor();
    await person.locator('input').fill('rep1.s01@example');
    await page.locator('.filter button[type=submit]').click();
    await page.locator('.entry').nth(1).waitFor();
    await page.locator('.entry a.item').first().click();
    await page.waitForURL((url) => url.pathname.endsWith(`/content/crm_customers/${customer}`));
    await close();
    expect(complaints).toEqual([]);
  });

  it('SEC-3: who had what at a moment, and what changed between two', async () => {
    const { page, complaints, open, settled, close } = await logInAs(browser, host, 'sysadmin1@example.com', { scheme: 'dark' });
    const root = await host.admin();
    const { since } = (await root.request('GET', `/crm/audit/rights?on=${new Date().toISOString()}`)).body;
    const [rep] = (await root.request('GET', '/users?filter[email][_eq]=rep2.s01@example.com&fields=id')).body.data;
    await root.request('PATCH', `/users/${rep.id}`, { status: 'suspended' });
    await open('/admin/crm/audit', '.entries .entry');
    await page.locator('.views button').nth(1).click();
    await page.locator('.find input').fill('rep2.s01@example.com');
    await expect.poll(() => page.locator('section').first().locator('.card').count()).toBe(1);
    expect(await page.locator('section').first().locator('.card').innerText()).toContain('停用');
    await page.locator('.views button').nth(2).click();
    await page
      .locator('.ask input')
      .nth(0)
      .fill(asTyped(new Date(Date.parse(since) + 1000)));
    await page.locator('.ask button').click();
    await settled();
    await page.locator('.card').first().waitFor();
    expect(await page.locator('.list').innerText()).toMatch(/启用 → 停用/u);
    await close();
    expect(complaints).toEqual([]);
  });

  it.each([
    { language: 'zh-CN', scheme: 'light', width: 1440, open: '公开', ours: '业务人员', auditor: '审计员' },
    { language: 'en-US', scheme: 'dark', width: 375, open: 'Public', ours: 'Sales rep', auditor: 'Auditor' },
  ] as const)('SEC-3: the views are tabs for keyboards and screen readers, and rights have names ($language)', async (look) => {
    const root = await host.admin();
    const [policy] = (await root.request('GET', '/policies?filter[name][_eq]=$t:public_label&fields=id')).body.data;
    const [reader] = (await root.request('GET', '/users?filter[email][_eq]=sysadmin2@example.com&fields=id')).body.data;
    await root.request('PATCH', `/users/${reader.id}`, { language: look.language });
    const since = new Date();
    await root.request('PATCH', `/policies/${policy.id}`, { enforce_tfa: look.language === 'zh-CN' });
    const { page, complaints, open, settled, close } = await logInAs(browser, host, 'sysadmin2@example.com', look);
    await open('/admin/crm/audit', '.entries .entry');
    await page.locator('.filter label').nth(5).locator('input').fill(policy.id);
    await page.locator('.filter button[type=submit]').click();
    await settled();
    await expect.poll(() => page.locator('.entry .item').first().innerText()).toBe(look.open);
    expect(await violationsOf(page)).toEqual([]);
    const [log, rights, diff] = ['log', 'rights', 'diff'].map((name) => page.locator(`#crm-audit-${name}`));
    await log!.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => rights!.getAttribute('aria-selected')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('crm-audit-rights');
    expect(await page.locator('[role=tabpanel]').getAttribute('aria-labelledby')).toBe('crm-audit-rights');
    await page.locator('.card details').first().waitFor();
    for (const one of await page.locator('.card details summary').all()) await one.click();
    const text = await page.locator('[role=tabpanel]').innerText();
    expect(text).not.toContain('$t:');
    for (const name of [look.open, look.ours, look.auditor]) expect(text).toContain(name);
    expect(await violationsOf(page)).toEqual([]);
    await rights!.focus();
    await page.keyboard.press('End');
    await expect.poll(() => diff!.getAttribute('aria-selected')).toBe('true');
    await page.locator('.ask input').first().fill(asTyped(since));
    await page.locator('.ask button').click();
    await settled();
    await page.locator('.card').first().waitFor();
    expect(await page.locator('.list').innerText()).toContain(look.open);
    expect(await violationsOf(page)).toEqual([]);
    await close();
    expect(complaints).toEqual([]);
  });

  it('SEC-3: a segment administrator has the log of the own segment and no history of rights, also on a phone', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'segadmin.s01@example.com', { width: 375 });
    await open('/admin/crm/audit', '.entries .entry');
    expect(await page.locator('.views').count()).toBe(0);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await violationsOf(page)).toEqual([]);
    // What there is nothing of is said below the form, not across it.
    await page.locator('form input').last().fill('no such row');
    await page.getByRole('button', { name: '查询' }).click();
    const form = (await page.locator('.crm-page form').boundingBox())!;
    await page.locator('.v-info').waitFor();
    expect((await page.locator('.v-info').boundingBox())!.y).toBeGreaterThanOrEqual(form.y + form.height);
    await close();
    expect(complaints).toEqual([]);
  });
});
