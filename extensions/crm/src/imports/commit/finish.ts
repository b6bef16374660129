import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { Keys } from '../../platform/api/keys.ts';
import { needsSample } from '../rules/draw-sample.ts';
import { freshSample, NO_SAMPLE } from '../sample/draw.ts';
import { clearMarks } from '../sample/marks.ts';
import { IMPORTS } from '../staging.ts';
import { recountVerdicts } from './decide-lines.ts';
import { countLines, WRITTEN, type ImportRecord } from './import-record.ts';

/** A change of the import itself, with an entry of its own in the log. */
export const changeImport = (database: Knex, id: string, values: Row): Promise<unknown> =>
  changeLog().around(database, IMPORTS, [id], () => database(IMPORTS).where({ id }).update(values));

/**
 * Ends an import, with all its lines or with those that were written until somebody stopped it: more than fifty rows wait for
 * somebody else's check (IMP-3). A seed that was drawn stays: whoever goes on with it later brings more rows to the same draw, and
 * cannot choose what is looked at. One that was sent back stays so until its importer asks for another check.
 */
export async function finishImport(
  { database, keys }: { database: Knex; keys: Keys },
  record: ImportRecord,
  now: Date,
  status: 'imported' | 'stopped',
): Promise<void> {
  await recountVerdicts(database, record.id);
  const imported = await countLines(database, record.id, { state: 'done' }, WRITTEN);
  const isSampled = needsSample(imported);
  const sample: Row = isSampled
    ? record.sample_seed
      ? {}
      : await freshSample(database, record)
    : { ...NO_SAMPLE, sample_state: 'not_needed', sample_seed: null, sample_percent: null };
  if (!isSampled) await clearMarks(database, keys, record);
  await changeImport(database, record.id, { status, ...(imported ? { finished_at: now } : {}), ...sample });
}

/** Whether rows of this import bear the mark from the beginning: once all that is good is written, it will be too many. */
export async function expectsSample(database: Knex, id: string): Promise<boolean> {
  const done = await countLines(database, id, { state: 'done' }, WRITTEN);
  const open = await countLines(database, id, { state: 'staged' }, WRITTEN);
  return needsSample(done + open);
}
