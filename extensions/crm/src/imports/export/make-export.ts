import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, HostContext, Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import type { Keys } from '../../platform/api/keys.ts';
import { maskText, newSubject, requireRing, SUBJECT_KEYS, type SubjectKeyRow } from '../../privacy/index.ts';
import type { Exportable } from '../rules/export-columns.ts';
import { readSort } from '../rules/export-order.ts';
import { rowAllowance } from '../rules/export-right.ts';
import { toSafeFileName } from '../rules/safe-cell.ts';
import { isFull } from '../store/is-full.ts';
import { sealingStream } from '../store/sealed-file.ts';
import type { UploadFolder } from '../store/upload-folder.ts';
import { callerRows, standingOf, type CallerRows } from './caller-rows.ts';
import { tableFor, type ExportTable } from './columns.ts';
import { EXPORTS, namesIn, type Asked, type ExportRow } from './export-row.ts';
import { findRows, readRows, type Wanted } from './find-rows.ts';
import type { HostQuestion } from './host-query.ts';
import { markOf, segmentOf, zoneOf } from './maker.ts';
import { exportRefusal } from './refuse.ts';
import type { ExportSettings } from './settings.ts';
import { WRITERS, type ExportFormat } from './write-table.ts';

export interface ExportPorts {
  context: Pick<HostContext, 'database' | 'services' | 'logger' | 'env'>;
  keys: Keys;
  clock: Clock;
  settings: ExportSettings;
  files: UploadFolder;
}

/** What somebody wants to take out, and who it is. */
export interface ExportOrder {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
  collection: Exportable;
  format: ExportFormat;
  reason: string;
  fields: readonly string[] | undefined;
  /** Rows by name, or null for all that fit the question. */
  ids: readonly string[] | null;
  question: HostQuestion;
}

/**
 * Takes rows out (IMP-5, SEC-5): found and read as the caller sees them, written encrypted while they are read, and only
 * then recorded, with the key of the file and the entry in the log, in one transaction. Whatever ends it before that leaves
 * nothing: no file, no key, no row.
 */
export async function makeExport(ports: ExportPorts, order: ExportOrder): Promise<ExportRow> {
  const { context, keys, clock, settings, files } = ports;
  const { actor, collection, format } = order;
  const ring = requireRing(keys, actor.language);
  const rows = callerRows(context, order, collection);
  const { ids, table } = await chosen(ports, order, rows);
  const fields = table.columns.map(({ field }) => field);

  const id = randomUUID();
  const now = clock.now();
  const { subject, row: key } = newSubject(ring, EXPORTS, id, now);
  const segment = segmentOf(actor);
  const timeZone = await zoneOf(context.database, segment);
  const made: ExportRow = {
    id,
    file_name: toSafeFileName(`${table.name} ${toBusinessDate(now, timeZone)}`, format),
    collection,
    format,
    rows_total: 0,
    reason: maskText(order.reason),
    asked: JSON.stringify(askedIn(order, fields)),
    expires_at: new Date(now.getTime() + settings.keptMs),
    owner: actor.user,
    segment,
    date_created: now,
  };
  const mark = await markOf(context.database, made);
  const paths = table.columns.flatMap((column) => column.paths);
  async function* pages(): AsyncGenerator<Row[]> {
    for await (const page of readRows(rows, ids, paths)) {
      mark.rows += page.length;
      yield page;
    }
  }
  try {
    await files.make(id);
    const content = WRITERS[format]({ ...table, language: actor.language, timeZone, pages: pages(), mark: () => mark });
    const file = createWriteStream(files.fileOf(id), { mode: 0o600 });
    await pipeline(Readable.from(content), sealingStream(subject), file, { signal: order.signal });
    await rows.stillMay();
    made.rows_total = mark.rows;
    await record(context.database, made, key);
    return made;
  } catch (error) {
    await files.remove(id);
    if (!isFull(error)) throw error;
    context.logger.error(`crm: no room for an export: ${String((error as { code?: unknown }).code)}`);
    throw exportRefusal('no_space', actor.language);
  }
}

/** The rows that the caller may take, and their columns; refused before anything is made. */
async function chosen(
  { context: { database }, settings }: ExportPorts,
  order: ExportOrder,
  rows: CallerRows,
): Promise<{ ids: string[]; table: ExportTable }> {
  const { actor, collection } = order;
  const most = rowAllowance(actor, settings.allowances);
  if (!most) throw exportRefusal('no_right', actor.language);
  const ids = await findRows(rows, wantedIn(order), most, actor.language);
  if (!ids.length) throw exportRefusal('no_rows', actor.language);
  const [sample = {}] = await rows.read({ fields: ['*'], filter: { id: { _eq: ids[0] } }, limit: 1 });
  return { ids, table: await tableFor(database, actor, collection, { asked: order.fields, sample }) };
}

const NUMBERS: readonly string[] = ['integer', 'bigInteger', 'decimal', 'float'];

function wantedIn({ ids, question: { filter, search, sort }, collection, schema, actor }: ExportOrder): Wanted {
  if (ids) return { ids };
  const fields = schema.collections[collection]?.fields ?? {};
  const usual = Object.hasOwn(fields, 'date_created') ? ['-date_created'] : [];
  const keys = readSort(sort.length ? sort : usual, (path) => Object.hasOwn(fields, path) && NUMBERS.includes(fields[path]!.type));
  if (!keys) throw exportRefusal('bad_sort', actor.language, { sort: sort.join(', ').slice(0, LONGEST_SHOWN) });
  return { filter, search, sort: keys };
}

const LONGEST_SHOWN = 120;

const askedIn = ({ ids, question: { filter, search, sort }, actor }: ExportOrder, fields: string[]): Asked => ({
  ids: ids?.length ?? null,
  filter: ids ? [] : namesIn(filter),
  search: !ids && search !== null,
  sort: ids ? [] : sort,
  fields,
  standing: standingOf(actor),
});

/** The row, the key of its file and the entry in the log: all of it, or nothing (design.md 5). */
async function record(database: Knex, made: ExportRow, key: SubjectKeyRow): Promise<void> {
  const { id, collection, format, rows_total, reason, segment } = made;
  const { fields, standing: _standing, ...chosen } = JSON.parse(made.asked as string) as Asked;
  await database.transaction(async (transaction) => {
    await transaction(SUBJECT_KEYS).insert(key);
    await transaction(EXPORTS).insert({ ...made, user_created: made.owner });
    await changeLog().created(transaction, EXPORTS, [id]);
    const after: Row = { export: id, rows: rows_total, format, fields, ...chosen };
    await changeLog().event(transaction, { action: 'export', collection, item: null, segment, after, reason });
  });
}
