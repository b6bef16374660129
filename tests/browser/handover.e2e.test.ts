/** ACC-10, N5: work is handed over on the page of the module, on a desk and on a phone. */
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

describe('the page of hand-overs', () => {
  let host: TestHost;
  let browser: Browser;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  const idOf = async (email: string): Promise<string> => (await host.database('directus_users').where({ email }).first('id')).id;
  const ownedBy = async (user: string): Promise<number> =>
    Number((await host.database('crm_customers').where({ owner: user }).count({ n: '*' }))[0]!['n']);

  it('ACC-10, N5: a segment admin hands a colleague over, reads the certificate and takes it back, on a desk and on a phone', async () => {
    const admin = await host.admin();
    const leaver = (await admin.request('GET', '/users?filter[email][_eq]=rep3.s02@example.com&fields=id')).body.data[0].id as string;
    const owned = async () => Number((await host.database('crm_customers').where({ owner: leaver }).count({ n: '*' }))[0]!['n']);
    const before = await owned();
    expect(before).toBeGreaterThan(0);

    const { page, complaints, open, close } = await logInAs(browser, host, 'segadmin.s02@example.com', { width: 375, touch: true });
    await open('/admin/crm/handover', '.person select');
    expect([await overflowOf(page), await violationsOf(page)]).toEqual([0, []]);
    await page.locator('.person select').selectOption(leaver);
    await page.locator('.why textarea').fill('离职');
    await page.locator('.step .freeze').waitFor();
    expect([await overflowOf(page), await violationsOf(page)]).toEqual([0, []]);
    await page.getByRole('button', { name: '暂不冻结，直接交接' }).click();
    await page.locator('.rule').waitFor();
    await page.getByRole('button', { name: '添加规则' }).click();
    await page.locator('.rule').nth(0).locator('.kind select').selectOption('grade');
    await page.locator('.rule').nth(0).locator('.value select').selectOption('A');
    for (const place of [0, 1])
      await page
        .locator('.rule')
        .nth(place)
        .locator('.to select')
        .selectOption({ index: place + 1 });
    expect([await overflowOf(page), await violationsOf(page)]).toEqual([0, []]);
    await page.getByRole('button', { name: '预览' }).click();
    await page.locator('.preview table').waitFor();
    expect([await overflowOf(page), await violationsOf(page)]).toEqual([0, []]);
    await page.getByRole('button', { name: /确认交接/ }).click();
    await page.getByText(/已交接 [\d,]+ 项。/).waitFor();
    expect(await owned()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    const [certificate] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: '交接证明' }).click()]);
    await certificate.getByText('与存档一致').waitFor();
    await certificate.close();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '提交注销申请' }).waitFor();
    expect([await overflowOf(page), await violationsOf(page)]).toEqual([0, []]);
    await close();
    expect(complaints).toEqual([]);

    const desk = await logInAs(browser, host, 'segadmin.s02@example.com', { scheme: 'dark' });
    await desk.open('/admin/crm/handover', '.recent .look');
    await desk.page.locator('.recent .look').first().click();
    await desk.page.getByRole('button', { name: '撤销交接' }).click();
    await desk.page.locator('.sure .undo-now').click();
    await desk.page.getByText(/已撤销，/).waitFor();
    expect(await violationsOf(desk.page)).toEqual([]);
    expect(await owned()).toBe(before);
    await desk.close();
    expect(desk.complaints).toEqual([]);

    const rep = await logInAs(browser, host, 'rep1.s02@example.com', { width: 375, language: 'en-US' });
    await rep.page.goto(`${host.url}/admin/crm/handover`);
    await rep.page.getByText('由版块管理员和系统管理员办理').or(rep.page.getByText('Segment admins and system admins')).waitFor();
    await rep.close();
  });

  it('ACC-10, Q18: the link of a form opens the page with its person, and a head who manages the segment from elsewhere can take over', async () => {
    const [leaver, head] = [await idOf('rep1.s10@example.com'), await idOf('head.s09@example.com')];
    const { page, complaints, open, close } = await logInAs(browser, host, 'segadmin.s10@example.com');
    await open(`/admin/crm/handover?from=${leaver}`, '.step .freeze');
    expect(await page.locator('.person select').inputValue()).toBe(leaver);
    await page.getByRole('button', { name: '暂不冻结，直接交接' }).click();
    await page.locator('.rule').waitFor();
    await page.locator('.rule .to select').selectOption(head);
    await page.getByRole('button', { name: '预览' }).click();
    await page.locator('.preview table').waitFor();
    await close();
    expect(complaints).toEqual([]);
  });

  it('ACC-8 … ACC-10: frozen, handed over by region, stage and all the rest; the form to close is filed and opened', async () => {
    const leaver = await idOf('rep2.s02@example.com');
    const region = await host
      .database('crm_customers as c')
      .join('crm_regions as r', 'r.id', 'c.region')
      .where('c.owner', leaver)
      .first('r.id', 'r.parent');
    const { page, complaints, open, settled, close } = await logInAs(browser, host, 'segadmin.s02@example.com');
    await open(`/admin/crm/handover?from=${leaver}`, '.step .freeze');
    await page.locator('.why textarea').fill('离职');
    await page.getByRole('button', { name: '立即冻结' }).click();
    await page.locator('.rule').waitFor();
    expect((await host.database('crm_freezes').where({ user: leaver }).first()).reason).toBe('离职');
    for (const _ of [0, 1]) await page.getByRole('button', { name: '添加规则' }).click();
    const rule = (place: number) => page.locator('.rule').nth(place);
    await rule(0).locator('.kind select').selectOption('region');
    await rule(0)
      .locator('.value select')
      .selectOption(region.parent ?? region.id);
    await rule(1).locator('.kind select').selectOption('stage');
    await rule(1).locator('.value select').selectOption({ index: 1 });
    for (const place of [0, 1, 2])
      await rule(place)
        .locator('.to select')
        .selectOption({ index: 1 + (place % 2) });
    await page.getByRole('button', { name: '预览' }).click();
    await page.locator('.preview table').waitFor();
    expect(await page.locator('.preview').innerText()).toMatch(/规则 1：.+ \d/u);
    await page.getByRole('button', { name: /确认交接/ }).click();
    await page.getByText(/已交接 [\d,]+ 项。/).waitFor();
    expect(await ownedBy(leaver)).toBe(0);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '提交注销申请' }).click();
    await page.getByText('注销申请已提交。').waitFor();
    const form = await host.database('crm_access_requests').where({ user: leaver }).first();
    expect(form).toMatchObject({ kind: 'close', state: 'requested', reason: '离职' });
    expect((await host.database('crm_freezes').where({ user: leaver }).first()).access_request).toBe(form.id);
    await page.getByRole('link', { name: '查看审批表' }).click();
    await page.waitForURL(new RegExp(`/content/crm_access_requests/${form.id}`, 'u'));
    await page.locator('[data-field="reason"]').first().waitFor();
    await settled();
    await close();
    expect(complaints).toEqual([]);
  });

  it('ACC-8, ORG-2: of somebody who moved away the former admin hands over what they left, on one step, without a name', async () => {
    const mover = await idOf('rep1.s02@example.com');
    const to = (await host.database('crm_segments').where({ code: 's03' }).first('id')).id;
    const moved = await (await host.admin()).request('PATCH', `/users/${mover}`, { crm_segment: to });
    expect(moved.status, moved.text).toBe(200);
    const left = await ownedBy(mover);
    expect(left).toBeGreaterThan(0);
    const { page, complaints, open, close } = await logInAs(browser, host, 'segadmin.s02@example.com', { width: 375, touch: true });
    await open(`/admin/crm/handover?from=${mover}`, '.rule');
    await page.getByText('此人已调往其他单位').waitFor();
    expect([await page.locator('.steps li').count(), await overflowOf(page), await violationsOf(page)]).toEqual([1, 0, []]);
    await page.locator('.rule .to select').selectOption({ index: 1 });
    await page.getByRole('button', { name: '预览' }).click();
    await page.locator('.preview table').waitFor();
    await page.getByRole('button', { name: /确认交接/ }).click();
    await page.getByText(/已交接 [\d,]+ 项。/).waitFor();
    expect([await ownedBy(mover), await page.getByRole('button', { name: '下一步' }).count()]).toEqual([0, 0]);
    await close();
    expect(complaints).toEqual([]);
  });

  it('ACC-9: whoever is locked out for a time is frozen in the wizard, and from the list of people', async () => {
    const [one, other] = [await idOf('rep1.s03@example.com'), await idOf('rep2.s03@example.com')];
    const lockedOut = (user: string) => ({
      ...{ id: crypto.randomUUID(), user, state: 'frozen', reason: '多次登录失败，系统自动锁定', early: false, frozen_by: null },
      ...{ until: new Date(Date.now() + 1_800_000), frozen_at: new Date(), date_created: new Date() },
    });
    for (const user of [one, other]) {
      const { crm_segment: segment } = await host.database('directus_users').where({ id: user }).first('crm_segment');
      await host.database('crm_freezes').insert({ ...lockedOut(user), segment });
      await host.database('directus_users').where({ id: user }).update({ status: 'suspended' });
    }
    const standing = (user: string) => host.database('crm_freezes').where({ user, state: 'frozen' }).select('reason', 'until');
    const { page, complaints, open, close } = await logInAs(browser, host, 'segadmin.s03@example.com');
    await open(`/admin/crm/handover?from=${one}`, '.step .freeze');
    await page.getByText('只是暂时不能登录').waitFor();
    await page.locator('.why textarea').fill('离职');
    await page.getByRole('button', { name: '立即冻结' }).click();
    await page.locator('.rule').waitFor();
    expect(await standing(one)).toEqual([{ reason: '离职', until: null }]);
    await open('/admin/crm/people', '.people .one');
    const card = page.locator('.people .one').filter({ hasText: 'rep2.s03@example.com' });
    await card.getByRole('button', { name: '改为冻结或改期限' }).click();
    expect(await violationsOf(page)).toEqual([]);
    await card.locator('textarea').fill('离职调查');
    await card.getByRole('button', { name: '立即冻结' }).click();
    await page.getByText(/已冻结。/).waitFor();
    expect(await standing(other)).toEqual([{ reason: '离职调查', until: null }]);
    await close();
    expect(complaints).toEqual([]);
  });
});
