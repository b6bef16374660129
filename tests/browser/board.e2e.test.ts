/** SAL-2, SAL-3, SAL-5, CUS-11: the board of opportunities by mouse, key and finger; the path and the timeline of a record; leads. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { dayIn } from '../integration/my-day/ask.ts';
import { LONG, accessible, cardIn, choice, column, dialog, hold, type BoardDesk } from './board/desk.ts';
import { dialogCases } from './board/dialogs.ts';
import { fingerCases } from './board/fingers.ts';
import { leadCases } from './board/leads.ts';
import { launchBrowser, logInAs } from './studio.ts';

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

  const desk = (): BoardDesk => ({ host, browser, ids, stageOf, kindsOf });

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
    for (const title of ['桥甲', '桥乙', '桥丙', '桥丁', '桥戊']) {
      const row = { title, customer: customer.id, amount: 5000, expected_close_on: dayIn(30), needs: '桥梁施工' };
      const made = await rep.request('POST', '/items/crm_opportunities', row);
      ids[title] = made.body.data.id;
    }
    const goTo = async (title: string, ...keys: string[]): Promise<void> => {
      for (const stage of keys) {
        const answer = await rep.request('POST', `/crm/opportunities/${ids[title]}/stage`, { stage });
        expect(answer.status, answer.text).toBe(200);
      }
    };
    await goTo('桥甲', 'needs_analysis', 'proposal', 'negotiation');
    await goTo('桥乙', 'needs_analysis');
    await goTo('桥丙', 'needs_analysis');
    await rep.request('PATCH', `/items/crm_opportunities/${ids['桥丙']}`, { discount_percent: 30 });
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

  dialogCases(desk);

  it('UX: a column shows what fits and more on demand; keys of the page rest while a dialog is open', async () => {
    const rep = await host.login('rep1.s01@example.com');
    const { customer } = await host.database('crm_opportunities').where({ id: ids['板甲'] }).first('customer');
    const many = Array.from({ length: 27 }, (_, at) => ({ title: `多列 ${at}`, customer, amount: 100 }));
    expect((await rep.request('POST', '/items/crm_opportunities', many)).status).toBe(200);
    // What came at one moment has no order of its own: a column that is read again could begin with another card.
    for (const [at, { title }] of many.entries())
      await host
        .database('crm_opportunities')
        .where({ title })
        .update({ stage_entered_at: new Date(Date.now() - (at + 1) * 60_000) });
    const { page, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open('/admin/crm/board', '[data-card]');
    await page.getByRole('searchbox').fill('多列');
    const cards = column(page, 'initial_contact').locator('.board-card');
    await expect.poll(() => column(page, 'initial_contact').locator('.count').innerText(), LONG).toBe('27 个');
    await expect.poll(() => cards.count(), LONG).toBe(25);
    // Empty columns say so at their top, where the first card would stand.
    const [none, head] = [column(page, 'proposal').locator('.state'), column(page, 'proposal').locator('.head')];
    expect((await none.boundingBox())!.y - (await head.boundingBox())!.y).toBeLessThan(120);
    await page.getByText('再显示 2 个').click();
    await expect.poll(() => cards.count(), LONG).toBe(27);
    expect(new Set(await cards.evaluateAll((all) => all.map((one) => one.getAttribute('data-card')))).size).toBe(27);
    expect(await page.getByText(/再显示/u).count()).toBe(0);

    const here = () => page.evaluate(() => document.activeElement?.closest('[data-card]')?.getAttribute('data-card'));
    await cards.first().locator('a').focus();
    const before = await here();
    // Before the dialog has taken the focus, and after it.
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.locator('.move-menu .stage').first().waitFor();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('m');
    expect(await page.locator('.move-menu').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.locator('.move-menu').waitFor({ state: 'detached' });
    // Where the reader was before, they are again.
    expect(before).toBeTruthy();
    expect(await here()).toBe(before);
    await close();
  });

  fingerCases(desk);

  leadCases(desk);

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
    // It is taken back as on the board, though the host has drawn the form anew.
    await page.locator('.move-bar .undo').click();
    await expect.poll(() => stageOf('板戊'), LONG).toBe('initial_contact');
    await expect.poll(() => page.locator('.move-bar').innerText(), LONG).toContain('已撤销');
    await page.locator('.stage-path button.step').click();
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

  it('SAL-2: the bookmark of the board opens it among the lists, and the search of the list narrows it', async () => {
    const { page, complaints, open, close } = await logInAs(browser, host, 'rep1.s01@example.com');
    await open('/admin/content/crm_opportunities', 'table tbody tr');
    await page.getByRole('link', { name: '商机看板（按阶段）' }).click();
    await page.locator('.board-layout [data-card]').first().waitFor();
    await accessible(page, '.board-layout');
    expect(await column(page, 'won').count()).toBe(1);
    await page.locator('.search-input').click();
    await page.locator('.search-input input').fill('板');
    await expect.poll(() => page.locator('[data-card]').count(), LONG).toBe(5);
    await close();
    expect(complaints).toEqual([]);
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
