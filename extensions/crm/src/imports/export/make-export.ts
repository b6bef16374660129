import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApprovalPorts } from '../../approvals/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, HostContext, Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import type { Keys } from '../../platform/api/keys.ts';
import type { Subject } from '../../privacy/index.ts';
import type { Exportable } from '../rules/export-columns.ts';
import { readSort, typeAt } from '../rules/export-order.ts';
import { rowAllowance } from '../rules/export-right.ts';
import { sealingStream } from '../store/sealed-file.ts';
import type { UploadFolder } from '../store/upload-folder.ts';
import type { CallerRows } from './caller-rows.ts';
import { tableFor, type ExportTable } from './columns.ts';
import type { ExportFormat, ExportRow } from './export-row.ts';
import { findRows, readRows, readsPaths, sampleOf, type Wanted } from './find-rows.ts';
import type { HostQuestion } from './host-query.ts';
import { homeZoneOf, markOf } from './maker.ts';
import { exportRefusal } from './refuse.ts';
import { rowsLeftToday } from './rows-left-today.ts';
import type { ExportSettings } from './settings.ts';
import { WRITERS } from './write-table.ts';

export interface ExportPorts {
  context: Pick<HostContext, 'database' | 'services' | 'logger' | 'env'>;
  keys: Keys;
  clock: Clock;
  settings: ExportSettings;
  files: UploadFolder;
  approvals: ApprovalPorts;
}

/** What somebody wants to take out, and who it is. */
export interface ExportOrder {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
  collection: Exportable;
  format: ExportFormat;
  reason: string;
  fields: readonly string[] | undefined;
  /** Rows by name, or null for all that fit the question. */
  ids: readonly string[] | null;
  question: HostQuestion;
}

/** The rows of an export, by key and in their order, and its columns. */
export interface Chosen {
  ids: string[];
  table: ExportTable;
}

/**
 * The rows that the caller may take, and their columns; refused before anything is made.
 *
 * @param approved how many rows somebody else agreed to; null where nobody needed to (SEC-5).
 */
export async function choose(ports: ExportPorts, order: ExportOrder, rows: CallerRows, approved: number | null = null): Promise<Chosen> {
  const { settings } = ports;
  const { language } = order.actor;
  const most = rowAllowance(order.actor, settings.allowances);
  if (!most) throw exportRefusal('no_right', language);
  const tooMany = approved === null ? exportRefusal('too_many_rows', language, { most }) : null;
  const grown = exportRefusal('more_than_approved', language, { most: approved ?? most });
  const ids = await findRows(rows, wantedIn(order), approved ?? most, { tooMany: tooMany ?? grown, language });
  if (!ids.length) throw exportRefusal('no_rows', language);
  const left = approved ?? (await rowsLeftToday(ports, order.actor));
  if (ids.length > left)
    throw exportRefusal('too_many_today', language, { most: Math.floor(most * settings.dayTimes), left, rows: ids.length });
  return { ids, table: await tableOf(ports, order, rows, ids) };
}

/** The columns of an export, by one of its rows. */
export async function tableOf(
  ports: ExportPorts,
  order: ExportOrder,
  rows: CallerRows,
  ids: readonly string[] | null,
): Promise<ExportTable> {
  const sample = await sampleOf(rows, ids, wantedIn(order));
  if (!sample) throw exportRefusal('no_rows', order.actor.language);
  return tableFor(ports.context.database, order, { sample, mayRead: (paths) => readsPaths(rows, paths) });
}

export function wantedIn({ ids, question: { filter, search, sort }, collection, schema, actor }: ExportOrder): Wanted {
  if (ids) return { ids };
  const usual = Object.hasOwn(schema.collections[collection]?.fields ?? {}, 'date_created') ? ['-date_created'] : [];
  const keys = readSort(sort.length ? sort : usual, (path) => typeAt(schema, collection, path));
  if (!keys) throw exportRefusal('bad_sort', actor.language, { sort: sort.join(', ').slice(0, LONGEST_SHOWN) });
  return { filter, search, sort: keys };
}

const LONGEST_SHOWN = 120;

/**
 * Takes rows out (IMP-5, SEC-5): read as the caller sees them, and written encrypted while they are read.
 *
 * @param progress is told of every page.
 * @returns how many rows of each segment were written; null for rows that were deleted meanwhile.
 */
export async function makeFile(
  { context: { database }, files }: Pick<ExportPorts, 'context' | 'files'>,
  { order, row, subject, rows, signal }: { order: ExportOrder; row: ExportRow; subject: Subject; rows: CallerRows; signal: AbortSignal },
  { ids, table }: Chosen,
  progress: (done: number) => void,
): Promise<Map<string | null, number>> {
  const mark = await markOf(database, { ...row, rows_total: 0 });
  const timeZone = await homeZoneOf(database, row);
  const segments = new Map<string | null, number>();
  const paths = table.columns.flatMap((column) => column.paths);
  async function* pages(): AsyncGenerator<Row[]> {
    for await (const page of readRows(rows, ids, paths)) {
      await countSegments(database, order.collection, page, segments);
      mark.rows += page.length;
      progress(mark.rows);
      yield page;
    }
  }
  await files.make(row.id);
  const content = WRITERS[order.format]({ ...table, language: order.actor.language, timeZone, pages: pages(), mark: () => mark });
  const file = createWriteStream(files.fileOf(row.id), { mode: 0o600, flush: true });
  await pipeline(Readable.from(content), sealingStream(subject), file, { signal });
  return segments;
}

/** Whose rows they are, whatever the caller reads of that. */
async function countSegments(
  database: Knex,
  collection: string,
  page: readonly Row[],
  segments: Map<string | null, number>,
): Promise<void> {
  const ids = page.map(({ id }) => String(id));
  const rows: { id: string; segment: string }[] = await database(collection).whereIn('id', ids).select('id', 'segment');
  const segmentOf = new Map(rows.map(({ id, segment }) => [id, segment]));
  for (const id of ids) {
    const segment = segmentOf.get(id) ?? null;
    segments.set(segment, (segments.get(segment) ?? 0) + 1);
  }
}
