/**
 * CUS-1, CUS-7, ORG-2, ORG-6, Q19: a rep's first minute in a real browser: log in, enter a customer with its contact on the generated
 * form, meet an error in Chinese, put it right, find it in "my customers"; a head of another segment finds nothing.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { byIcon, field, launchBrowser, logInAs, type Studio } from './studio.ts';

const NAME = '杭州钱江测试机电设备有限公司';

describe('a rep enters a customer', { timeout: 300_000 }, () => {
  let host: TestHost;
  let browser: Browser;
  let rep: Studio;
  let customerId: string;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('ORG-6: starts at "my customers", in Chinese', async () => {
    rep = await logInAs(browser, host, 'rep1.s01@example.com');
    await rep.page.waitForURL(/\/content\/crm_customers/);
    await rep.page.getByText('我的客户').first().waitFor();
    await rep.page.locator('table tbody tr').first().waitFor();
  });

  it('CUS-1: the form begins with six fields, the contact is created in it', async () => {
    await rep.open('/admin/content/crm_customers/+', '[data-field="name"] input');
    const names = await rep.page
      .locator('[data-field]:visible')
      .evaluateAll((fields) => fields.map((element) => (element as HTMLElement).dataset['field']));
    expect(names.length).toBeLessThanOrEqual(6);
    expect(names).toEqual(expect.arrayContaining(['name', 'contacts']));
  });

  it('CUS-7: a wrong phone number is refused in Chinese at the field, and nothing typed is lost', async () => {
    const { page } = rep;
    await field(page, 'name').locator('input').fill(NAME);
    await field(page, 'contacts').locator('.actions button:has([data-icon="add"])').first().click();
    const drawer = page.locator('.v-drawer');
    await field(drawer, 'name').locator('input').fill('王小明');
    await field(drawer, 'phone').locator('input, textarea').first().fill('12345');
    await byIcon(drawer, 'check').click();
    await drawer.waitFor({ state: 'detached' });
    const refused = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().includes('/items/crm_customers'),
    );
    await byIcon(page.locator('header'), 'check').click();
    expect((await refused).status()).toBe(400);
    await field(page, 'contacts').getByText('“王小明”：电话号码位数不对').waitFor();
    expect(await field(page, 'name').locator('input').inputValue()).toBe(NAME);
    expect(await field(page, 'contacts').getByText('王小明', { exact: true }).count()).toBeGreaterThan(0);
    expect(await host.database('crm_customers').where({ name: NAME })).toEqual([]);
  });

  it('CUS-7: a wrong credit code is refused in Chinese at its own field', async () => {
    const { page } = rep;
    await page.getByText('单位资料').first().click();
    await field(page, 'uscc').locator('input').fill('91350100M000100Y44');
    await byIcon(page.locator('header'), 'check').click();
    await field(page, 'uscc').getByText('校验位不符').waitFor();
    await field(page, 'uscc').locator('input').fill('');
  });

  it('Q19: put right, the customer is saved as a draft of the rep, with its contact', async () => {
    const { page } = rep;
    await field(page, 'contacts').getByText('王小明', { exact: true }).first().click();
    const drawer = page.locator('.v-drawer');
    await field(drawer, 'phone').locator('input, textarea').first().fill('138 0013 8000');
    await byIcon(drawer, 'check').click();
    await drawer.waitFor({ state: 'detached' });
    const saved = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().includes('/items/crm_customers'),
    );
    await byIcon(page.locator('header'), 'check').click();
    expect((await saved).status()).toBe(200);
    const row = await host.database('crm_customers').where({ name: NAME }).first();
    const owner = await host.database('directus_users').where({ email: 'rep1.s01@example.com' }).first('id', 'crm_segment');
    expect(row).toMatchObject({ status: 'draft', owner: owner.id, segment: owner.crm_segment });
    const [contact] = await host.database('crm_contacts').where({ customer: row.id });
    expect(contact).toMatchObject({ name: '王小明', phone: '138****8000', owner: owner.id, segment: owner.crm_segment });
    customerId = row.id;
  });

  it('ORG-6: it is found in "my customers"', async () => {
    await rep.open('/admin/content/crm_customers', 'table tbody tr');
    await rep.page.locator('.search-input').first().click();
    await rep.page.locator('input[type=search]').first().fill(NAME);
    await rep.page.locator('table').getByText(NAME).first().waitFor();
    await rep.close();
  });

  it('ORG-2: a head of another segment finds nothing, by search, by address or by API', async () => {
    const head = await logInAs(browser, host, 'head.s02@example.com');
    await head.open(`/admin/content/crm_customers?search=${encodeURIComponent(NAME)}`, '.v-info, table');
    expect(await head.page.getByText(NAME).count()).toBe(0);
    await head.page.goto(`${host.url}/admin/content/crm_customers/${customerId}`);
    await head.page.waitForLoadState('networkidle');
    expect(await head.page.content()).not.toContain(NAME);
    await head.close();
    const client = await host.login('head.s02@example.com');
    const own = await host.login('head.s01@example.com');
    expect((await client.request('GET', `/items/crm_customers/${customerId}`)).status).toBe(403);
    expect((await own.request('GET', `/items/crm_customers/${customerId}`)).body.data.name).toBe(NAME);
  });
});
