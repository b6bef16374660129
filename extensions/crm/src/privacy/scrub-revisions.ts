import type { Relation } from '../kernel/flows/leading-collections.ts';
import { readJson } from '../kernel/text/read-json.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { scrubDelta } from './rules/scrub.ts';
import { isSealedIn, sealedFieldsOf, type SealedField } from './rules/sealed-fields.ts';

/** What the host keeps of earlier states; it writes them as JSON, which PostgreSQL gives back parsed and SQLite as text. */
const COPIES = ['data', 'delta'] as const;

/**
 * Replaces clear values of sealed fields by their masks in the host's revisions of some rows (SEC-1): whoever was once
 * written in clear is not to be read in the history either.
 *
 * @returns how many revisions were changed; with `only: 'count'` how many would be.
 */
export async function scrubRevisions(
  database: Knex,
  collection: string,
  items: readonly string[],
  { relations, only }: { relations: readonly Relation[]; only?: 'count' },
): Promise<number> {
  if (!items.length) return 0;
  const seals = await sealedNow(database, collection, items);
  const revisions: Row[] = await database('directus_revisions')
    .where({ collection })
    // The host keeps keys as they were sent, in capitals too.
    .whereRaw(`lower(item) IN (${items.map(() => '?').join(', ')})`, [...items])
    .select('id', 'item', ...COPIES);
  let changed = 0;
  for (const revision of revisions) {
    const scrubbed = COPIES.flatMap((name) => {
      const copy = scrubDelta(relations, collection, readJson(revision[name]), (declared) => seals(String(revision['item']), declared));
      return copy ? [[name, JSON.stringify(copy)] as const] : [];
    });
    if (!scrubbed.length) continue;
    changed += 1;
    if (only === 'count') continue;
    await database('directus_revisions')
      .where({ id: revision['id'] as number })
      .update(Object.fromEntries(scrubbed));
  }
  return changed;
}

/** Whether a field is sealed in the row as it stands now; of a row that is gone everything is scrubbed. */
async function sealedNow(
  database: Knex,
  collection: string,
  items: readonly string[],
): Promise<(item: string, declared: SealedField) => boolean> {
  const deciding = [...new Set(sealedFieldsOf(collection).flatMap(({ when }) => (when ? [when.field] : [])))];
  const rows: Row[] = deciding.length
    ? await database(collection)
        .whereIn('id', [...items])
        .select('id', ...deciding)
    : [];
  const standing = new Map(rows.map((row) => [String(row['id']).toLowerCase(), row]));
  return (item, declared) => {
    const row = standing.get(item.toLowerCase());
    return !row || isSealedIn(declared, row);
  };
}
