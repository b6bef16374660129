/** SAL-3, SAL-7, SAL-11: what the board asks before a card moves. */
import { expect, it } from 'vitest';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import { fromStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { logInAs } from '../studio.ts';
import { LONG, accessible, cardIn, dialog, hold, type BoardDesk } from './desk.ts';

export function dialogCases(desk: () => BoardDesk): void {
  it('SAL-7, F38: "won" asks for the signed order, in three fields, and writes it; its day is that of the segment', async () => {
    // One of both is on another day than Shanghai, whenever this runs.
    const zone = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'].find((one) => toBusinessDate(new Date(), one) !== toBusinessDate(new Date()))!;
    const segment = () => desk().host.database('crm_segments').where({ code: 's01' });
    await segment().update({ timezone: zone });
    const { page, complaints, open, close } = await logInAs(desk().browser, desk().host, 'rep1.s01@example.com');
    await open('/admin/crm/board', '[data-card]');
    const card = cardIn(page, 'negotiation', '桥甲');
    await hold(page, card, 'won');
    await page.mouse.up();
    await page.locator('.move-dialog .signed').waitFor();
    expect(await dialog(page).locator('legend').innerText()).toBe('已签订的订单或合同');
    // Nothing else is missing, so nothing else is asked.
    expect(await dialog(page).locator('label').allInnerTexts()).toEqual(['订单号', '金额', '签订日期']);
    await accessible(page, '.move-dialog');
    const confirm = dialog(page).locator('button').last();
    expect(await confirm.isDisabled()).toBe(true);
    const today = toBusinessDate(new Date(), zone);
    expect(await dialog(page).getByLabel('签订日期').inputValue()).toBe(today);
    await dialog(page).getByLabel('订单号').fill('桥-2026-1');
    await dialog(page).getByLabel('金额').fill('4,800');
    await confirm.click();
    await expect.poll(() => desk().stageOf('桥甲'), LONG).toBe('won');
    await expect.poll(() => cardIn(page, 'won', '桥甲').count(), LONG).toBe(1);
    const orders = await desk()
      .host.database('crm_orders')
      .where({ opportunity: desk().ids['桥甲'] })
      .select('number', 'amount', 'signed_on');
    expect(orders.map(({ number, amount, signed_on }) => [number, Number(amount), fromStoredDay(signed_on)])).toEqual([
      ['桥-2026-1', 4800, today],
    ]);
    await segment().update({ timezone: 'Asia/Shanghai' });
    await close();
    expect(complaints.filter((one) => !/\/stage$|status of 400/u.test(one))).toEqual([]);
  });

  it('SAL-3: a card that goes back asks why, and the history keeps it', async () => {
    const { page, open, close } = await logInAs(desk().browser, desk().host, 'rep1.s01@example.com', { scheme: 'dark' });
    await open('/admin/crm/board', '[data-card]');
    await hold(page, cardIn(page, 'needs_analysis', '桥乙'), 'initial_contact');
    await page.mouse.up();
    await page.locator('.move-dialog textarea').waitFor();
    expect(await dialog(page).innerText()).toContain('退回或重新打开须写明原因');
    expect(await dialog(page).innerText()).not.toContain('stage_reason');
    await accessible(page, '.move-dialog');
    // What is emptied again is not there.
    await page.locator('.move-dialog textarea').fill('写了又删');
    await page.locator('.move-dialog textarea').fill('');
    expect(await dialog(page).locator('button').last().isDisabled()).toBe(true);
    await page.locator('.move-dialog textarea').fill('客户换了负责人');
    await dialog(page).locator('button').last().click();
    await expect.poll(() => desk().stageOf('桥乙'), LONG).toBe('initial_contact');
    const last = await desk()
      .host.database('crm_stage_changes')
      .where({ opportunity: desk().ids['桥乙'] })
      .orderBy('changed_at', 'desc')
      .first();
    expect([last.kind, last.reason]).toEqual(['back', '客户换了负责人']);
    await close();
  });

  it('SAL-11: a discount above the limit asks for an approval, and stays until it is there', async () => {
    const { page, open, close } = await logInAs(desk().browser, desk().host, 'rep1.s01@example.com');
    await open('/admin/crm/board', '[data-card]');
    const card = cardIn(page, 'needs_analysis', '桥丙');
    await hold(page, card, 'proposal');
    await page.mouse.up();
    await page.locator('.move-dialog textarea').waitFor();
    expect(await dialog(page).innerText()).toContain('折扣 30% 高于本版块的审批线');
    await page.locator('.move-dialog textarea').fill('老客户续约');
    await dialog(page).locator('button').last().click();
    await expect.poll(() => page.locator('.move-bar').innerText(), LONG).toContain('已提交审批');
    expect(await desk().stageOf('桥丙')).toBe('needs_analysis');
    expect(await card.count()).toBe(1);
    const asked = await desk().host.database('crm_approvals').where({ item: desk().ids['桥丙'] }).select('kind', 'state', 'reason');
    expect(asked).toEqual([{ kind: 'discount', state: 'pending', reason: '老客户续约' }]);
    await close();
  });
}
