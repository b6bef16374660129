import type { Language } from '../../platform/api/actor.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { COMMIT_TEXTS, type CommitReason } from '../locale/commit-texts.ts';

export function importRefusal(
  reason: CommitReason,
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  const { code, status, text } = COMMIT_TEXTS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...values } });
}
