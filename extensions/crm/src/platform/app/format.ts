import { toDayText } from '../../kernel/calendar/day-text.ts';
import type { Language } from './i18n.ts';

/** A moment in the business's zone, whatever the zone of the browser (design 6). */
export const formatMoment = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(new Date(iso));

export const formatNumber = (value: number, language: Language): string => new Intl.NumberFormat(language).format(value);

/** A business day with its year. */
export const formatDate = (day: string, language: Language): string => toDayText(day, language);

/** A business day without its year, for what is near: on a card every sign counts. */
export const formatDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
