import type { Language } from '../platform/api/actor.ts';
import { Refusal } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { VALUE_TEXTS } from './locale/value-texts.ts';
import type { ValueFault } from './rules/value-fault.ts';

/**
 * One refusal per value that cannot be stored. The host's own code, because then its forms show the text beside the
 * field (`validation_message`); every other code becomes a notification without a place.
 */
export function valueRefusal({ collection, field, reason, values }: ValueFault, language: Language | null | undefined): Refusal {
  const message = say(VALUE_TEXTS[reason], language, values);
  const type = reason === 'blank' ? 'nnull' : 'regex';
  return new Refusal({
    code: 'FAILED_VALIDATION',
    status: 400,
    message,
    extensions: { collection, field, type, reason, validation_message: message },
  });
}

/** Refuses the write if there is any fault; the host answers a thrown list with one error for each. */
export function refuseFaults(faults: readonly ValueFault[], language: Language | null | undefined): void {
  if (!faults.length) return;
  const refusals = faults.map((fault) => valueRefusal(fault, language));
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the host's error handler takes a list of errors
  throw refusals.length === 1 ? refusals[0] : refusals;
}
