/** What the cases of the board share: the host with its rows, and the ways to take hold of a card. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestHost } from '../../harness/host.ts';

export interface BoardDesk {
  host: TestHost;
  browser: Browser;
  /** The opportunities of the cases by their titles. */
  ids: Record<string, string>;
  stageOf(title: string): Promise<unknown>;
  /** The kinds of the changes of an opportunity, the last one first. */
  kindsOf(title: string): Promise<string[]>;
}

export const LONG = { timeout: 30_000 };

export async function accessible(page: Page, part: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  // The colours of the host's own buttons are the theme's.
  expect(found.filter((one) => !/^color-contrast: <span data-v-\w+="" class="content">/u.test(one))).toEqual([]);
}

export const column = (page: Page, key: string): Locator => page.locator(`[data-column="${key}"]`);
export const cardIn = (page: Page, key: string, title: string): Locator => column(page, key).locator('.board-card', { hasText: title });
export const choice = (page: Page, name: string): Locator =>
  page.locator('.move-menu .stage').filter({ has: page.getByText(name, { exact: true }) });
export const dialog = (page: Page): Locator => page.locator('.v-card').last();

/** Takes a card in the hand and holds it over a column. */
export async function hold(page: Page, card: Locator, key: string): Promise<void> {
  await card.scrollIntoViewIfNeeded();
  const from = (await card.locator('.customer').boundingBox())!;
  const to = (await column(page, key).locator('.cards').boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 15, { steps: 4 });
  await page.mouse.move(to.x + 60, from.y + 15, { steps: 8 });
  await page.waitForTimeout(100);
}

/** A finger: the browser's own touch events, which a mouse does not make. */
export async function dragByFinger(page: Page, card: Locator, key: string): Promise<void> {
  const from = (await card.locator('.customer').boundingBox())!;
  const to = (await column(page, key).locator('.cards').boundingBox())!;
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]): Promise<unknown> =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const [begin, end] = [
    { x: from.x + 20, y: from.y + 5 },
    { x: to.x + 60, y: to.y + 30 },
  ];
  await touch('touchStart', [begin]);
  // A finger that stays lifts the card; one that goes on at once scrolls.
  await page.waitForTimeout(500);
  for (let step = 1; step <= 12; step += 1) {
    const at = { x: begin.x + ((end.x - begin.x) * step) / 12, y: begin.y + ((end.y - begin.y) * step) / 12 };
    await touch('touchMove', [at]);
    await page.waitForTimeout(20);
  }
  await touch('touchEnd', []);
}
