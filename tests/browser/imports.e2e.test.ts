/** IMP-1, IMP-3, N6: the import page: four steps with the keyboard, undo, the check by somebody else, the history on a phone. */
import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeState } from '../../extensions/crm/src/platform/api/install-state.ts';
import { startHost, type TestHost } from '../harness/host.ts';
import { sheetFile } from '../harness/table-files.ts';
import { csv, deskOf } from '../integration/imports/desk.ts';
import { launchBrowser, logInAs } from './studio.ts';

const SAMPLED = 60;
const table = csv(
  ['客户名称', '电话', '联系人', '手机', '版块', '手机', '老板说的话'],
  ['页面一有限公司', '', '页面人甲', '13700001111', '别的版块', '住在南山区', '要买一台'],
  ['页面二有限公司', '', '页面人乙', '13700002222', '别的版块', '', '要买两台'],
  ['页面错有限公司', '', '页面人丙', '12', '别的版块', '', '不要'],
  ['页面疑有限公司', '010-65588888', '页面人丁', '13700003333', '别的版块', '', '再说'],
);

async function accessible(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include('.crm-page').analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  // The colours of the host's own buttons are the theme's.
  expect(found.filter((one) => !/^color-contrast: <span data-v-\w+="" class="content">/u.test(one))).toEqual([]);
}

describe('the import page', () => {
  let host: TestHost;
  let browser: Browser;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
    const english = ['head.s09@example.com', 'segadmin.s01@example.com'];
    await host.database('directus_users').whereIn('email', english).update({ language: 'en-US' });
    const rep = await host.login('rep1.s01@example.com');
    await rep.request('POST', '/items/crm_customers', { name: '页面旧有限公司', phone: '010-65588888' });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('IMP-1, DQ-5, N6: a rep brings a file, says what a column is, decides a suspect, imports, takes the rest and undoes', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open('/admin/crm/imports', '.begin');
    await page.locator('.begin a, .begin button').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.kinds input').first().waitFor();
    await accessible(page);
    const [template] = await Promise.all([page.waitForEvent('download'), page.getByText('客户（CSV）').click()]);
    expect(template.suggestedFilename()).toBe('客户导入模板.csv');
    await page.locator('input[type=file]').setInputFiles({ name: '页面.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
    await page.locator('.send button').focus();
    await page.keyboard.press('Enter');

    const boss = page.getByLabel('“老板说的话”导入到');
    await boss.waitFor();
    expect(await boss.inputValue()).toBe('');
    await expect.poll(() => page.locator('.told').last().innerText()).toContain('要买一台');
    await accessible(page);
    await boss.selectOption('needs');
    // A column of the segment is left out by a choice, not by silence; of two columns with one heading each is chosen for (F32, IMP-2).
    const segment = page.getByLabel('“版块”导入到');
    expect(await segment.locator('option:checked').innerText()).toBe('请选择');
    await segment.selectOption('');
    await page.getByLabel('“手机 F”导入到').selectOption('address');
    await page.locator('.next button').first().focus();
    await page.keyboard.press('Enter');

    await page.getByText('导入 2 行').waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('steps');
    await page.locator('.faults').first().waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.locator('.faults').first().innerText()).toContain('手机');
    await page.locator('.filters button').first().click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(4);
    await accessible(page);
    const suspect = page.getByLabel('第 5 行：');
    expect(await suspect.locator('option').allInnerTexts()).toContain('更新“页面旧有限公司”');
    await suspect.selectOption('new');
    // Zoomed in, a window is as narrow as a phone, and what was decided stays (WCAG 1.4.10).
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await suspect.inputValue()).toBe('new');
    await accessible(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByText('导入 3 行').click();

    await page.getByText('撤销这批导入').waitFor();
    const [rest] = await Promise.all([page.waitForEvent('download'), page.getByText('下载未导入的行').click()]);
    expect(rest.suggestedFilename()).toBe('页面 未导入的行.csv');
    await expect.poll(() => page.locator('tbody').innerText()).toContain('137****1111');
    await accessible(page);
    const names = async () => (await host.database('crm_customers').where('name', 'like', '页面%').pluck('name')).sort();
    expect(await names()).toEqual(['页面一有限公司', '页面二有限公司', '页面旧有限公司', '页面疑有限公司'].sort());

    const one = await host.database('crm_customers').where({ name: '页面一有限公司' }).first('id', 'address');
    expect(one.address).toBe('住在南山区');
    const rep = await host.login('rep1.s01@example.com');
    await rep.request('PATCH', `/items/crm_customers/${one.id}`, { needs: '自己改的' });
    const lost = '**/undo?*';
    await page.route(lost, (route) => route.abort());
    await page.getByText('撤销这批导入').click();
    const dialog = page.locator('.v-card').last();
    await dialog.locator('button').last().focus();
    await page.keyboard.press('Enter');
    await page.locator('.undo [role=alert]').waitFor();
    await page.unroute(lost);
    expect(complaints.splice(0).join('\n')).toContain('Failed to load resource');
    await page.getByText('再试一次').click();
    await page.locator('.spared li').first().waitFor();
    expect(await page.locator('.undo [role=alert]').count()).toBe(0);
    const spared = await page.locator('.spared').innerText();
    for (const text of ['页面一有限公司', '要买一台', '自己改的']) expect(spared).toContain(text);
    await accessible(page);
    expect(await names()).toEqual(['页面一有限公司', '页面旧有限公司'].sort());
    await close();
    expect(complaints).toEqual([]);
  });

  it('IMP-1: a file that is none gets a plain sentence, one that is not wanted goes, and nothing stays of either', async () => {
    const { page, open, close } = await logInAs(browser, host, 'head.s09@example.com', { language: 'en-US', scheme: 'dark' });
    await open('/admin/crm/imports/new', '.kinds input');
    const file = { name: 'photo.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('not a workbook at all') };
    await page.locator('input[type=file]').setInputFiles(file);
    expect(await page.locator('.send button').isDisabled()).toBe(true);
    await page.locator('.segment select').selectOption({ index: 1 });
    await page.locator('.send button').click();
    await page.locator('.form [role=alert]').waitFor();
    expect(await page.locator('.form [role=alert]').innerText()).toMatch(/content is plain text/u);
    expect(await host.database('crm_imports').where({ file_name: 'photo.xlsx' })).toEqual([]);
    await accessible(page);
    const better = { name: 'better.csv', mimeType: 'text/csv', buffer: Buffer.from(csv(['Company name'], ['Gone Ltd.'])) };
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('.drop').click()]);
    // Else the browser would say nothing of the same file, corrected meanwhile.
    expect(await page.locator('input[type=file]').inputValue()).toBe('');
    await chooser.setFiles(better);
    await page.locator('.send button').click();
    await page.getByText('Throw it away').click();
    await page.locator('.begin').waitFor();
    expect(await host.database('crm_imports').where({ file_name: 'better.csv' })).toEqual([]);
    await close();
  });

  it('IMP-1: while rows are written there is a bar and a way to stop, and then a way to go on', async () => {
    const desk = deskOf(await host.login('rep2.s01@example.com'));
    const rows = Array.from({ length: 40 }, (_, at) => [`停页${at}有限公司`]);
    const { id } = await desk.bring(csv(['客户名称'], ...rows), { name: '停.csv' });
    // As if another node were in the middle of it.
    const lease = { token: randomUUID(), host: 'elsewhere', until: Date.now() + 45_000 };
    await writeState(host.database, `import:${id}`, JSON.stringify(lease));
    await host.database('crm_imports').where({ id }).update({ status: 'importing', rows_done: 10 });

    const { page, complaints, open, close } = await logInAs(browser, host, 'rep2.s01@example.com', { scheme: 'dark' });
    await open(`/admin/crm/imports/${id}`, 'progress');
    expect(await page.locator('.progress').innerText()).toContain('10/40');
    expect(await page.locator('progress').getAttribute('value')).toBe('10');
    await accessible(page);
    await page.locator('.progress button').focus();
    await page.keyboard.press('Enter');
    await page.getByText('导入已停止').waitFor();
    await accessible(page);
    await host
      .database('crm_install_state')
      .where({ key: `import:${id}` })
      .delete();
    await host.database('crm_imports').where({ id }).update({ rows_done: 0 });
    await page.getByRole('button', { name: '继续导入' }).click();
    await expect.poll(() => page.locator('.card').innerText(), { timeout: 30_000 }).toContain('已导入');
    expect(await host.database('crm_customers').where('name', 'like', '停页%')).toHaveLength(40);
    await close();
    expect(complaints).toEqual([]);
  });

  it('IMP-3: somebody else checks the drawn rows field by field and signs', async () => {
    const desk = deskOf(await host.login('rep2.s01@example.com'));
    const rows = Array.from({ length: SAMPLED }, (_, at) => [`抽检页${at}有限公司`, `抽检人${at}`]);
    const { id } = await desk.bring(csv(['客户名称', '联系人'], ...rows), { name: '抽检.csv' });
    await desk.client.request('POST', `/crm/imports/${id}/commit`, {});
    await expect.poll(async () => (await desk.view(id)).body.status, { timeout: 60_000 }).toBe('imported');

    const { page, complaints, open, close } = await logInAs(browser, host, 'segadmin.s01@example.com', {
      language: 'en-US',
      scheme: 'dark',
    });
    await open('/admin/crm/imports', '.history .card');
    await page.locator('.history a.file').first().click();
    await page.locator('.sample .rows li').first().waitFor();
    await accessible(page);
    const drawn = page.locator('.sample .rows li');
    expect(await drawn.count()).toBe(6);
    const sign = page.locator('.sample .actions button').last();
    expect(await sign.isDisabled()).toBe(true);
    for (let at = 0; at < 6; at += 1) await drawn.nth(at).locator('input[type=radio]').first().check();
    await sign.click();
    await expect.poll(async () => (await desk.view(id)).body.sample.state, { timeout: 30_000 }).toBe('accepted');
    await expect.poll(() => page.locator('.sample').innerText()).toMatch(/Accepted/u);
    await close();
    expect(complaints).toEqual([]);
  });

  it('IMP-1: on a phone there is the history, and nothing to import with', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'rep2.s01@example.com', { width: 375, touch: true });
    await open('/admin/crm/imports', '.history .card');
    expect(await page.locator('.history a').count()).toBe(0);
    expect(await page.locator('.history').innerText()).toContain('抽检.csv');
    expect(await page.locator('.begin').innerText()).toContain('手机');
    await accessible(page);
    await close();
    expect(complaints).toEqual([]);
  });

  it('IMP-1, F30: a file that cannot be read at all says why and asks for another one, here and in the history', async () => {
    await host.restart({ CRM_IMPORT_ANSWER_MS: '0' });
    const { page, complaints, open, close } = await logInAs(browser, host, 'rep2.s01@example.com');
    await open('/admin/crm/imports/new', '.kinds input');
    const cut = sheetFile('<row r="1"/>').subarray(0, 900);
    await page.locator('input[type=file]').setInputFiles({ name: '坏的.xlsx', mimeType: 'application/octet-stream', buffer: cut });
    await page.locator('.send button').click();
    await page.locator('.crm-page [role=alert]').waitFor();
    expect(await page.locator('.crm-page [role=alert]').innerText()).toContain('文件已损坏');
    expect(await page.locator('.card').innerText()).toContain('未能读取');
    expect(await page.locator('.crm-page select, .crm-page input').count()).toBe(0);
    await accessible(page);
    await page.getByText('上传另一个文件').click();
    await page.locator('.drop').waitFor();
    await open('/admin/crm/imports', '.history .card');
    expect(await page.locator('.history .card').first().innerText()).toMatch(/坏的\.xlsx[\s\S]*未能读取/u);
    await close();
    expect(complaints).toEqual([]);
  });

  it('ORG-5: an executive reads the history, and neither imports nor sees rows', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'exec1@example.com');
    await open('/admin/crm/imports', '.history .card');
    expect(await page.locator('.begin').count()).toBe(0);
    await page.locator('.history a.file').first().click();
    await page.locator('.steps').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.crm-page table').count()).toBe(0);
    expect(await page.locator('.crm-page button').count()).toBe(0);
    await close();
    expect(complaints).toEqual([]);
  });
});
