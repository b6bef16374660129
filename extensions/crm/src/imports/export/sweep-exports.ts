import { eraseSubjects } from '../../privacy/index.ts';
import { EXPORTS, type ExportRow } from './export-row.ts';
import type { ExportPorts } from './make-export.ts';

/** An export that has no row yet may still be in the making. */
const IN_THE_MAKING_MS = 7_200_000;

/** Files whose time is over go, their keys first, so that a copy of one opens no more; and what an export left that was killed. */
export async function sweepExports({ context: { database }, clock, files }: ExportPorts): Promise<void> {
  const folders = await files.list();
  if (!folders.length) return;
  const rows: Pick<ExportRow, 'id' | 'expires_at'>[] = await database(EXPORTS)
    .whereIn(
      'id',
      folders.map(({ id }) => id),
    )
    .select('id', 'expires_at');
  const until = new Map(rows.map(({ id, expires_at }) => [id, new Date(expires_at).getTime()]));
  const now = clock.now().getTime();
  for (const { id, changed } of folders) {
    const end = until.get(id);
    if (end === undefined ? now - changed < IN_THE_MAKING_MS : end > now) continue;
    await eraseSubjects(database, EXPORTS, [id]);
    await files.remove(id);
  }
}
