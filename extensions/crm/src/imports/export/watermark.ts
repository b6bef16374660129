import type { Language } from '../../platform/api/actor.ts';
import { say } from '../../platform/api/say.ts';
import { MARK_TEXTS } from '../locale/export-texts.ts';

/** Who took out how many rows, when and what for (SEC-5, IMP-5). */
export interface Watermark {
  id: string;
  who: string;
  /** In the zone of the user's work. */
  when: string;
  why: string;
  rows: number;
}

/** In one line, above the headings of a text table; an import finds its headings below it. */
export const markLine = (mark: Watermark, language: Language): string => say(MARK_TEXTS.line, language, { ...mark });

/** One thing a row, on a sheet of its own. */
export const markRows = (mark: Watermark, language: Language): string[][] => [
  [say(MARK_TEXTS.sheet, language), say(MARK_TEXTS.notice, language)],
  ...(['who', 'when', 'why', 'rows', 'id'] as const).map((part) => [say(MARK_TEXTS[part], language), String(mark[part])]),
];
