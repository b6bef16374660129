import type { Language } from '../platform/api/actor.ts';
import { Refusal, SAID } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { FIELD_TEXTS, PRIVACY_TEXTS, type FieldReason, type PrivacyReason } from './locale/texts.ts';

export function privacyRefusal(
  reason: PrivacyReason,
  language: Language | null | undefined,
  values: Record<string, string | number> = {},
): Refusal {
  const { code, status, text } = PRIVACY_TEXTS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason } });
}

/** A value that is not stored, and where on the form it stands; for a row in a list of the form `path` says where in it. */
export interface FieldFault {
  collection: string;
  field: string;
  reason: FieldReason;
  path?: string;
}

/** Refuses with every fault at its field, in the shape in which the Studio shows a text there. */
export function refuseFields(faults: readonly FieldFault[], language: Language | null | undefined): void {
  if (!faults.length) return;
  const refusals = faults.map(({ collection, field, reason, path }) => {
    const message = say(FIELD_TEXTS[reason], language);
    return new Refusal({
      code: 'FAILED_VALIDATION',
      status: 400,
      message,
      extensions: { collection, field, ...(path ? { path } : {}), type: SAID, reason, validation_message: message },
    });
  });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the host's error handler takes a list of errors
  throw refusals.length === 1 ? refusals[0] : refusals;
}
