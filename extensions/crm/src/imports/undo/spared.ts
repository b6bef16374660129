import type { Actor } from '../../platform/api/actor.ts';
import type { ImportPorts } from '../ports.ts';
import { loadFieldRights } from '../commit/field-rights.ts';
import { subjectOfImport, type StagedRow } from '../commit/import-record.ts';
import type { Page } from '../sample/sample.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { seenLines } from './seen-lines.ts';
import { sparedRows, type SparedRow } from './spared-rows.ts';
import { WRITTEN_COLLECTIONS } from '../commit/work.ts';

/** What an undo left alone, in the order of the file, a page of lines at once, as far as the reader still sees the rows. */
export async function sparedOf({ context, keys }: ImportPorts, id: string, actor: Actor, { offset, limit }: Page): Promise<SparedRow[]> {
  const { database } = context;
  const ring = keys.ring();
  if (!ring.accepted) throw new Error(`keys: ${ring.reason.reason}`);
  const schema = await context.getSchema();
  const subject = await subjectOfImport(database, ring.value, id);
  const lines: StagedRow[] = await database(IMPORT_ROWS)
    .where({ import: id, state: 'kept' })
    .orderBy(['line', 'id'])
    .offset(offset)
    .limit(limit);
  const seen = await seenLines(database, actor, lines);
  const readable = await loadFieldRights(database, actor, WRITTEN_COLLECTIONS, ['read']);
  return seen.length ? sparedRows({ database, ring: ring.value, schema, subject }, seen, { actor, readable }) : [];
}
