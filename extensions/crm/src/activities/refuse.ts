import type { ZodType } from 'zod';
import type { Actor, Language } from '../platform/api/actor.ts';
import { Refusal, SAID } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { ACTIVITY_REFUSALS, FIELD_REFUSALS } from './locale/refusals.ts';

export type ActivityReason = keyof typeof ACTIVITY_REFUSALS;
export type FieldReason = keyof typeof FIELD_REFUSALS;

export function activityRefusal(
  reason: ActivityReason,
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  const { code, status, text } = ACTIVITY_REFUSALS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...values } });
}

/** The host's own code, because then the forms show the text beside the field. */
export function fieldRefusal(collection: string, field: string, reason: FieldReason, language: Language | null | undefined): Refusal {
  const message = say(FIELD_REFUSALS[reason], language);
  const extensions = { collection, field, type: SAID, reason, validation_message: message };
  return new Refusal({ code: 'FAILED_VALIDATION', status: 400, message, extensions });
}

const MOST_NAMED = 3;

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
export function parsed<T>(schema: ZodType<T>, value: unknown, { language }: Actor, reason: 'bad_value' | 'bad_query' = 'bad_value'): T {
  const reading = schema.safeParse(value ?? {});
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  throw activityRefusal(reason, language, { where: where.join(', ') });
}
