/**
 * How much of a collection one caller may read, as the access matrix stores it (design.md 2):
 * - `none`    nothing
 * - `own`     rows of the own segment that the caller owns
 * - `segment` rows of the caller's segments
 * - `shared`  configuration: rows of the caller's segments and the rows that stand for all segments
 * - `limited` some other row rule (people, files): nothing about a row may be taken for granted
 * - `all`     no row rule
 */
export type RowRule = 'none' | 'own' | 'segment' | 'shared' | 'limited' | 'all';

/** The caller's row rule on a collection; plain data from the access matrix, bound to one role. */
export type RowRuleOf = (collection: string) => RowRule;

/** Whether every row that `inner` shows is certainly shown by `outer` too, given the same segment and owner. */
export function covers(outer: RowRule, inner: RowRule): boolean {
  if (outer === 'all') return true;
  if (outer === 'segment') return inner === 'segment' || inner === 'own';
  return outer === 'own' && inner === 'own';
}
