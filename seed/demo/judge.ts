import { computeCompleteness, weightsFor, type Weight } from '../../extensions/crm/src/customers/rules/completeness.ts';
import { decideStatus, requirementFor, toMissingWords, type RequiredSet } from '../../extensions/crm/src/customers/rules/required-set.ts';
import { isFullLegalName } from '../../extensions/crm/src/kernel/text/legal-name.ts';
import type { Judge } from './plan/index.ts';

/** Judges the demo's customers by the very rules of the write path, over the installed configuration (Q19, CUS-5, CUS-6). */
export function createJudge(sets: readonly RequiredSet[], weights: readonly Weight[]): Judge {
  return (customer, contacts, tags) => {
    const { kind, segment } = customer;
    const requirement = requirementFor(sets, { class: customer.class, kind, segment });
    const { status, missing } = decideStatus({ customer, contacts, tags, requirement });
    return {
      status,
      missing: missing.length ? toMissingWords(missing) : null,
      completeness: computeCompleteness(weightsFor(weights, { segment, kind }), customer, contacts, tags),
      name_hint: isFullLegalName(customer.name, kind) ? null : 'not_legal_name',
    };
  };
}
