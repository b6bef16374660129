import type { Knex } from '../../platform/api/host.ts';
import type { ImportPlace } from '../rules/importer.ts';
import type { ImportKind } from '../rules/targets.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { inChunks, rowsOfKind } from './scope.ts';

/** States of a line whose row stands as it was imported, or as somebody has edited it since. */
const IMPORTED = ['done', 'kept'];

/** A line that made a row, or wrote over it. */
interface ImportedLine {
  import: string;
  row_key: string;
  item: string;
  collection: string;
}

/**
 * The lines with these digests of which rows stand. Their state is looked at here and not by the database, which would else go
 * through all lines in that state, by an index of theirs, instead of those few with the digest.
 */
export async function importedLines(database: Knex, digests: readonly string[]): Promise<ImportedLine[]> {
  const lines = await inChunks<string, ImportedLine & { state: string }>(digests, (part) =>
    database(IMPORT_ROWS).whereIn('row_key', part).select('import', 'row_key', 'item', 'collection', 'state'),
  );
  return lines.filter(({ item, state }) => item !== null && IMPORTED.includes(state));
}

/**
 * The rows that an import has made of lines that said the very same, by the digests of these lines (F32). A row that is
 * gone, or that the importer cannot see, is imported anew.
 */
export async function findImported(
  database: Knex,
  { kind, place }: { kind: ImportKind; place: ImportPlace },
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const lines = await importedLines(database, digests);
  const items = [...new Set(lines.map(({ item }) => item))];
  const visible = new Set(
    await inChunks<string, string>(items, (part) => rowsOfKind(database, kind, place).whereIn('id', part).pluck('id')),
  );
  return new Map(lines.filter(({ item }) => visible.has(item)).map(({ row_key, item }) => [row_key, item]));
}
