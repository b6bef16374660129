import type { Knex, Row } from '../platform/api/host.ts';
import { BATCH, inBatch } from './batch.ts';
import { maskRun } from './flow-logs.ts';
import type { Relation } from '../kernel/flows/leading-collections.ts';
import { readJson } from '../kernel/text/read-json.ts';
import { coverPage, coverView, listsOfOurs } from './rules/saved-view.ts';
import { scrubDelta } from './rules/scrub.ts';

/** A table of the host that keeps copies of what people typed, and what of a row of it is to be stored instead. */
interface Copies {
  table: string;
  columns: readonly string[];
  of(query: Knex.QueryBuilder): Knex.QueryBuilder;
  scrubbed(row: Row): Row | null;
}

/** The host's relations as its schema has them, for commands that run before there is one. */
export async function storedRelations(database: Knex): Promise<Relation[]> {
  const rows: Row[] = await database('directus_relations').select(
    ...['many_collection', 'many_field', 'one_collection', 'one_field', 'one_collection_field', 'one_allowed_collections'],
  );
  return rows.map((row) => ({
    collection: String(row['many_collection']),
    field: String(row['many_field']),
    related_collection: row['one_collection'] as string | null,
    meta: {
      one_field: row['one_field'] as string | null,
      one_collection_field: row['one_collection_field'] as string | null,
      one_allowed_collections: (row['one_allowed_collections'] as string | null)?.split(',') ?? null,
    },
  }));
}

function copiesOf(relations: readonly Relation[]): Copies[] {
  const isOurs = listsOfOurs(relations);
  const columns = (row: Row, names: readonly string[], copyOf: (value: unknown) => unknown): Row | null => {
    const changed = names.flatMap((name) => {
      const copy = row[name] ? copyOf(readJson(row[name])) : null;
      return copy ? [[name, JSON.stringify(copy)] as const] : [];
    });
    return changed.length ? Object.fromEntries(changed) : null;
  };
  const inVersions = (row: Row, names: readonly string[]) =>
    columns(row, names, (value) => scrubDelta(relations, String(row['collection']), value, () => true));
  return [
    {
      table: 'directus_revisions',
      columns: ['data'],
      of: (query) => query.where({ collection: 'directus_flows' }).whereNotNull('data'),
      scrubbed: (row) => columns(row, ['data'], (value) => changedCopy(value, maskRun(value))),
    },
    {
      table: 'directus_revisions',
      columns: ['collection', 'data', 'delta'],
      of: (query) => query.whereNotNull('version'),
      scrubbed: (row) => inVersions(row, ['data', 'delta']),
    },
    {
      table: 'directus_versions',
      columns: ['collection', 'delta'],
      of: (query) => query.whereNotNull('delta'),
      scrubbed: (row) => inVersions(row, ['delta']),
    },
    {
      table: 'directus_presets',
      columns: ['collection', 'search', 'filter'],
      of: (query) => query.where((view) => void view.whereNotNull('search').orWhereNotNull('filter')),
      scrubbed: (row) => (isOurs(row['collection']) ? viewOf(row) : null),
    },
    {
      table: 'directus_users',
      columns: ['last_page'],
      of: (query) => query.where('last_page', 'like', '%?%'),
      scrubbed: ({ last_page: page }) => {
        const shown = coverPage(String(page), isOurs);
        return shown === page ? null : { last_page: shown };
      },
    },
  ];
}

const changedCopy = (before: unknown, after: unknown): unknown => (JSON.stringify(before) === JSON.stringify(after) ? null : after);

function viewOf(row: Row): Row | null {
  const standing = { search: row['search'], filter: readJson(row['filter']) };
  const { search, filter } = coverView(standing);
  const isFilterChanged = JSON.stringify(filter) !== JSON.stringify(standing.filter);
  if (search === standing.search && !isFilterChanged) return null;
  return { search, ...(isFilterChanged ? { filter: JSON.stringify(filter) } : {}) };
}

/**
 * Masks clear values wherever the host keeps copies besides the history of rows: runs of flows, content versions, saved views,
 * the last page of a person (SEC-1).
 *
 * @param changed called in the transaction of a change.
 * @returns how many copies were changed; with `only: 'count'` how many would be.
 */
export async function scrubCopies(
  database: Knex,
  { only, changed = async () => undefined }: { only?: 'count'; changed?: (transaction: Knex) => Promise<void> } = {},
): Promise<number> {
  let count = 0;
  for (const copies of copiesOf(await storedRelations(database)))
    for (let after: unknown = null; ;) {
      const rows: Row[] = await inBatch(database, (transaction) => {
        const query = copies.of(transaction(copies.table)).select('id', ...copies.columns);
        return (after === null ? query : query.where('id', '>', after as string)).orderBy('id').limit(BATCH);
      });
      if (!rows.length) break;
      after = rows.at(-1)!['id'];
      const owed = rows.flatMap((row) => {
        const copy = copies.scrubbed(row);
        return copy ? [{ id: row['id'] as string, copy }] : [];
      });
      count += owed.length;
      if (only === 'count' || !owed.length) continue;
      await inBatch(database, async (transaction) => {
        for (const { id, copy } of owed) await transaction(copies.table).where({ id }).update(copy);
        await changed(transaction);
      });
    }
  return count;
}
