/** USE-3, Q11, CUS-1: a rep's day on a phone and by keyboard: what waits, one click logs, a customer in under a minute, search. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toStoredDay } from '../../extensions/crm/src/platform/api/stored-day.ts';
import { startHost, type TestHost } from '../harness/host.ts';
import { dayIn, daysAgo } from '../integration/my-day/ask.ts';
import { field, launchBrowser, logInAs } from './studio.ts';

const REP = 'rep1.s01@example.com';
const PHONE = '13900112233';
const CUSTOMER = '今日页面有限公司';
const LEAD = '页面线索到期';
const LONG = { timeout: 30_000 };

async function accessible(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const scope = (await page.locator('.v-drawer').count()) ? '.v-drawer .quick' : '.crm-page';
  const { violations } = await new AxeBuilder({ page }).include(scope).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  // The colours of the host's own buttons are the theme's.
  expect(found.filter((one) => !/^color-contrast: <span data-v-\w+="" class="content">/u.test(one))).toEqual([]);
}

describe('the page of the day', () => {
  let host: TestHost;
  let browser: Browser;
  let lead: string;
  let task: string;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
    const { id: owner } = await host.database('directus_users').where({ email: REP }).first('id');
    // Only what this test plans stands in the day: the demo's own lists change with the calendar.
    await host.database('crm_activities').where({ owner }).whereNull('done_at').update({ done_at: new Date() });
    await host.database('crm_leads').where({ owner }).update({ last_activity_at: new Date() });
    await host.database('crm_opportunities').where({ owner }).update({ last_activity_at: new Date() });
    const rep = await host.login(REP);
    const create = async (collection: string, row: object): Promise<string> =>
      (await rep.request('POST', `/items/${collection}`, row)).body.data.id;
    const customer = await create('crm_customers', {
      name: CUSTOMER,
      contacts: { create: [{ name: '李雷', phone: PHONE }], update: [], delete: [] },
    });
    task = await create('crm_activities', { type: 'call', subject: '约时间', customer, due_on: dayIn(0) });
    await host
      .database('crm_activities')
      .where({ id: task })
      .update({ due_on: toStoredDay(host.database, dayIn(-1)) });
    await create('crm_activities', { type: 'visit', subject: '送样品', customer, due_on: dayIn(0) });
    lead = await create('crm_leads', { title: LEAD });
    await host
      .database('crm_leads')
      .where({ id: lead })
      .update({ last_activity_at: daysAgo(28) });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('USE-3, Q11: on a phone the rep sees the number, marks one thing done and logs "no change" with one click', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, REP, { width: 375, touch: true });
    await open('/admin/crm/my-day', '.columns');
    await page.getByRole('heading', { name: /逾期/u }).waitFor();
    expect(await page.locator(`a[href="tel:${PHONE}"]`).count()).toBeGreaterThan(0);
    await accessible(page);
    await page.getByRole('button', { name: '完成“约时间”' }).tap();
    await page.getByText('没有逾期').waitFor();
    expect((await host.database('crm_activities').where({ id: task }).first('done_at')).done_at).not.toBeNull();
    await page.getByRole('button', { name: `记录“${LEAD}”：无变化` }).tap();
    await page.getByText('七天内没有要超期的线索和商机').waitFor();
    const logged = await host.database('crm_activities').where({ lead }).select('type', 'done_at', 'subject');
    expect(logged).toMatchObject([{ type: 'no_change', subject: '本月无变化' }]);
    expect(logged[0].done_at).not.toBeNull();
    await page.getByRole('link', { name: '补充内容' }).waitFor();
    expect(await host.database('crm_reveals').where({ purpose: 'my_day' }).select('field')).toEqual([{ field: 'phone' }]);
    await close();
    expect(complaints).toEqual([]);
  });

  it('CUS-1, CUS-7: a customer is entered by keyboard alone in under a minute; a refusal stands at its field and takes nothing', async () => {
    const { page, open, close } = await logInAs(browser, host, REP);
    await open('/admin/crm/my-day', '.columns, .nothing');
    const begun = Date.now();
    await page.keyboard.press('c');
    const drawer = page.locator('.v-drawer');
    await drawer.getByLabel('客户名称').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('text');
    expect(await drawer.locator('.quick input, .quick select').count()).toBeLessThanOrEqual(6);
    await page.keyboard.type('今日页面');
    await drawer.getByText('您已有：').waitFor();
    expect(await drawer.locator('.alike a').first().innerText()).toBe(CUSTOMER);
    await page.keyboard.type('二号有限公司');
    await expect.poll(() => drawer.locator('.alike a').count()).toBe(0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('韩梅梅');
    await page.keyboard.press('Tab');
    await page.keyboard.type('12345');
    await page.keyboard.press('Enter');
    await drawer.locator('[data-quick="contact_phone"] .fault').waitFor();
    expect(await drawer.getByLabel('客户名称').inputValue()).toBe('今日页面二号有限公司');
    await accessible(page);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('13800138000');
    await page.keyboard.press('Shift+Enter');
    await drawer.getByText('已录入：今日页面二号有限公司').waitFor();
    expect(Date.now() - begun).toBeLessThan(60_000);
    expect(await drawer.getByLabel('客户名称').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    const made = await host.database('crm_customers').where({ name: '今日页面二号有限公司' }).first('id', 'owner');
    expect(await host.database('crm_contacts').where({ customer: made.id }).select('name', 'phone')).toEqual([
      { name: '韩梅梅', phone: '138****8000' },
    ]);
    await page.keyboard.press('l');
    await drawer.getByLabel('公司名称').waitFor();
    await page.keyboard.press('n');
    expect(await drawer.getByLabel('公司名称').inputValue()).toBe('n');
    await page.keyboard.type('线索公司');
    await page.keyboard.press('Enter');
    await drawer.waitFor({ state: 'detached' });
    expect(await host.database('crm_leads').where({ company_name: 'n线索公司' }).first('title')).toEqual({ title: 'n线索公司' });
    await page.keyboard.press('c');
    const texts = { 客户名称: '地区录入有限公司', 联系人: '韩梅梅', 联系电话: '13800138001' };
    for (const [label, text] of Object.entries(texts)) await drawer.getByLabel(label).fill(text);
    await drawer.getByLabel('地区').press('Enter');
    await drawer.waitFor({ state: 'detached' });
    await close();
  });

  it('OPS-8: a whole day on a phone: a customer and a lead are entered, called, moved on and written down, with one finger', async () => {
    const rep = await host.login(REP);
    const [active] = (await rep.request('GET', '/items/crm_customers?filter[status][_eq]=active&limit=1&fields=id')).body.data;
    const deal = await rep.request('POST', '/items/crm_opportunities', { title: '一天的商机', customer: active.id, amount: 90_000 });
    const { page, complaints, open, settled, close } = await logInAs(browser, host, REP, { width: 375, touch: true });
    const fits = async (): Promise<void> =>
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    const drawer = page.locator('.v-drawer');
    await open('/admin/crm/my-day', '.columns, .nothing');
    await fits();

    // A customer, with the hint that there is one like it.
    await page.getByRole('button', { name: '新建客户' }).tap();
    await drawer.getByLabel('客户名称').waitFor();
    expect(await drawer.locator('.quick input, .quick select').count()).toBeLessThanOrEqual(6);
    await drawer.getByLabel('客户名称').pressSequentially('今日页面');
    await drawer.getByText('您已有：').waitFor();
    await accessible(page);
    await drawer.getByLabel('客户名称').fill('手机录入有限公司');
    await drawer.getByLabel('联系人').fill('小王');
    await drawer.getByLabel('联系电话').fill('13700137000');
    await drawer.getByRole('button', { name: '保存', exact: true }).tap();
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('已录入：手机录入有限公司').waitFor();

    // A lead, then its record: the number stands there in clear, and is called by a tap.
    await page.getByRole('button', { name: '新建线索' }).tap();
    await drawer.getByLabel('公司名称').waitFor();
    expect(await drawer.locator('.quick input, .quick select').count()).toBeLessThanOrEqual(6);
    await drawer.getByLabel('公司名称').fill('手机线索公司');
    await drawer.getByLabel('联系电话').fill('13600136000');
    await drawer.getByRole('button', { name: '保存', exact: true }).tap();
    await page.getByText('已录入：手机线索公司').waitFor();
    await page.getByRole('link', { name: '补充内容' }).tap();
    await page.waitForURL(/content\/crm_leads\/[\da-f-]{36}/u);
    const phone = field(page, 'phone');
    await expect.poll(() => phone.locator('input').inputValue(), LONG).toBe('13600136000');
    expect(await phone.locator('a[href^="tel:"]').getAttribute('href')).toBe('tel:13600136000');
    await fits();
    const related = page.locator('.v-detail .v-divider').filter({ has: page.locator('[data-icon="hub"]') });
    await related.first().tap();
    await page.locator('.record-timeline').scrollIntoViewIfNeeded();
    await page.getByText('还没有动态').waitFor();

    // What was opened stands in the day, and one tap writes the call down.
    await open('/admin/crm/my-day', '.columns');
    await page.locator('[data-part=recent]').getByRole('button', { name: '记录“手机线索公司”：电话' }).tap();
    await page.getByText('已记录：电话跟进').waitFor();
    const { id } = await host.database('crm_leads').where({ company_name: '手机线索公司' }).first('id');
    expect(await host.database('crm_activities').where({ lead: id }).select('type', 'subject')).toEqual([
      { type: 'call', subject: '电话跟进' },
    ]);

    // From the board to the record; its next stage asks for one field, and the timeline tells of it.
    await open('/admin/crm/board', '[data-card]');
    await page.getByRole('searchbox').fill('一天的商机');
    await page.locator('[data-card] .title', { hasText: '一天的商机' }).tap();
    await page.waitForURL(/content\/crm_opportunities\/[\da-f-]{36}/u);
    await page.locator('.stage-path button.step').tap();
    await page.locator('.move-dialog textarea').fill('两台泵车，下月到货');
    await page.locator('.move-dialog button').last().tap();
    await expect.poll(() => page.locator('.stage-path [aria-current=step]').innerText(), LONG).toContain('需求分析');
    await related.first().tap();
    await page.locator('.record-timeline').scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('.record-timeline').innerText(), LONG).toContain('移到“需求分析”');
    await page.locator('.record-timeline .log').tap();
    await page.locator('.log-form').getByLabel('主题').fill('确认了型号');
    await page.locator('.log-form button').last().tap();
    await page.locator('[data-entry=activity]', { hasText: '确认了型号' }).waitFor();
    await fits();
    await settled();
    await close();
    expect((await host.database('crm_opportunities').where({ id: deal.body.data.id }).first('needs')).needs).toBe('两台泵车，下月到货');
    expect(complaints.filter((one) => !/\/stage$|status of 400/u.test(one))).toEqual([]);
  });

  it('USE-3: a long list begins with five, so that the one below it is seen; the rest is one tap away', async () => {
    const rep = await host.login(REP);
    const many = Array.from({ length: 9 }, (_, at) => ({ type: 'task', subject: `今天的事 ${at}`, due_on: dayIn(0) }));
    expect((await rep.request('POST', '/items/crm_activities', many)).status).toBe(200);
    const { page, open, close } = await logInAs(browser, host, REP, { width: 375, touch: true, scheme: 'dark' });
    await open('/admin/crm/my-day', '.columns');
    const today = page.locator('[data-part=today]');
    const count = Number(await today.locator('.count').innerText());
    expect(count).toBeGreaterThanOrEqual(9);
    expect(await today.locator('.card').count()).toBe(5);
    await today.getByRole('button', { name: `显示其余 ${count - 5} 项` }).tap();
    expect(await today.locator('.card').count()).toBe(count);
    await accessible(page);
    await close();
  });

  it('USE-3: keys of the page rest while a drawer is open', async () => {
    const { page, open, close } = await logInAs(browser, host, REP);
    await open('/admin/crm/my-day', '.columns');
    await page.keyboard.press('c');
    const drawer = page.locator('.v-drawer');
    await drawer.getByLabel('客户名称').waitFor();
    // On a button nothing is typed: the key would be free.
    await drawer.getByRole('button', { name: '保存并新建' }).focus();
    for (const key of ['l', 'n', '/', '?']) await page.keyboard.press(key);
    expect([await drawer.count(), await drawer.getByLabel('公司名称').count(), await page.locator('.shortcuts').count()]).toEqual([
      1, 0, 0,
    ]);
    expect(page.url()).toContain('/crm/my-day');
    expect(await page.evaluate(() => document.activeElement?.closest('.v-drawer') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.keyboard.press('l');
    await drawer.getByLabel('公司名称').waitFor();
    await close();
  });

  it('SAL-7: what was won and has no order yet is listed to its rep, opens the deal, and says so where it is not known', async () => {
    const rep = await host.login(REP);
    const [active] = (await rep.request('GET', '/items/crm_customers?filter[status][_eq]=active&limit=1&fields=id')).body.data;
    const { id } = (await rep.request('POST', '/items/crm_opportunities', { title: '缺订单的成交', customer: active.id })).body.data;
    const { id: stage } = await host.database('crm_stages').where({ key: 'won', segment: null }).first('id');
    const closed_on = toStoredDay(host.database, dayIn(-900));
    await host.database('crm_opportunities').where({ id }).update({ stage, closed_on });
    const { page, open, close } = await logInAs(browser, host, REP, { width: 375, touch: true });
    await open('/admin/crm/my-day', '[data-part=unordered] .card');
    const card = page.locator('[data-part=unordered] .card', { hasText: '缺订单的成交' });
    expect(await card.innerText()).toContain('成交 900 天，期限 7 天');
    await accessible(page);
    await card.locator('a.title').tap();
    await page.waitForURL(new RegExp(`crm_opportunities/${id}`, 'u'));
    await page.route(/won-without-order/u, (route) =>
      route.fulfill({ status: 500, contentType: 'application/json', body: '{"errors":[]}' }),
    );
    await open('/admin/crm/my-day', '[data-part=unordered] .none');
    await close();
  });

  it('USE-3: the slash finds a customer and opens it, the question mark tells the keys, in English', async () => {
    await host.database('directus_users').where({ email: REP }).update({ language: 'en-US' });
    const { page, complaints, open, close } = await logInAs(browser, host, REP, { language: 'en-US', scheme: 'dark' });
    await open('/admin/crm/my-day', '.columns, .nothing');
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.keyboard.press('?');
    await page.locator('.shortcuts kbd').first().waitFor();
    await accessible(page);
    await page.keyboard.press('/');
    await page.keyboard.type(CUSTOMER);
    await page.locator('.results a').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/content\/crm_customers\/[\da-f-]{36}/u);
    await close();
    expect(complaints).toEqual([]);
  });

  it('a day with nothing in it says what to do, one that fails offers another try', async () => {
    await host.database('directus_users').where({ email: 'exec2@example.com' }).update({ language: 'zh-CN' });
    const { page, open, close } = await logInAs(browser, host, 'exec2@example.com');
    const asked = `${host.url}/crm/my-day`;
    await page.route(asked, (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{"errors":[]}' }));
    await open('/admin/crm/my-day', '.page-state');
    await page.unroute(asked);
    await page.getByText('再试一次').click();
    await page.locator('.nothing, .columns').first().waitFor();
    // Whoever only assigns activities is offered no customer.
    expect(await page.locator('.ways .way').count()).toBe(1);
    await close();
  });
});
