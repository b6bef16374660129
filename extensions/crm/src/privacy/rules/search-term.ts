import { readEmail } from '../../kernel/text/email.ts';
import { readPhone } from '../../kernel/text/phone.ts';

/** Shorter numbers (95588) also stand in names and texts: they are searched for as words. */
const LEAST_DIGITS = 7;

/** What a typed search is when it is a whole number or a whole address; null for words, parts of numbers and names. */
export function readSearchTerm(text: unknown): { mask: 'phone' | 'email'; value: string } | null {
  if (typeof text !== 'string' || text.length > 320) return null;
  const phone = readPhone(text);
  if (phone.ok && phone.value.replace(/\D/gu, '').length >= LEAST_DIGITS) return { mask: 'phone', value: phone.value };
  const email = readEmail(text);
  return email.ok ? { mask: 'email', value: email.value } : null;
}

type Filter = Record<string, unknown>;

/** The query with the search in it turned into the rows that were found; a filter that matches nothing where none were. */
export function withFound<Query extends object>(query: Query, ids: readonly string[]): Omit<Query, 'search'> & { filter: Filter } {
  const { search: _search, filter, ...rest } = query as Query & { search?: unknown; filter?: unknown };
  const found: Filter = ids.length ? { id: { _in: [...ids] } } : { id: { _null: true } };
  const filters = isFilter(filter) ? [filter, found] : [found];
  return { ...(rest as Omit<Query, 'search'>), filter: { _and: filters } };
}

const isFilter = (value: unknown): value is Filter => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
