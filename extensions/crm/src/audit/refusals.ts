import type { Language } from '../platform/api/actor.ts';
import { Refusal } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { REFUSALS } from './locale/refusals.ts';

type Lang = Language | null | undefined;

export const closedLog = (language: Lang): Refusal =>
  new Refusal({ code: 'FORBIDDEN', status: 403, message: say(REFUSALS.closed_log, language), extensions: { reason: 'closed_log' } });

export const cascadesIntoOurs = (language: Lang): Refusal =>
  new Refusal({ code: 'FORBIDDEN', status: 403, message: say(REFUSALS.cascade, language), extensions: { reason: 'cascade' } });

export const silentFlow = (language: Lang): Refusal =>
  new Refusal({ code: 'FORBIDDEN', status: 403, message: say(REFUSALS.silent_flow, language), extensions: { reason: 'silent_flow' } });

/** No change without its entry: while nothing can be signed, nothing of ours is written. */
export const keysMissing = (language: Lang): Refusal =>
  new Refusal({
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    message: say(REFUSALS.keys_missing, language),
    extensions: { reason: 'keys_missing' },
  });

export const badRequest = (
  reason: 'bad_moment' | 'not_known_yet' | 'in_future' | 'bad_filter',
  language: Lang,
  values: Record<string, string> = {},
): Refusal => new Refusal({ code: 'INVALID_QUERY', status: 400, message: say(REFUSALS[reason], language, values), extensions: { reason } });
