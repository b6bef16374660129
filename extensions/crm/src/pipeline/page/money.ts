import type { Language } from '../../platform/app/i18n.ts';

/** An amount in yuan: whole on a card, shortened (万, 亿, M) above a column. */
export const formatMoney = (amount: number, language: Language, isShort = false): string =>
  new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: isShort ? 1 : Number.isInteger(amount) ? 0 : 2,
    ...(isShort ? { notation: 'compact' } : {}),
  }).format(amount);
