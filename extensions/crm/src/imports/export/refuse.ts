import type { Language } from '../../platform/api/actor.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { EXPORT_REFUSALS } from '../locale/export-texts.ts';

export function exportRefusal(
  reason: keyof typeof EXPORT_REFUSALS,
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  const { code, status, text } = EXPORT_REFUSALS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...values } });
}
