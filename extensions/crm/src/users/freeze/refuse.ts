import type { Language } from '../../platform/api/actor.ts';
import { forbidden, Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { FREEZE_REFUSALS, type FreezesReason } from './locale/refusals.ts';

/** The refusal behind a reason; `forbidden` is the host's own text, so that people of others look absent. */
export function freezeRefusal(
  reason: FreezesReason | 'forbidden',
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  if (reason === 'forbidden') return forbidden();
  const { code, status, text } = FREEZE_REFUSALS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...values } });
}
