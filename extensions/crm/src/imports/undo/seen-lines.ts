import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import { rowsById } from '../commit/columns.ts';
import type { StagedRow } from '../commit/import-record.ts';

/**
 * The lines whose rows somebody still sees: what was given to others since the import, or moved to another segment, is told to
 * its importer no more (ORG-2). What hangs on a row has its segment and owner, so the row of the line says it for all.
 */
export async function seenLines(database: Knex, actor: Actor, lines: readonly StagedRow[]): Promise<StagedRow[]> {
  const [first] = lines;
  if (!first) return [];
  const rows = await rowsById(
    database,
    first.collection,
    lines.flatMap(({ item }) => item ?? []),
  );
  return lines.filter(({ item }) => {
    const row = item ? rows.get(item) : undefined;
    return !row || mayReach(actor, row as unknown as Place);
  });
}
