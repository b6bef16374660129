import type { ReadRow } from './read-row.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a line of a table of customers says: of the company, of its contact, and which rows its cells name. */
export interface CompanyTold {
  company: Values;
  contact: Values;
  /** By target: owner, industry, region, tags. */
  named: ReadonlyMap<string, readonly string[]>;
}

/** What a later line of the same company adds to an earlier one; `other` with the target in which the two contradict. */
export type Repeat = { says: 'same' } | { says: 'contact' } | { says: 'other'; target: string };

export const companyTold = (
  { crm_customers: company = {}, crm_contacts: contact = {} }: ReadRow['values'],
  named: CompanyTold['named'],
): CompanyTold => ({ company, contact, named });

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The first of `later`'s values that `first` does not have so; an empty cell says nothing and agrees with everything. */
const disagreement = (first: Values, later: Values): string | undefined =>
  Object.keys(later).find((field) => !same(first[field], later[field]));

/**
 * Compares two lines of a table that name one company (F32). Real customer lists repeat the company for each of its people: a
 * later line whose customer cells are empty or say the same brings one more contact. One that says otherwise of the company,
 * or of the same person, contradicts: nobody could say which of the two was meant.
 */
export function compareCompanies(first: CompanyTold, later: CompanyTold): Repeat {
  const field = disagreement(first.company, later.company);
  if (field) return { says: 'other', target: field };
  for (const [target, ids] of later.named)
    if (!same([...(first.named.get(target) ?? [])].sort(), [...ids].sort())) return { says: 'other', target };
  const open = disagreement(first.contact, later.contact);
  if (!open) return { says: 'same' };
  return same(first.contact['name'], later.contact['name']) ? { says: 'other', target: `contact.${open}` } : { says: 'contact' };
}
