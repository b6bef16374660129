import type { ZodType } from 'zod';
import type { Actor, Language } from '../../platform/api/actor.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { HANDOVER_REFUSALS, type HandoverReason } from './locale/refusals.ts';

/** The refusal behind a reason, in the caller's language. */
export function handoverRefusal(
  reason: HandoverReason,
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  const { code, status, text } = HANDOVER_REFUSALS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...values } });
}

const MOST_NAMED = 3;

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
export function parsed<T>(schema: ZodType<T>, value: unknown, { language }: Actor): T {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  throw handoverRefusal('bad_value', language, { where: where.join(', ') });
}
