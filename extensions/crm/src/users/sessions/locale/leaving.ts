import type { Said } from '../../../platform/api/say.ts';
import { SESSION_REFUSALS } from './refusals.ts';

/** Reasons for which the Studio goes to its log-in page, with the sentence that it shows there. */
export const LEAVING: Readonly<Record<'idle' | 'day_end' | 'ended' | 'too_often_wrong', Said>> = {
  idle: SESSION_REFUSALS.idle.text,
  day_end: SESSION_REFUSALS.day_end.text,
  ended: SESSION_REFUSALS.ended.text,
  too_often_wrong: SESSION_REFUSALS.too_often_wrong.text,
};
