import { updateLogged } from '../../platform/api/change-log.ts';
import type { Work } from '../commit/import-record.ts';

/** A contact that was put back as the main one of its customer. */
export interface MainAgain {
  line: string;
  item: string;
  customer: string;
}

const CONTACTS = 'crm_contacts';

/**
 * A customer has one main contact at most: where somebody has chosen another one since the import, that one stays, and the
 * former one does not become it again.
 *
 * @param again in the order in which they were put back, the last line first.
 * @returns the lines whose contact did not.
 */
export async function keepOneMain({ database }: Work, again: readonly MainAgain[]): Promise<Set<string>> {
  if (!again.length) return new Set();
  const rows: { id: string; customer: string }[] = await database(CONTACTS)
    .whereIn(
      'customer',
      again.map(({ customer }) => customer),
    )
    .andWhere({ is_primary: true })
    .select('id', 'customer');
  const main = Map.groupBy(rows, ({ customer }) => customer);
  const own = new Set(again.map(({ item }) => item));
  const less = again.filter(({ item, customer }) => {
    const standing = (main.get(customer) ?? []).map(({ id }) => id);
    const first = standing.find((id) => !own.has(id)) ?? again.find((one) => standing.includes(one.item))?.item;
    return standing.includes(item) && first !== item;
  });
  const items = less.map(({ item }) => item);
  if (items.length) await updateLogged(database, CONTACTS, (contacts) => contacts.whereIn('id', items), { is_primary: false });
  return new Set(less.map(({ line }) => line));
}
