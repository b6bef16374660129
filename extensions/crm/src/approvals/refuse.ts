import type { Language } from '../platform/api/actor.ts';
import { Refusal } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { APPROVAL_REFUSALS } from './locale/refusals.ts';

export type ApprovalReason = keyof typeof APPROVAL_REFUSALS;

export function approvalRefusal(
  reason: ApprovalReason,
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  const { code, status, text } = APPROVAL_REFUSALS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason } });
}
