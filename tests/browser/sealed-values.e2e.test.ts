/** Q11, SEC-5: the owner reads and calls without a click too many; everybody else gives a reason, for half a minute. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { field, launchBrowser, logInAs } from './studio.ts';

const PHONE = '13900112233';
const MASK = '139****2233';
const NEXT = '13900119999';
const NEXT_MASK = '139****9999';
const EMAIL = 'canary.person@example.com';

describe('sealed values in the Studio', () => {
  let host: TestHost;
  let browser: Browser;
  let contact: string;
  let customer: string;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
    const rep = await host.login('rep1.s01@example.com');
    const made = await rep.request('POST', '/items/crm_customers', {
      name: '掩码测试有限公司',
      contacts: { create: [{ name: '测试联系人', phone: PHONE, email: EMAIL }], update: [], delete: [] },
    });
    customer = made.body.data.id;
    contact = (await rep.request('GET', `/items/crm_contacts?filter[customer][_eq]=${customer}&fields=id`)).body.data[0].id;
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  const phoneOf = (page: Awaited<ReturnType<typeof logInAs>>['page']) => field(page, 'phone').locator('input');

  it('Q11: the owner sees the number on the record without a click, calls it, and saves the form without changing it', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open(`/admin/content/crm_contacts/${contact}`, field(page, 'phone'));
    await expect.poll(() => phoneOf(page).inputValue(), { timeout: 30_000 }).toBe(PHONE);
    expect(await field(page, 'phone').locator('a[href^="tel:"]').getAttribute('href')).toBe(`tel:${PHONE}`);
    await field(page, 'position').locator('input').fill('采购经理');
    await page.keyboard.press('Control+s');
    await expect
      .poll(async () => (await host.database('crm_contacts').where({ id: contact }).first('position', 'phone')) as unknown, {
        timeout: 30_000,
      })
      .toEqual({ position: '采购经理', phone: MASK });
    const looks = await host.database('crm_reveals').where({ item: contact, field: 'phone' }).select('purpose');
    expect(looks).toEqual([{ purpose: 'follow_up' }]);
    await close();
    expect(complaints).toEqual([]);
  });

  it('Q11: the owner whose look fails is told why, and tries again', async () => {
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    const because = '加密密钥不可用，暂时不能保存或查看号码、邮箱和微信。';
    await page.route('**/reveal', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/json',
        body: JSON.stringify({ errors: [{ message: because, extensions: { code: 'SERVICE_UNAVAILABLE' } }] }),
      }),
    );
    await open(`/admin/content/crm_contacts/${contact}`, field(page, 'phone'));
    const note = field(page, 'phone').locator('[role="alert"]');
    await expect.poll(() => note.innerText(), { timeout: 30_000 }).toContain(because);
    expect(await phoneOf(page).inputValue()).toBe(MASK);
    await page.unroute('**/reveal');
    await field(page, 'phone').locator('[data-action="visibility"]').click();
    await expect.poll(() => phoneOf(page).inputValue(), { timeout: 30_000 }).toBe(PHONE);
    expect(await note.count()).toBe(0);
    await close();
  });

  it('Q11: the owner types a new number, and it is sealed', async () => {
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open(`/admin/content/crm_contacts/${contact}`, field(page, 'phone'));
    await expect.poll(() => phoneOf(page).inputValue(), { timeout: 30_000 }).toBe(PHONE);
    await phoneOf(page).fill(NEXT);
    await page.keyboard.press('Control+s');
    await expect
      .poll(async () => (await host.database('crm_contacts').where({ id: contact }).first('phone')).phone as string, {
        timeout: 30_000,
      })
      .toBe(NEXT_MASK);
    await close();
  });

  it('SEC-5: a head sees the mask, gives a reason by keyboard, and it hides again after half a minute', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'head.s01@example.com', { width: 375, language: 'en-US' });
    await open(`/admin/content/crm_contacts/${contact}`, field(page, 'phone'));
    await expect.poll(() => phoneOf(page).inputValue(), { timeout: 30_000 }).toBe(NEXT_MASK);
    expect(await phoneOf(page).isDisabled()).toBe(true);
    await field(page, 'phone').locator('[data-action="visibility"]').focus();
    await page.keyboard.press('Enter');
    const dialog = page.locator('.v-card').last();
    await dialog.locator('.v-radio').first().focus();
    await page.keyboard.press('Enter');
    await dialog.locator('button').last().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => phoneOf(page).inputValue(), { timeout: 30_000 }).toBe(NEXT);
    await expect.poll(() => phoneOf(page).inputValue(), { timeout: 45_000 }).toBe(NEXT_MASK);
    await close();
    expect(complaints).toEqual([]);
  });

  it('Q11: a list shows the mask, and its call button drafts the call on the customer', async () => {
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open('/admin/content/crm_contacts', 'table tbody tr');
    await page.locator('.search-input').click();
    await page.locator('.search-input input').fill(NEXT);
    await expect.poll(() => page.locator('table tbody tr').count(), { timeout: 30_000 }).toBe(1);
    await expect.poll(() => page.locator('table').innerText()).toContain(NEXT_MASK);
    expect(await page.locator('table').innerHTML()).not.toContain(NEXT.slice(3, 9));
    await page.locator('table tbody tr .call').first().click();
    await page.waitForURL(/crm_activities\/[\da-f-]{36}/u);
    const drafted = await host.database('crm_activities').where({ customer, type: 'call' }).select('done_at', 'owner');
    expect(drafted).toHaveLength(1);
    expect(drafted[0].done_at).toBeNull();
    await close();
  });

  it('Q11: a column that shows a value of another row has no call button', async () => {
    const rep = await host.login('rep1.s01@example.com');
    expect((await rep.request('PATCH', `/items/crm_customers/${customer}`, { phone: '010-65588888' })).status).toBe(200);
    const view = {
      collection: 'crm_contacts',
      layout: 'tabular',
      layout_query: { tabular: { fields: ['name', 'customer.phone', 'phone'] } },
    };
    const user = (await rep.request('GET', '/users/me?fields=id')).body.data.id;
    await host.database('directus_presets').where({ user, collection: 'crm_contacts' }).delete();
    expect((await rep.request('POST', '/presets', { ...view, user })).status).toBe(200);
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open('/admin/content/crm_contacts', 'table tbody tr');
    await page.locator('.search-input').click();
    await page.locator('.search-input input').fill(NEXT);
    await expect.poll(() => page.locator('table tbody tr').count(), { timeout: 30_000 }).toBe(1);
    await expect.poll(() => page.locator('table').innerText()).toContain('010-65588888');
    expect(await page.locator('table tbody tr .call').count()).toBe(1);
    expect(await page.locator('table tbody tr td', { hasText: '010-65588888' }).locator('.call').count()).toBe(0);
    await close();
  });
});
