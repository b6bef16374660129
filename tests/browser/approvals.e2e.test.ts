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
    // What the demo's own people ask for is decided elsewhere.
    await host.database('crm_approvals').where({ state: 'pending' }).update({ state: 'void' });
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

  it('SAL-11, APR-1: from the record: a rep asks where the discount stops the way, the head decides there; what has changed is said first', async () => {
    const rep = await host.login('rep1.s02@example.com');
    const { data } = (await rep.request('GET', '/items/crm_customers?filter[status][_eq]=active&limit=1&fields=id')).body;
    const row = {
      title: '从记录审批',
      customer: data[0].id,
      amount: 90_000,
      needs: '换代',
      discount_percent: 35,
      expected_close_on: '2031-01-31',
    };
    const item = (await rep.request('POST', '/items/crm_opportunities', row)).body.data.id;
    const moved = await rep.request('POST', `/crm/opportunities/${item}/stage`, { stage: 'needs_analysis' });
    expect(moved.status, moved.text).toBe(200);

    const asking = await logInAs(browser, host, 'rep1.s02@example.com');
    await asking.open(`/admin/content/crm_opportunities/${item}`, '.stage-path .stages');
    await asking.page.locator('.stage-path button.step').click();
    await asking.page.locator('.move-dialog').waitFor();
    const ask = asking.page.locator('.move-dialog').getByRole('button', { name: '申请审批' });
    expect(await ask.isDisabled()).toBe(true);
    await asking.page.locator('.move-dialog textarea').fill('年度框架协议');
    await ask.click();
    await expect.poll(() => asking.page.locator('.stage-path').innerText(), { timeout: 20_000 }).toContain('从记录审批');
    const waiting = await host.database('crm_approvals').where({ item, state: 'pending' }).first('id', 'reason');
    expect(waiting?.reason).toBe('年度框架协议');

    const head = await logInAs(browser, host, 'head.s02@example.com');
    await head.open(`/admin/content/crm_opportunities/${item}`, '.stage-path .stages');
    await head.page
      .locator('.v-detail .v-divider')
      .filter({ has: head.page.locator('[data-icon="hub"]') })
      .first()
      .click();
    await head.page.locator('.record-timeline').scrollIntoViewIfNeeded();
    const card = head.page.locator('.record-timeline .waits .approval');
    await card.waitFor();
    expect(await card.innerText()).toContain('年度框架协议');
    // Meanwhile it has become another one: whoever looks at the old one decides nothing.
    await host.database('crm_approvals').where({ id: waiting.id }).update({ version: 2 });
    await card.getByRole('button', { name: '批准' }).click();
    await card.getByRole('alert').getByText('您打开之后此申请已有变化').waitFor();
    expect((await host.database('crm_approvals').where({ id: waiting.id }).first('state')).state).toBe('pending');
    await expect.poll(() => card.getByRole('button', { name: '批准' }).isEnabled(), { timeout: 10_000 }).toBe(true);
    await card.getByRole('button', { name: '批准' }).click();
    await card.getByText('已批准。').waitFor();
    await head.close();
    // The refused decision is a refused request in the browser's own list.
    expect(head.complaints.filter((one) => !one.includes('409'))).toEqual([]);

    await asking.page.reload();
    await asking.page.locator('.stage-path button.step').click();
    await expect.poll(() => asking.page.locator('.stage-path [aria-current=step]').innerText(), { timeout: 20_000 }).toContain('方案');
    await asking.close();
    expect(asking.complaints.filter((one) => !/\b4\d\d\b/u.test(one))).toEqual([]);
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

  it('ORG-3, CUS-13: group marketing carries a transfer out, an administrator rules on a dispute, each by clicks', async () => {
    const rep = await host.login('rep1.s01@example.com');
    const companies = '/items/crm_customers?filter[status][_eq]=active&filter[kind][_eq]=company&limit=2&fields=id,name';
    const [leaving, disputed] = (await rep.request('GET', companies)).body.data;
    const [segment] = (await rep.request('GET', '/items/crm_segments?filter[code][_eq]=s04&fields=id')).body.data;
    const person = { customer: leaving.id, name: '王敏', phone: '13800138000' };
    expect((await rep.request('POST', '/items/crm_contacts', person)).status).toBe(200);

    const asker = await logInAs(browser, host, 'rep1.s01@example.com');
    await asker.open(`/admin/content/crm_customers/${leaving.id}`, '.v-form');
    const business = asker.page.locator('.v-detail .v-divider').filter({ has: asker.page.locator('[data-icon="hub"]') });
    await business.first().click();
    await asker.page.locator('.record-timeline .transfer').click();
    await asker.page.locator('.chosen', { hasText: leaving.name }).waitFor();
    await asker.page.locator('.to select').selectOption(segment.id);
    await asker.page.locator('.form textarea').fill('客户迁往外地');
    expect([await overflowOf(asker.page), await violationsOf(asker.page)]).toEqual([0, []]);
    await asker.page.locator('.form button[type=submit]').click();
    await asker.page.locator('article.transfer', { hasText: leaving.name }).waitFor();
    await asker.close();
    expect(asker.complaints).toEqual([]);

    const marketing = await logInAs(browser, host, 'sysadmin1@example.com');
    await marketing.open('/admin/crm/my-day', '.crm-page');
    await marketing.page.getByRole('link', { name: '划转与争议' }).click();
    await marketing.page.locator('.card', { hasText: leaving.name }).click();
    const form = marketing.page.getByRole('form', { name: '执行划转' });
    await form.locator('.owner option:nth-child(2)').waitFor({ state: 'attached' });
    expect([await overflowOf(marketing.page), await violationsOf(marketing.page)]).toEqual([0, []]);
    await form.getByLabel('传递个人信息的依据').selectOption('contract');
    await form.getByRole('button', { name: '执行' }).click();
    await marketing.page.getByText('划转已执行。').waitFor();
    await marketing.page.locator('.cards .card', { hasText: leaving.name }).waitFor({ state: 'detached' });
    await marketing.page.getByRole('tab', { name: '待跟进' }).click();
    await marketing.page.locator('.cards .card', { hasText: leaving.name }).waitFor();
    expect([await overflowOf(marketing.page), await violationsOf(marketing.page)]).toEqual([0, []]);
    await marketing.close();
    expect(marketing.complaints).toEqual([]);
    expect((await rep.request('GET', `/items/crm_customers/${leaving.id}`)).status).toBe(403);

    const claimant = await logInAs(browser, host, 'rep2.s01@example.com', { width: 375, touch: true });
    await claimant.open('/admin/crm/disputes/new', '.claim');
    await claimant.page.locator('.subject input').fill(disputed.name);
    await claimant.page.locator('.claim textarea').fill('九月起一直由我跟进');
    expect([await overflowOf(claimant.page), await violationsOf(claimant.page)]).toEqual([0, []]);
    await claimant.page.getByRole('button', { name: '提交争议' }).click();
    await claimant.page.locator('.dispute').waitFor();
    await claimant.close();
    expect(claimant.complaints).toEqual([]);

    const judge = await logInAs(browser, host, 'segadmin.s01@example.com', { width: 375, scheme: 'dark', touch: true });
    await judge.open('/admin/crm/disputes', '.cards .card');
    await judge.page.locator('.card', { hasText: disputed.name }).click();
    await judge.page.locator('.what input').fill(disputed.name.slice(0, 4));
    await judge.page.locator('.found .row', { hasText: disputed.name }).first().click();
    await judge.page.locator('.evidence').waitFor();
    await judge.page.locator('.ruling .buttons button').first().click();
    await judge.page.getByText('请先写明理由。').waitFor();
    expect(await judge.page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    expect([await overflowOf(judge.page), await violationsOf(judge.page)]).toEqual([0, []]);
    await judge.page.locator('.ruling textarea').fill('往来记录显示主张人在先');
    await judge.page.locator('.ruling .buttons button').first().click();
    await judge.page.getByText('已裁定：主张成立。').waitFor();
    await judge.close();
    expect(judge.complaints).toEqual([]);
    expect((await rep.request('GET', `/items/crm_customers/${disputed.id}`)).status).toBe(403);
  });

  it('ACC-9, Q17: an admin freezes from the list of people; the frozen person stands at the log-in page, with a sentence; thawed on a phone', async () => {
    const rep = await logInAs(browser, host, 'rep3.s01@example.com');
    await rep.open('/admin/content/crm_customers', 'table tbody tr');
    const desk = await logInAs(browser, host, 'segadmin.s01@example.com');
    await desk.open('/admin/crm/people', '.people .one');
    const [who] = (await (await host.admin()).request('GET', '/users?filter[email][_eq]=rep3.s01@example.com&fields=first_name')).body.data;
    await desk.page.locator('.find input').fill('rep3.s01');
    await desk.page.locator('.find button').click();
    await expect.poll(() => desk.page.locator('.people .one').count()).toBe(1);
    await desk.page.locator('.one').getByRole('button', { name: '冻结' }).click();
    await desk.page.getByRole('button', { name: '立即冻结' }).click();
    await desk.page.getByText('请先写明原因').waitFor();
    expect(await violationsOf(desk.page)).toEqual([]);
    await desk.page.locator('.form textarea').fill('疑似离职');
    await desk.page.getByRole('button', { name: '立即冻结' }).click();
    await desk.page.getByText(`${who.first_name} 已冻结。`).waitFor();
    await expect.poll(() => desk.page.locator('.people .one').innerText()).toContain('疑似离职');
    await desk.close();
    expect(desk.complaints).toEqual([]);

    // Whatever the frozen person does next in the open tab ends at the log-in page.
    await rep.page.locator('table tbody tr').first().click();
    await rep.page.waitForURL((url) => url.pathname.endsWith('/admin/login'));
    await rep.page.locator('form input[type=password]').waitFor();
    await rep.page.getByText('您的登录已失效').waitFor();
    // Loaded anew, with a cookie of before as well: the log-in page, not a page of errors.
    await rep.page.goto(`${host.url}/admin/content/crm_customers`);
    await rep.page.locator('form input[type=password]').waitFor();
    await rep.page.locator('#crm-log-in-help').getByText('忘记密码不能自行重设').waitFor();
    expect(await rep.page.locator('a.forgot-password').isVisible()).toBe(false);
    await rep.close();

    const client = await host.login('segadmin.s01@example.com');
    const me = (await client.request('GET', '/users/me?fields=id')).body.data.id;
    await client.request('PATCH', `/users/${me}`, { language: 'en-US' });
    const phone = await logInAs(browser, host, 'segadmin.s01@example.com', { width: 375, touch: true, language: 'en-US', scheme: 'dark' });
    await phone.open('/admin/crm/people', '.people .one');
    expect([await overflowOf(phone.page), await violationsOf(phone.page)]).toEqual([0, []]);
    await phone.page.locator('#crm-people-frozen').click();
    await expect.poll(() => phone.page.locator('.people .one').count()).toBe(1);
    await phone.page.locator('.one').getByRole('button', { name: 'Thaw' }).click();
    await phone.page.locator('.form textarea').fill('A mistake');
    expect([await overflowOf(phone.page), await violationsOf(phone.page)]).toEqual([0, []]);
    await phone.page.getByRole('button', { name: 'Thaw now' }).click();
    await phone.page.getByText(`${who.first_name} is thawed.`).waitFor();
    await phone.close();
    expect(phone.complaints).toEqual([]);
    await client.request('PATCH', `/users/${me}`, { language: 'zh-CN' });
    const again = await logInAs(browser, host, 'rep3.s01@example.com');
    await again.open('/admin/content/crm_customers', 'table tbody tr');
    expect(again.complaints).toEqual([]);
    await again.close();
  });
});
