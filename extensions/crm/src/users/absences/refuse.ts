import type { Language } from '../../platform/api/actor.ts';
import { Refusal, SAID } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { ABSENCE_REFUSALS, type AbsencesReason } from './locale/refusals.ts';

/** The refusal behind a reason; at a field it has the host's own code, so that the form shows the text there. */
export function absenceRefusal(
  reason: AbsencesReason,
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  const { code, status, field, text } = ABSENCE_REFUSALS[reason];
  const message = say(text, language, values);
  const place = field ? { field, type: SAID, validation_message: message } : {};
  return new Refusal({ code, status, message, extensions: { reason, ...place, ...values } });
}
