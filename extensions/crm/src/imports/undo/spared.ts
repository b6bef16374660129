import { subjectOfImport, type ImportPorts, type StagedRow } from '../commit/import-record.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { sparedRows, type SparedRow } from './undo-chunk.ts';

const CHUNK = 200;

/** Everything that an undo left alone, in the order of the file. */
export async function sparedOf({ context, keys }: ImportPorts, id: string): Promise<SparedRow[]> {
  const { database } = context;
  const ring = keys.ring();
  if (!ring.accepted) throw new Error(`keys: ${ring.reason.reason}`);
  const schema = await context.getSchema();
  const subject = await subjectOfImport(database, ring.value, id);
  const lines: StagedRow[] = await database(IMPORT_ROWS).where({ import: id, state: 'kept' }).orderBy(['line', 'id']);
  const spared: SparedRow[] = [];
  for (let at = 0; at < lines.length; at += CHUNK)
    spared.push(...(await sparedRows({ database, ring: ring.value, schema, subject }, lines.slice(at, at + CHUNK))));
  return spared;
}
