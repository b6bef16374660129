import { isUuid } from '../../kernel/uuid.ts';

/** Rows that the address of the page names. */
export interface ChosenRows {
  /** Empty where it names no collection that can be exported. */
  collection: string;
  ids: string[];
  /** More than an address can carry to every server. */
  isTooMany: boolean;
}

/** More of them are a list with a filter. */
export const MOST_CHOSEN = 100;

/** Reads `?collection=crm_customers&ids=…,…`, by which a record, a bookmark or a note leads to its export (IMP-5). */
export function chosenRows(query: string, collections: readonly string[]): ChosenRows {
  const asked = new URLSearchParams(query);
  const collection = collections.find((one) => one === asked.get('collection')) ?? '';
  const ids = [...new Set((asked.get('ids') ?? '').toLowerCase().split(','))].filter((id) => isUuid(id));
  const isTooMany = ids.length > MOST_CHOSEN;
  return { collection, ids: collection && !isTooMany ? ids : [], isTooMany: collection !== '' && isTooMany };
}
