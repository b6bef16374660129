/** SAL-2, SAL-3, SAL-5, CUS-11: the board of opportunities by mouse, key and finger; the path and the timeline of a record. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { launchBrowser, logInAs } from './studio.ts';

const LONG = { timeout: 30_000 };

async function accessible(page: Page, part: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  // The colours of the host's own buttons are the theme's.
  expect(found.filter((one) => !/^color-contrast: <span data-v-\w+="" class="content">/u.test(one))).toEqual([]);
}

const column = (page: Page, key: string): Locator => page.locator(`[data-column="${key}"]`);
const cardIn = (page: Page, key: string, title: string): Locator => column(page, key).locator('.board-card', { hasText: title });
const choice = (page: Page, name: string): Locator =>
  page.locator('.move-menu .stage').filter({ has: page.getByText(name, { exact: true }) });
const dialog = (page: Page): Locator => page.locator('.v-card').last();

/** Takes a card in the hand and holds it over a column. */
async function hold(page: Page, card: Locator, key: string): Promise<void> {
  const from = (await card.locator('.customer').boundingBox())!;
  const to = (await column(page, key).locator('.cards').boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 15, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + 30, { steps: 8 });
  await page.waitForTimeout(100);
}

describe('the board of opportunities', () => {
  let host: TestHost;
  let browser: Browser;
  const ids: Record<string, string> = {};
  let stages: Record<string, string> = {};

  const stageOf = async (title: string): Promise<unknown> => {
    const row = await host.database('crm_opportunities').where({ id: ids[title] }).first('stage');
    return Object.keys(stages).find((key) => stages[key] === row.stage);
  };
  const kindsOf = (title: string): Promise<string[]> =>
    host.database('crm_stage_changes').where({ opportunity: ids[title] }).orderBy('changed_at', 'desc').pluck('kind');

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
    const rows: { id: string; key: string }[] = await host.database('crm_stages').whereNull('segment').select('id', 'key');
    stages = Object.fromEntries(rows.map(({ id, key }) => [key, id]));
    const rep = await host.login('rep1.s01@example.com');
    const customer = await host
      .database('crm_customers as c')
      .join('directus_users as u', 'u.id', 'c.owner')
      .where({ 'u.email': 'rep1.s01@example.com', 'c.status': 'active' })
      .first('c.id');
    for (const title of ['板甲', '板乙', '板丙', '板丁', '板戊']) {
      const made = await rep.request('POST', '/items/crm_opportunities', { title, customer: customer.id, amount: 5000 });
      ids[title] = made.body.data.id;
    }
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('SAL-2: a card dragged to the next stage asks for the missing field only, moves, and goes back by undo', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open('/admin/crm/board', '[data-card]');
    await accessible(page, '.crm-page');
    const card = cardIn(page, 'initial_contact', '板甲');
    const before = Number((await column(page, 'needs_analysis').locator('.count').innerText()).replaceAll(/\D/gu, ''));
    await hold(page, card, 'needs_analysis');
    expect(await column(page, 'proposal').getAttribute('class')).toContain('refused');
    expect(await column(page, 'proposal').innerText()).toContain('不能跳过阶段');
    expect(await column(page, 'needs_analysis').getAttribute('class')).not.toContain('refused');
    await page.mouse.up();
    await page.locator('.move-dialog textarea').waitFor();
    expect(await dialog(page).locator('label').allInnerTexts()).toEqual(['客户需求']);
    await accessible(page, '.move-dialog');
    const confirm = dialog(page).locator('button').last();
    expect(await confirm.isDisabled()).toBe(true);
    await dialog(page).getByLabel('客户需求').fill('三台混凝土泵车');
    await confirm.click();
    await page.locator('.move-bar .undo').waitFor();
    expect(await stageOf('板甲')).toBe('needs_analysis');
    await expect.poll(() => cardIn(page, 'needs_analysis', '板甲').count(), LONG).toBe(1);
    await expect.poll(() => column(page, 'needs_analysis').locator('.count').innerText(), LONG).toContain(String(before + 1));
    await page.locator('.move-bar .undo').click();
    await expect.poll(() => stageOf('板甲'), LONG).toBe('initial_contact');
    await expect.poll(() => cardIn(page, 'initial_contact', '板甲').count(), LONG).toBe(1);
    expect(await page.locator('.move-bar').innerText()).toContain('已撤销');
    expect((await kindsOf('板甲'))[0]).toBe('reversal');
    await close();
    expect(complaints.filter((one) => !/\/stage$|status of 400/u.test(one))).toEqual([]);
  });

  it('SAL-2: a card that may not go there goes back to where it was, and the page says why', async () => {
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com', { scheme: 'dark' });
    await open('/admin/crm/board', '[data-card]');
    const card = cardIn(page, 'initial_contact', '板乙');
    await hold(page, card, 'proposal');
    await page.mouse.up();
    await expect.poll(() => page.locator('.move-bar').innerText(), LONG).toContain('不能跳过阶段');
    expect(await stageOf('板乙')).toBe('initial_contact');
    expect(await card.count()).toBe(1);
    expect(await page.locator('.move-dialog').count()).toBe(0);

    // A dialog that is left without an answer puts it back too.
    await hold(page, card, 'needs_analysis');
    await page.mouse.up();
    await page.locator('.move-dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => card.count(), LONG).toBe(1);

    // Somebody else was faster.
    const head = await host.login('head.s01@example.com');
    const fields = { needs: '已经谈过' };
    await head.request('POST', `/crm/opportunities/${ids['板乙']}/stage`, { stage: 'needs_analysis', fields });
    await hold(page, card, 'needs_analysis');
    await page.mouse.up();
    await expect.poll(() => page.locator('.move-bar').innerText(), LONG).toContain('没有移动');
    expect(await page.locator('.move-bar').innerText()).toContain('需求分析');
    await expect.poll(() => cardIn(page, 'needs_analysis', '板乙').count(), LONG).toBe(1);
    await close();
  });

  it('SAL-2: with the keyboard, arrows go from card to card and M moves one', async () => {
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open('/admin/crm/board', '[data-card]');
    await page.getByRole('searchbox').fill('板');
    await expect.poll(() => page.locator('[data-card]').count(), LONG).toBe(5);
    await cardIn(page, 'initial_contact', '板丙').locator('a').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column'))).toBe('needs_analysis');
    await page.keyboard.press('ArrowLeft');
    await cardIn(page, 'initial_contact', '板丙').locator('a').focus();
    await page.keyboard.press('m');
    await page.locator('.move-menu .stage').first().waitFor();
    await accessible(page, '.move-menu');
    expect(await choice(page, '方案提交').isDisabled()).toBe(true);
    expect(await choice(page, '需求分析').innerText()).toContain('客户需求');
    await choice(page, '流失').focus();
    await page.keyboard.press('Enter');
    await page.locator('.move-dialog textarea').fill('价格太高');
    await page.locator('.move-dialog button').last().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => stageOf('板丙'), LONG).toBe('lost');
    await expect.poll(() => cardIn(page, 'lost', '板丙').count(), LONG).toBe(1);
    await close();
  });

  it('SAL-2, OPS-8: on a phone there is one stage at a time, and a card moves by its menu', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'rep1.s01@example.com', {
      width: 375,
      touch: true,
      scheme: 'dark',
    });
    await open('/admin/crm/board', '[data-card]');
    expect(await page.locator('.board-column').count()).toBe(1);
    await accessible(page, '.crm-page');
    await cardIn(page, 'initial_contact', '板丁').locator('.menu').tap();
    await choice(page, '需求分析').tap();
    await page.locator('.move-dialog textarea').fill('手机上填的');
    await page.locator('.move-dialog button').last().tap();
    await expect.poll(() => stageOf('板丁'), LONG).toBe('needs_analysis');
    await page.getByRole('button', { name: '下一个阶段' }).tap();
    await expect.poll(() => cardIn(page, 'needs_analysis', '板丁').count(), LONG).toBe(1);
    await close();
    expect(complaints.filter((one) => !/\/stage$|status of 400/u.test(one))).toEqual([]);
  });

  it('SAL-2, CUS-11: the record shows its path, moves along it, and its timeline tells the rest', async () => {
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open(`/admin/content/crm_opportunities/${ids['板戊']}`, '.stage-path .stages');
    expect(await page.locator('.stage-path [aria-current=step]').innerText()).toContain('初步接触');
    expect(await page.locator('.stage-path .hint').innerText()).toContain('客户需求');
    await accessible(page, '.stage-path');
    await page.locator('.stage-path button.step').click();
    await page.locator('.move-dialog textarea').fill('记录页上填的');
    await page.locator('.move-dialog button').last().click();
    await expect.poll(() => stageOf('板戊'), LONG).toBe('needs_analysis');
    await expect.poll(() => page.locator('.stage-path [aria-current=step]').innerText(), LONG).toContain('需求分析');
    // The form around it knows, too.
    await expect.poll(() => page.locator('[data-field="stage"]').innerText(), LONG).toContain('需求分析');

    await page
      .locator('.v-detail .v-divider')
      .filter({ has: page.locator('[data-icon="hub"]') })
      .first()
      .click();
    await page.locator('.record-timeline').scrollIntoViewIfNeeded();
    await page.locator('.record-timeline .entry').first().waitFor();
    await expect.poll(() => page.locator('.record-timeline').innerText(), LONG).toContain('移到“需求分析”');
    await page.locator('.record-timeline .log').click();
    await page.locator('.log-form').getByLabel('主题').fill('电话确认了型号');
    await page.locator('.log-form button').last().click();
    await page.locator('[data-entry=activity]', { hasText: '电话确认了型号' }).waitFor();
    await page.locator('.chip[data-kind=activity]').click();
    await expect.poll(() => page.locator('[data-entry=stage]').count(), LONG).toBe(0);
    expect(await page.locator('[data-entry=activity]').count()).toBe(1);
    expect(await page.locator('[data-entry=activity] time').getAttribute('title')).toMatch(/20\d\d/u);
    // Looks and audit are not a rep's to read, so they are not offered.
    expect(await page.locator('.chip').evaluateAll((chips) => chips.map((chip) => chip.getAttribute('data-kind')))).toEqual([
      'activity',
      'stage',
      'approval',
    ]);
    await accessible(page, '.record-timeline');
    await close();
  });

  it('ORG-4: an executive looks at every segment, and moves nothing', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'exec1@example.com', { language: 'en-US' });
    await open('/admin/crm/board', '[data-card]');
    expect(await page.locator('.board-card .menu').count()).toBe(0);
    const segments = page.locator('.filters select').first();
    expect(await segments.locator('option').count()).toBeGreaterThan(5);
    await segments.selectOption({ index: 2 });
    await expect.poll(() => page.locator('[data-card]').count(), LONG).toBeGreaterThan(0);
    await close();
    expect(complaints).toEqual([]);
  });
});
