import { SIGNED_OUT_REASON } from '../../guard/signed-out-reason.ts';
import type { Language } from '../../platform/api/actor.ts';
import { forbidden, Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { LEAVING } from './locale/leaving.ts';
import { SESSION_REFUSALS, type SessionReason } from './locale/refusals.ts';

/** What the Studio's page waits for: the screen is to be covered. */
export const LOCKED_REASON = 'crm_session_locked';

/** The refusal behind a reason; `forbidden` is the host's own text, so that people of others look absent. */
export function sessionRefusal(
  reason: SessionReason | 'forbidden',
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  if (reason === 'forbidden') return forbidden();
  const { code, status, text } = SESSION_REFUSALS[reason];
  const leaves = Object.hasOwn(LEAVING, reason);
  const known = reason === 'locked' ? LOCKED_REASON : leaves ? SIGNED_OUT_REASON : reason;
  // The Studio's log-in page says which of them it was.
  const extensions = { ...values, reason: known, ...(leaves ? { category: reason } : {}) };
  return new Refusal({ code, status, message: say(text, language, values), extensions });
}
