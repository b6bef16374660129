import { isFullLegalName, type CustomerKind } from '../kernel/text/legal-name.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { loadRequiredSets, loadWeights } from './recount.ts';
import { computeCompleteness, weightsFor } from './rules/completeness.ts';
import { decideStatus, requirementFor, toMissingWords } from './rules/required-set.ts';

/** A customer that is about to be inserted, whole, with what is inserted below it. */
export interface NewCustomer {
  row: Row;
  contacts: readonly Row[];
  tags: number;
}

/** What the server computes of a new customer. */
export interface Foreseen {
  completeness: number;
  name_hint: string | null;
  missing: string[] | null;
  status: 'draft' | 'active';
  /** What it is before its contacts and tags are there: the entry of its creation says this. */
  statusAlone: 'draft' | 'active';
}

/**
 * What `recountCompleteness` would find of customers that are inserted together with their contacts and tags, before they are
 * (CUS-5, Q19): the same rules in memory, so that many new rows are written once and not counted over again.
 */
export async function customerForesight(database: Knex): Promise<(customer: NewCustomer) => Foreseen> {
  const [sets, weights] = [await loadRequiredSets(database), await loadWeights(database)];
  return ({ row, contacts, tags }) => {
    const axes = { class: String(row['class']), kind: String(row['kind']), segment: String(row['segment']) };
    const requirement = requirementFor(sets, axes);
    const decided = decideStatus({ customer: row, contacts, tags, requirement });
    const alone = decideStatus({ customer: row, contacts: [], tags: 0, requirement });
    const missing = decided.status === 'draft' ? toMissingWords(decided.missing) : [];
    return {
      completeness: computeCompleteness(weightsFor(weights, axes), row, contacts, tags),
      name_hint: isFullLegalName(String(row['name']), row['kind'] as CustomerKind) ? null : 'not_legal_name',
      missing: missing.length ? missing : null,
      status: decided.status,
      statusAlone: alone.status,
    };
  };
}
