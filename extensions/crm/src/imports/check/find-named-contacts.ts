import type { Knex, Row } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { blindIndexes } from '../../privacy/index.ts';
import type { ImportPlace } from '../rules/importer.ts';
import type { Match, SealedKey } from '../rules/judge-row.ts';
import { contradictsContact } from '../rules/same-contact.ts';
import { inChunks, rowsOfKind } from './scope.ts';

/** A line of a table of contacts: the customer that it names, and what it says of the person. */
export interface NamedContact {
  customer: string | undefined;
  contact: Row;
}

/**
 * The contacts that stand below the customers of some lines under the names of these lines (DQ-5): so a table that was exported
 * finds its rows again, although it bears masks. Of two that share a name nobody could say which is meant.
 *
 * @returns takes a line, and which of its number and mailbox is one of too many that look alike: that is not compared.
 */
export async function findNamedContacts(
  database: Knex,
  ring: Keyring,
  place: ImportPlace,
  lines: readonly NamedContact[],
): Promise<(line: NamedContact, crowded: readonly SealedKey[]) => Match[]> {
  const customers = [...new Set(lines.flatMap(({ customer }) => customer ?? []))];
  const names = new Set(lines.map(({ contact }) => contact['name']));
  const rows: Row[] = await inChunks<string, Row>(customers, (part) =>
    rowsOfKind(database, 'contacts', place)
      .whereIn('customer', part)
      .whereNot({ status: 'archived' })
      .select('id', 'customer', 'name', 'phone_index', 'email_index'),
  );
  const standing = Map.groupBy(
    rows.filter(({ name }) => names.has(name)),
    ({ customer, name }) => `${String(customer)} ${String(name)}`,
  );
  return ({ customer, contact }, crowded) => {
    const found = customer ? (standing.get(`${customer} ${String(contact['name'])}`) ?? []) : [];
    const isOpen = found.length > 1 || crowded.some((key) => found.some((row) => row[`${key}_index`]));
    return found.map((row): Match => {
      const contradicts = isOpen || contradictsContact(contact, row, (mask, value) => blindIndexes(ring, mask, value));
      return { id: String(row['id']), by: 'name', name: String(row['name']), below: { contradicts } };
    });
  };
}
