/** Where somebody's own work begins: rows that hang on nothing else, with everything below them. */
export const ROOTS = ['crm_customers', 'crm_leads', 'crm_activities', 'crm_attachments', 'directus_files'] as const;
export type Root = (typeof ROOTS)[number];

/** Collections that a rule may name; the others go by the rule for everything. */
export const RULED = ['crm_customers', 'crm_leads', 'crm_activities'] as const;
export type Ruled = (typeof RULED)[number];

/** What a rule is about, as far as its order goes. */
export interface RuleScope {
  collection?: Ruled | null | undefined;
  where?: unknown;
}

/** Whether a rule is for everything: customers, leads, activities, and what somebody is named for. */
export const isForAll = ({ collection, where }: RuleScope): boolean => !collection && !where;

/** The collection whose rows a rule picks, or null of one for everything. */
export const collectionOf = (rule: RuleScope): Ruled | null => (isForAll(rule) ? null : (rule.collection ?? 'crm_customers'));

/** Whether a rule is tried on rows of `root`. */
export const isTriedOn = (rule: RuleScope, root: Root): boolean => {
  const collection = collectionOf(rule);
  return collection === null || collection === root;
};

/** A row where somebody's work begins. */
export interface RootRow {
  id: string;
  segment: string | null;
}

export interface Matched<Row extends RootRow> {
  /** Rows by the place of their rule, in its order. */
  byRule: Row[][];
  rest: Row[];
}

/**
 * Gives each row to the first rule that fits: that is tried on its kind, whose condition holds, and whose person works where the
 * row stands (N5; from one segment to another is a transfer).
 */
export function matchRules<Row extends RootRow>(rows: readonly Row[], rules: readonly ((row: Row) => boolean)[]): Matched<Row> {
  const byRule: Row[][] = rules.map(() => []);
  const rest: Row[] = [];
  for (const row of rows) {
    const place = rules.findIndex((fits) => fits(row));
    (place < 0 ? rest : byRule[place]!).push(row);
  }
  return { byRule, rest };
}
