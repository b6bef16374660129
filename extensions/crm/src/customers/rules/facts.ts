import { COLLECTIONS } from '../../kernel/collections.ts';

/** What a required set or a weight may name besides the customer's own columns. CUS-2, CUS-4. */
export const RELATED_FACTS = ['contacts', 'reachable_contact', 'related_contacts', 'decision_maker', 'tags'] as const;
export type RelatedFact = (typeof RELATED_FACTS)[number];

/** How a person is reached; one is enough. */
export const CONTACT_WAYS = ['phone', 'email', 'wechat'] as const;

/** Columns that are not a matter of filling in. */
const NOT_ASKED = new Set(['id', 'status', 'completeness', 'owner', 'segment']);

const askable = (collection: string): string[] =>
  Object.entries(COLLECTIONS[collection]!.fields)
    .filter(([name, field]) => !NOT_ASKED.has(name) && !field.computed && !field.secret)
    .map(([name]) => name);

/** Everything that counts as "filled in" for a customer. */
export const CUSTOMER_COLUMNS: readonly string[] = askable('crm_customers');
export const CONTACT_COLUMNS: readonly string[] = askable('crm_contacts').filter((name) => name !== 'customer');
const OPPORTUNITY_COLUMNS: readonly string[] = askable('crm_opportunities');

/** A stage may also ask for a signed order or contract (contract.md). */
const OPPORTUNITY_FACTS = new Set([...OPPORTUNITY_COLUMNS, 'order_or_contract']);

export const isRelatedFact = (name: string): name is RelatedFact => (RELATED_FACTS as readonly string[]).includes(name);
export const isCustomerFact = (name: string): boolean => CUSTOMER_COLUMNS.includes(name) || isRelatedFact(name);
export const isContactField = (name: string): boolean => CONTACT_COLUMNS.includes(name);
export const isOpportunityField = (name: string): boolean => OPPORTUNITY_FACTS.has(name);

/** What does not exist for a kind of customer is never asked, and counts neither for nor against it (Q20). */
export const NOT_APPLICABLE: Readonly<Record<string, readonly string[]>> = {
  person: ['uscc', 'industry', 'employees', 'annual_revenue', 'website', 'short_name', 'parent', 'decision_maker'],
  // GB/T 2260 names no place abroad, so a customer from abroad has no region to choose.
  foreign: ['uscc', 'region'],
};

/** The same for its contacts: who stands for a person or for a shop holds no post there. */
export const NOT_APPLICABLE_TO_CONTACTS: Readonly<Record<string, readonly string[]>> = {
  person: ['position', 'is_decision_maker'],
  sole_trader: ['position'],
};

export type Values = Readonly<Record<string, unknown>>;

/** Whether a value is filled in. */
export function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && value !== false;
}

/** A customer's facts: its filled columns and what its active contacts and its tags add. */
export function factsOf(customer: Values, contacts: readonly Values[], tags: number): Set<string> {
  const facts = new Set(CUSTOMER_COLUMNS.filter((name) => isFilled(customer[name])));
  const active = contacts.filter((contact) => contact['status'] !== 'archived');
  if (active.length > 0) facts.add('contacts');
  if (active.length > 1) facts.add('related_contacts');
  if (active.some((contact) => CONTACT_WAYS.some((way) => isFilled(contact[way])))) facts.add('reachable_contact');
  if (active.some((contact) => isFilled(contact['is_decision_maker']))) facts.add('decision_maker');
  if (tags > 0) facts.add('tags');
  return facts;
}
