/** IMP-5, SEC-5: the export page: what, which columns, what for; the count before, the file after, the way of a long one. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeState } from '../../extensions/crm/src/platform/api/install-state.ts';
import { startHost, type TestHost } from '../harness/host.ts';
import { cellsOf } from '../integration/exports/counter.ts';
import { launchBrowser, logInAs } from './studio.ts';

const REP = 'rep1.s01@example.com';
const ENGLISH = 'segadmin.s01@example.com';

async function accessible(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include('.crm-page').analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  // The colours of the host's own buttons are the theme's.
  expect(found.filter((one) => !/^color-contrast: <span data-v-\w+="" class="content">/u.test(one))).toEqual([]);
}

describe('the export page', () => {
  let host: TestHost;
  let browser: Browser;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true, env: { CRM_EXPORT_ROWS_SEGMENT_HEAD: '50' } });
    browser = await launchBrowser();
    await host.database('directus_users').where({ email: ENGLISH }).update({ language: 'en-US' });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('IMP-5, SEC-5, N6: a rep exports the own customers with a reason, by the keyboard, and the file holds them with masks', async () => {
    const rep = await host.login(REP);
    const made = await rep.request('POST', '/items/crm_customers', { name: '林掩码', kind: 'person', phone: '13955556666' });
    expect(made.status).toBe(200);
    const mine = await rep.request<{ data: { name: string; phone: string | null }[] }>(
      'GET',
      '/items/crm_customers?fields=name,phone&limit=-1&sort=name',
    );
    const { page, complaints, open, close } = await logInAs(browser, host, REP);
    await open('/admin/crm/exports', '.begin');
    expect(await page.locator('.crm-page').innerText()).toContain('还没有导出过');
    await page.locator('.begin a, .begin button').first().focus();
    await page.keyboard.press('Enter');
    const send = page.locator('.send button');
    await send.waitFor();
    expect(await page.locator('.what option').first().innerText()).toBe('客户');
    await expect
      .poll(() => page.locator('.crm-page .count').innerText())
      .toMatch(new RegExp(`将导出 ${mine.body.data.length} 行。.*1,000 行`, 'u'));
    expect(await send.isDisabled()).toBe(true);
    await accessible(page);

    await page.getByLabel('自选列').check();
    await page.getByRole('button', { name: '全不选' }).click();
    for (const name of ['客户名称', '电话']) await page.getByRole('checkbox', { name, exact: true }).check();
    await page.getByText('CSV', { exact: true }).click();
    await page.getByLabel('导出原因（必填）').selectOption('拜访前核对');
    await page.getByLabel('补充说明').fill('华东区');
    // Zoomed in, a window is as narrow as a phone, and what was begun stays (WCAG 1.4.10).
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.getByLabel('补充说明').inputValue()).toBe('华东区');
    await accessible(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await accessible(page);
    await page.getByLabel('只要包含这些文字的（可不填）').fill('没有这样的客户');
    await page.getByText('没有符合条件的记录').waitFor();
    expect(await send.isDisabled()).toBe(true);
    await page.getByLabel('只要包含这些文字的（可不填）').fill('');
    await page.getByText(`将导出 ${mine.body.data.length} 行`).waitFor();
    await send.focus();
    await page.keyboard.press('Enter');

    const card = page.locator('.history .card').first();
    await card.getByText('已完成').waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('card');
    expect(await card.innerText()).toContain('拜访前核对：华东区');
    await accessible(page);
    await page.keyboard.press('Tab');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/^客户 \d{4}-\d{2}-\d{2}\.csv$/u);
    const [mark, head, ...rows] = await cellsOf(readFileSync(await file.path()), file.suggestedFilename());
    expect(mark![0]).toContain('拜访前核对：华东区');
    expect(head).toEqual(['客户名称 (name)', '电话 (phone)']);
    const cells = mine.body.data.map(({ name, phone }) => (phone ? [name, phone] : [name]));
    expect(rows.toSorted()).toEqual(cells.toSorted());
    expect(rows).toContainEqual(['林掩码', '139****6666']);

    await host
      .database('crm_exports')
      .where({ collection: 'crm_customers' })
      .update({ expires_at: new Date(Date.now() - 1000) });
    await card.getByRole('button', { name: '下载' }).click();
    await card.getByText('文件已清除或已失效').waitFor();
    expect(await card.getByRole('alert').innerText()).toContain('导出文件已过期');
    expect(await card.locator('button').count()).toBe(0);
    expect(complaints.splice(0).join('\n')).toMatch(/410 GET .*\/file/u);

    const { id } = (await rep.request('GET', '/items/crm_customers?fields=id&filter[name][_eq]=林掩码')).body.data[0];
    await open(`/admin/crm/exports/new?collection=crm_customers&ids=${id}`, '.send button');
    expect(await page.locator('.list select option:checked').innerText()).toBe('选中的 1 条');
    await expect.poll(() => page.locator('.crm-page .count').innerText(), { timeout: 15_000 }).toContain('将导出 1 行');
    await page.locator('.list select').selectOption('');
    await expect
      .poll(() => page.locator('.crm-page .count').innerText(), { timeout: 15_000 })
      .toContain(`将导出 ${mine.body.data.length} 行`);
    await close();
    expect(complaints).toEqual([]);
  });

  it('IMP-5: in English and dark, from a saved list; a long one shows how far it is, and is stopped', async () => {
    const { page, complaints, open, go, close } = await logInAs(browser, host, ENGLISH, { language: 'en-US', scheme: 'dark' });
    await open('/admin/crm/exports/new', '.send button');
    await page.locator('.what select').selectOption('crm_leads');
    const lists = await page.locator('.list option').allInnerTexts();
    expect(lists.length).toBeGreaterThan(1);
    expect(lists.join(' ')).not.toMatch(/\$t:|crm-bookmark/u);
    await page.locator('.list select').selectOption({ index: 1 });
    await page.getByLabel('What it is for (required)').selectOption('Other');
    await page.getByLabel('Say what it is for').fill('Handed to the auditors');
    await expect.poll(() => page.locator('.crm-page .count').innerText()).toMatch(/rows will be exported|No row fits/u);
    await accessible(page);

    // As if another node were in the middle of it.
    const admin = await host.database('directus_users').where({ email: ENGLISH }).first('id', 'crm_segment');
    const lease = { token: randomUUID(), host: 'elsewhere', until: Date.now() + 45_000 };
    await writeState(host.database, `export:${admin.id}`, JSON.stringify(lease));
    const row = {
      file_name: 'Customers.xlsx',
      collection: 'crm_customers',
      format: 'xlsx',
      reason: 'Report',
      status: 'running',
      asked: '{}',
    };
    const place = { owner: admin.id, segment: admin.crm_segment, date_created: new Date() };
    await host.database('crm_exports').insert({ ...row, ...place, id: randomUUID(), rows_total: 4000, rows_done: 1200 });
    await go('/crm/exports', 'progress');
    expect(await page.locator('.progress').innerText()).toContain('1,200 of 4,000 rows written');
    await accessible(page);
    await page.getByRole('button', { name: /^Stop\s*Customers\.xlsx$/u }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Stopped', { exact: true }).waitFor();
    expect(await page.locator('.history button').count()).toBe(0);
    await close();
    expect(complaints).toEqual([]);
  });

  it('SEC-5, APR-1: more than the role may take out is asked for here, decided by somebody else, and begun here', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'head.s02@example.com');
    await open('/admin/crm/exports/new', '.send button');
    await page.getByText('超过您一次最多可导出的 50 行').waitFor();
    await page.getByLabel('导出原因（必填）').selectOption('内部汇报');
    await page.getByText('批准只对这一次导出有效').waitFor();
    await accessible(page);
    await page.getByRole('button', { name: '申请审批' }).click();
    const card = page.locator('.history .card').first();
    await card.getByText('待审批', { exact: true }).waitFor();
    await accessible(page);
    const approver = await host.login('sysadmin1@example.com');
    const [waiting] = (await approver.request('GET', '/crm/approvals/inbox?limit=100')).body.approvals.filter(
      ({ kind }: { kind: string }) => kind === 'export_over_limit',
    );
    const seen = await logInAs(browser, host, 'sysadmin1@example.com');
    await seen.open(`/admin/crm/approvals/${waiting.id}`, '.approval');
    for (const text of ['超量导出', '内部汇报', '行数', '以掩码导出'])
      expect(await seen.page.locator('.approval').innerText()).toContain(text);
    await seen.page.locator('.approval').getByRole('button', { name: '批准' }).click();
    await seen.page.getByText('已批准。').waitFor();
    await seen.close();
    await page.reload();
    await card.getByRole('button', { name: '开始导出' }).click();
    await card.getByText('已完成').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', { name: '下载' }).click()]);
    expect(file.suggestedFilename()).toMatch(/^客户 .*\.xlsx$/u);
    await close();
    expect([...complaints, ...seen.complaints]).toEqual([]);
  });

  it('IMP-5: on a phone there is the history, and nothing to export with', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, REP, { width: 375, touch: true });
    await open('/admin/crm/exports', '.history .card');
    expect(await page.locator('.begin').innerText()).toContain('手机');
    expect(await page.locator('.crm-page a, .crm-page button').count()).toBe(0);
    await accessible(page);
    await close();
    expect(complaints).toEqual([]);
  });
});
