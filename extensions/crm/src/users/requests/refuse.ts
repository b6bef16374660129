import type { Language } from '../../platform/api/actor.ts';
import { forbidden, Refusal, SAID } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { REQUEST_REFUSALS, type RequestsReason } from './locale/refusals.ts';

/** The refusal behind a reason; at a field it has the host's own code, so that the form shows the text there. */
export function requestRefusal(
  reason: RequestsReason | 'forbidden',
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
  more: Record<string, unknown> = {},
): Refusal {
  if (reason === 'forbidden') return forbidden();
  const { code, status, field, text } = REQUEST_REFUSALS[reason];
  const message = say(text, language, values);
  const place = field ? { field, type: SAID, validation_message: message } : {};
  return new Refusal({ code, status, message, extensions: { reason, ...place, ...values, ...more } });
}
