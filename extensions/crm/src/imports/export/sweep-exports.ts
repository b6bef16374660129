import { eraseSubjects } from '../../privacy/index.ts';
import { EXPORTS, type ExportRow } from './export-row.ts';
import type { ExportPorts } from './make-export.ts';
import { endLateStarts } from './start-approved.ts';

/**
 * What was approved and not begun in time ends. Files whose time is over go, their keys first, so that a copy of one opens no more; and whatever belongs to an export that
 * never came to its end. A folder is made after its row, so one without a row is nobody's.
 */
export async function sweepExports({ context: { database }, clock, files }: ExportPorts): Promise<void> {
  await endLateStarts(database, clock.now());
  const folders = await files.list();
  if (!folders.length) return;
  const rows: Pick<ExportRow, 'id' | 'status' | 'expires_at'>[] = await database(EXPORTS)
    .whereIn(
      'id',
      folders.map(({ id }) => id),
    )
    .select('id', 'status', 'expires_at');
  const known = new Map(rows.map((row) => [row.id, row]));
  const now = clock.now().getTime();
  for (const { id } of folders) {
    const row = known.get(id);
    const isKept = row?.status === 'running' || (row?.status === 'done' && new Date(row.expires_at ?? 0).getTime() > now);
    if (isKept) continue;
    await eraseSubjects(database, EXPORTS, [id]);
    await files.remove(id);
  }
}
