import type { Language } from '../platform/api/actor.ts';
import { Refusal, SAID } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { IN_ROW, VALUE_TEXTS } from './locale/value-texts.ts';
import type { ValueFault } from './rules/value-fault.ts';

/**
 * One refusal per value that cannot be stored. The host's own code, because then its forms show the text beside the
 * field; every other code becomes a notification without a place. At the field itself they show what stands under
 * `validationError.<type>` among their words, so ours has a type of its own (seed/experience/words.ts).
 */
export function valueRefusal({ collection, field, reason, values, within }: ValueFault, language: Language | null | undefined): Refusal {
  const text = say(VALUE_TEXTS[reason], language, values);
  const message = within?.row ? say(IN_ROW, language, { row: within.row, text }) : text;
  const type = reason === 'blank' ? 'nnull' : SAID;
  return new Refusal({
    code: 'FAILED_VALIDATION',
    status: 400,
    message,
    extensions: { collection, field, ...(within ? { path: within.path } : {}), type, reason, validation_message: message },
  });
}

/** Refuses the write if there is any fault; the host answers a thrown list with one error for each. */
export function refuseFaults(faults: readonly ValueFault[], language: Language | null | undefined): void {
  if (!faults.length) return;
  const refusals = faults.map((fault) => valueRefusal(fault, language));
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the host's error handler takes a list of errors
  throw refusals.length === 1 ? refusals[0] : refusals;
}
