import { isMaskOf, toMask } from './mask.ts';
import type { Relation } from '../../kernel/flows/leading-collections.ts';
import { changeNested } from './nested-rows.ts';
import { isSealedIn, sealedFieldsOf, type SealedField } from './sealed-fields.ts';

type Plain = Record<string, unknown>;

/**
 * A copy that the host keeps of a row (revision data or delta), with every clear value of a sealed field as its mask;
 * null where there is nothing to change. Which row the copy is of may decide: a company keeps its switchboard.
 */
function scrubCopy(collection: string, copy: unknown, seals: (declared: SealedField) => boolean): Plain | null {
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) return null;
  const row = copy as Plain;
  const changed: Plain = {};
  for (const declared of sealedFieldsOf(collection)) {
    const value = row[declared.field];
    if (typeof value !== 'string' || !value || isMaskOf(declared.mask, value) || !seals(declared)) continue;
    changed[declared.field] = toMask(declared.mask, value);
  }
  return Object.keys(changed).length ? { ...row, ...changed } : null;
}

/** The same for rows that stand in that copy; of one that does not say what it is every value is taken for a person's. */
export function scrubDelta(
  relations: readonly Relation[],
  collection: string,
  copy: unknown,
  seals: (declared: SealedField) => boolean,
): Plain | null {
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) return null;
  const own = scrubCopy(collection, copy, seals);
  let isChanged = own !== null;
  const whole = changeNested(relations, collection, own ?? (copy as Plain), (target, row) => {
    const scrubbed = scrubCopy(target, row, (declared) => !declared.when || !(declared.when.field in row) || isSealedIn(declared, row));
    isChanged ||= scrubbed !== null;
    return scrubbed ?? row;
  });
  return isChanged ? whole : null;
}
