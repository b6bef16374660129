import type { Language } from '../platform/api/actor.ts';
import { Refusal, SAID } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { HOST_ERROR_TEXTS } from './locale/host-errors.ts';
import { expectedText, PAYLOAD_TEXTS, QUERY_TEXTS, REFUSALS } from './locale/refusals.ts';
import type { PayloadFault } from './rules/payload-shape.ts';
import type { QueryFault } from './rules/query-guard.ts';
import { HELD_REASONS, SIGNED_OUT_REASON } from './signed-out-reason.ts';

export type RefusalName = keyof typeof REFUSALS;

interface Shape {
  code: string;
  status: number;
}

const INVALID_QUERY: Shape = { code: 'INVALID_QUERY', status: 400 };
const INVALID_PAYLOAD: Shape = { code: 'INVALID_PAYLOAD', status: 400 };
const FORBIDDEN: Shape = { code: 'FORBIDDEN', status: 403 };

const SHAPES: Record<RefusalName, Shape> = {
  by_query: FORBIDDEN,
  native_import: FORBIDDEN,
  native_export: FORBIDDEN,
  not_here: FORBIDDEN,
  installed: FORBIDDEN,
  schema_file: INVALID_PAYLOAD,
  variable: FORBIDDEN,
  too_deep: INVALID_PAYLOAD,
  not_rows: INVALID_PAYLOAD,
  second_factor: FORBIDDEN,
  signed_out: { code: 'INVALID_CREDENTIALS', status: 401 },
  exam_pending: FORBIDDEN,
  password_due: FORBIDDEN,
  unavailable: { code: 'SERVICE_UNAVAILABLE', status: 503 },
};

/** What the Studio's page waits for, to say it in its own words. */
const REASONS: Partial<Record<RefusalName, string>> = {
  signed_out: SIGNED_OUT_REASON,
  exam_pending: HELD_REASONS.exam,
  password_due: HELD_REASONS.password,
};

/** A refusal of the guard by name, in the caller's language. */
export function refusal(name: RefusalName, language: Language | null, values: Record<string, string> = {}): Refusal {
  const reason = REASONS[name];
  return new Refusal({ ...SHAPES[name], message: say(REFUSALS[name], language, values), extensions: reason ? { reason } : {} });
}

export function queryRefusal(fault: QueryFault, language: Language | null): Refusal {
  const shape = fault.reason === 'foreign_step' ? FORBIDDEN : INVALID_QUERY;
  return new Refusal({ ...shape, message: say(QUERY_TEXTS[fault.reason], language, { path: fault.path.slice(0, 120) }) });
}

/** The answer to deleting what other rows point at. */
export const inUse = (language: Language | null): Refusal =>
  new Refusal({ code: 'RECORD_IN_USE', status: 409, message: say(HOST_ERROR_TEXTS['RECORD_IN_USE']!, language) });

/** Faults of a field carry the code and text that the Studio shows at the field itself. */
export function payloadRefusal(collection: string, fault: PayloadFault, language: Language | null): Refusal {
  const values: Record<string, string | number> = {
    ...('field' in fault ? { field: fault.field } : {}),
    ...('max' in fault ? { max: fault.max } : {}),
  };
  if (fault.reason === 'wrong_type') values['expected'] = say(expectedText(fault.expected), language);
  const message = say(PAYLOAD_TEXTS[fault.reason], language, values);
  if (!('field' in fault) || fault.reason === 'unknown_field')
    return new Refusal({ ...INVALID_PAYLOAD, message, extensions: { reason: fault.reason } });
  return new Refusal({
    code: 'FAILED_VALIDATION',
    status: 400,
    message,
    extensions: { collection, field: fault.field, type: SAID, reason: fault.reason, validation_message: message },
  });
}
