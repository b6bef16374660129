import { giveWay } from '../../platform/api/give-way.ts';
import type { Knex } from '../../platform/api/host.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { eraseSubjects, inBatch, SUBJECT_KEYS } from '../../privacy/index.ts';
import { changeImport } from '../commit/finish.ts';
import { holdImport } from '../commit/import-record.ts';
import type { ImportPorts } from '../ports.ts';
import { UNCHECKED_DAYS, UNDO_DAYS, type ImportStatus } from '../rules/standing.ts';
import { UNACCEPTED } from '../sample/marks.ts';
import { IMPORT_ROWS, IMPORTS } from '../staging.ts';
import { ENDED } from '../store/import-row.ts';

/** Nothing is being written of these. */
const ENDED_STATES: readonly ImportStatus[] = ['imported', 'stopped', 'interrupted', 'undone'];
const DAY_MS = 86_400_000;
const IMPORTS_AT_A_SWEEP = 50;
const ROWS_AT_ONCE = 1000;

/**
 * Thirty days after an import has ended nobody takes it back any more, and what its lines say of people serves nothing (PIPL
 * art. 19): cells, values and images go from the lines, then the key, so that copies open no more either. Those of a batch whose
 * sample nobody has accepted are what it is checked by, and wait longer. Counts, the file's name, and who signed the sample stay. Whoever is interrupted in between goes on at the next sweep: the key goes last.
 */
export async function clearEnded({ context, clock, uploads }: ClearingPorts): Promise<void> {
  const { database } = context;
  const now = clock.now();
  const due: string[] = await whoseTimeIsOver(database, now)
    // A key names its row as text; PostgreSQL compares no uuid with that.
    .whereRaw('cast(?? as text) in (?)', ['id', database(SUBJECT_KEYS).where({ collection: IMPORTS }).select('item')])
    .orderBy('id')
    .limit(IMPORTS_AT_A_SWEEP)
    .pluck('id');
  for (const id of due) {
    if (!(await inBatch(database, (transaction) => close(transaction, id, now)))) continue;
    while (await inBatch(database, (transaction) => emptyLines(transaction, id))) await giveWay(database);
    await inBatch(database, (transaction) => eraseSubjects(transaction, IMPORTS, [id]));
    await uploads.remove(id);
  }
}

export type ClearingPorts = Pick<ImportPorts, 'clock' | 'uploads'> & { context: Pick<ImportPorts['context'], 'database'> };

/** What ended longest ago counts: an undo that was interrupted had its thirty days too. */
function whoseTimeIsOver(database: Knex, now: Date): Knex.QueryBuilder {
  const endedBefore = (rows: Knex.QueryBuilder, days: number) =>
    rows.whereRaw('coalesce(??, ??, ??, ??) < ?', [...MOMENTS, new Date(now.getTime() - days * DAY_MS)]);
  return endedBefore(database(IMPORTS).whereIn('status', [...ENDED_STATES]), UNDO_DAYS).andWhere(
    (rows) => void rows.whereNotIn('sample_state', [...UNACCEPTED]).orWhere((unchecked) => void endedBefore(unchecked, UNCHECKED_DAYS)),
  );
}

const MOMENTS = ['undone_at', 'finished_at', 'date_updated', 'date_created'];

/** From here on nobody commits what is left of it. */
async function close(transaction: Knex, id: string, now: Date): Promise<boolean> {
  await holdImport(transaction, id);
  if (!(await whoseTimeIsOver(transaction, now).where({ id }).first('id'))) return false;
  const origin = { kind: 'job' as const, user: null, actingFor: null, reason: `import ${id}: ${UNDO_DAYS} days are over` };
  await withOrigin(origin, () => changeImport(transaction, id, { settings: ENDED }));
  return true;
}

/** Empties the next lines; how many. */
async function emptyLines(transaction: Knex, id: string): Promise<number> {
  const rows: string[] = await transaction(IMPORT_ROWS)
    .where({ import: id })
    .andWhere((full) => void full.whereNotNull('content').orWhereNotNull('image_before').orWhereNotNull('image_after'))
    .limit(ROWS_AT_ONCE)
    .pluck('id');
  for (let at = 0; at < rows.length; at += PART)
    await transaction(IMPORT_ROWS)
      .whereIn('id', rows.slice(at, at + PART))
      .update({ content: null, image_before: null, image_after: null });
  return rows.length;
}

const PART = 500;
