import type { Knex } from '../../platform/api/host.ts';
import type { ImportPlace } from '../rules/importer.ts';
import type { ImportKind } from '../rules/targets.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { inChunks, rowsOfKind } from './scope.ts';

/** States of a line whose row stands as it was imported, or as somebody has edited it since. */
export const IMPORTED = ['done', 'kept'];

/**
 * The rows that an import has made of lines that said the very same, by the digests of these lines (F32). A row that is
 * gone, or that the importer cannot see, is imported anew.
 */
export async function findImported(
  database: Knex,
  { kind, place }: { kind: ImportKind; place: ImportPlace },
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const lines = await inChunks<string, { row_key: string; item: string }>(digests, (part) =>
    database(IMPORT_ROWS).whereIn('row_key', part).whereIn('state', IMPORTED).whereNotNull('item').select('row_key', 'item'),
  );
  const items = [...new Set(lines.map(({ item }) => item))];
  const visible = new Set(
    await inChunks<string, string>(items, (part) => rowsOfKind(database, kind, place).whereIn('id', part).pluck('id')),
  );
  return new Map(lines.filter(({ item }) => visible.has(item)).map(({ row_key, item }) => [row_key, item]));
}
