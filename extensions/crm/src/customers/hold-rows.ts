import type { Knex } from '../platform/api/host.ts';

/**
 * Holds rows to the end of the transaction. Whatever the server counts from other rows is counted after this: of two
 * writes at once the later one waits here, and its next statement sees what the earlier one left. In the order of their
 * keys, so that writes wait for each other and not in a circle; children with a foreign key to the row are not held up.
 * SQLite has one writer at a time anyway.
 */
export async function holdRows(database: Knex, table: string, keys: Iterable<string>): Promise<void> {
  const ids = [...new Set(keys)];
  if (ids.length) await database(table).whereIn('id', ids).orderBy('id').select('id').forNoKeyUpdate();
}
