import type { Language } from '../platform/api/actor.ts';
import type { RoleName } from '../kernel/roles.ts';
import { CARD_TEXTS, OFFER_TEXTS } from './locale/card-texts.ts';
import { drawCards, enterAs, STYLE, watchLogin, type CardWords, type Words } from './page/demo-cards.ts';
import { closePanels } from './page/first-look.ts';

/** Below this width the Studio lays its menu over the page. */
const PHONE = 960;

const cardsIn = (language: Language) =>
  Object.fromEntries(
    Object.entries(CARD_TEXTS).map(([role, { icon, title, purpose }]) => [
      role,
      { icon, title: title[language], purpose: purpose[language] },
    ]),
  ) as Record<RoleName, CardWords>;

const wordsIn = (language: Language): Words => ({
  heading: OFFER_TEXTS.heading[language],
  nature: OFFER_TEXTS.nature[language],
  failed: OFFER_TEXTS.failed[language],
  cards: cardsIn(language),
});

/** The demo's script for the log-in page: the functions of page/ as text, with what they need as data. */
export function welcomeScript(): string {
  const data = { style: STYLE, words: { 'zh-CN': wordsIn('zh-CN'), 'en-US': wordsIn('en-US') } };
  return `(${watchLogin.toString()})({ drawCards: ${drawCards.toString()}, enterAs: ${enterAs.toString()}, ...${JSON.stringify(data)} });`;
}

/** The script of every host of our own, demo or not. */
export function firstLookScript(): string {
  return `(${closePanels.toString()})(${PHONE});`;
}
