/** OPS-8: the board with a finger, on a tablet and on a phone. */
import { expect, it } from 'vitest';
import { logInAs } from '../studio.ts';
import { LONG, accessible, cardIn, choice, dragByFinger, type BoardDesk } from './desk.ts';

export function fingerCases(desk: () => BoardDesk): void {
  it('SAL-2, OPS-8: on a tablet a finger that stays on a card drags it to another stage', async () => {
    const { page, open, close } = await logInAs(desk().browser, desk().host, 'rep1.s01@example.com', { touch: true });
    await open('/admin/crm/board', '[data-card]');
    await page.getByRole('searchbox').fill('桥丁');
    await expect.poll(() => page.locator('[data-card]').count(), LONG).toBe(1);
    await dragByFinger(page, cardIn(page, 'initial_contact', '桥丁'), 'proposal');
    await expect.poll(() => page.locator('.move-bar').innerText(), LONG).toContain('不能跳过阶段');
    expect(await desk().stageOf('桥丁')).toBe('initial_contact');
    await dragByFinger(page, cardIn(page, 'initial_contact', '桥丁'), 'needs_analysis');
    await expect.poll(() => desk().stageOf('桥丁'), LONG).toBe('needs_analysis');
    await expect.poll(() => cardIn(page, 'needs_analysis', '桥丁').count(), LONG).toBe(1);
    await close();
  });

  it('SAL-2, OPS-8: on a phone one tap takes a card to the next stage, and one takes it back', async () => {
    const { page, open, close } = await logInAs(desk().browser, desk().host, 'rep1.s01@example.com', { width: 375, touch: true });
    await open('/admin/crm/board', '[data-card]');
    const card = cardIn(page, 'initial_contact', '桥戊');
    await page.getByRole('searchbox').fill('桥戊');
    await expect.poll(() => page.locator('[data-card]').count(), LONG).toBe(1);
    await page.getByRole('button', { name: '把“桥戊”推进到“需求分析”' }).tap();
    await expect.poll(() => desk().stageOf('桥戊'), LONG).toBe('needs_analysis');
    await expect.poll(() => card.count(), LONG).toBe(0);
    await page.locator('.move-bar .undo').tap();
    await expect.poll(() => desk().stageOf('桥戊'), LONG).toBe('initial_contact');
    await expect.poll(() => card.count(), LONG).toBe(1);
    expect((await desk().kindsOf('桥戊'))[0]).toBe('reversal');
    // The last open stage goes to "won", which has nothing after it.
    await page.locator('.switch select').selectOption('3');
    await page.getByRole('searchbox').fill('');
    await page.locator('[data-column=negotiation] .advance').first().waitFor();
    expect(await page.locator('[data-column=negotiation] .advance').first().innerText()).toContain('成交');
    await page.locator('.switch select').selectOption('4');
    await page.locator('[data-column=won]').waitFor();
    expect(await page.locator('[data-column=won] .advance').count()).toBe(0);
    await close();
  });

  it('SAL-2, OPS-8: on a phone there is one stage at a time, and a card moves by its menu', async () => {
    const { page, complaints, open, close } = await logInAs(desk().browser, desk().host, 'rep1.s01@example.com', {
      width: 375,
      touch: true,
      scheme: 'dark',
    });
    await open('/admin/crm/board', '[data-card]');
    expect(await page.locator('.board-column').count()).toBe(1);
    await accessible(page, '.crm-page');
    await page.getByRole('searchbox').fill('板丁');
    await cardIn(page, 'initial_contact', '板丁').locator('.menu').tap();
    await choice(page, '需求分析').tap();
    await page.locator('.move-dialog textarea').fill('手机上填的');
    await page.locator('.move-dialog button').last().tap();
    await expect.poll(() => desk().stageOf('板丁'), LONG).toBe('needs_analysis');
    await page.getByRole('button', { name: '下一个阶段' }).tap();
    await expect.poll(() => cardIn(page, 'needs_analysis', '板丁').count(), LONG).toBe(1);
    await close();
    expect(complaints.filter((one) => !/\/stage$|status of 400/u.test(one))).toEqual([]);
  });
}
