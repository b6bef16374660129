import type { Language } from '../platform/api/actor.ts';
import { Refusal, SAID } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { FIELD_TEXTS, type FieldReason } from './locale/field-texts.ts';

export interface FieldFault {
  collection: string;
  field: string;
  reason: FieldReason;
  values?: Record<string, string | number>;
}

/** A refusal at one field, in the shape in which the Studio shows its text there. */
export function fieldRefusal({ collection, field, reason, values = {} }: FieldFault, language: Language | null | undefined): Refusal {
  const message = say(FIELD_TEXTS[reason], language, values);
  return new Refusal({
    code: 'FAILED_VALIDATION',
    status: 400,
    message,
    extensions: { collection, field, type: SAID, reason, validation_message: message },
  });
}
