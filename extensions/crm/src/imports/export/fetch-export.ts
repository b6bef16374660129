import type { Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Accountability, Knex, SchemaOverview } from '../../platform/api/host.ts';
import { isUuid } from '../../kernel/uuid.ts';
import { findSubject, requireRing } from '../../privacy/index.ts';
import { planColumn } from '../rules/export-columns.ts';
import { openSealedFile } from '../store/sealed-file.ts';
import { callerRows } from './caller-rows.ts';
import { askedOf, EXPORTS, type ExportRow } from './export-row.ts';
import type { ExportPorts } from './make-export.ts';
import { markOf } from './maker.ts';
import { readsPaths } from './find-rows.ts';
import { exportRefusal } from './refuse.ts';
import { csvHead } from './write-table.ts';
import { standingOf } from './standing.ts';

/** Who asks for a file, with the rights of this moment. */
export interface FileCaller {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
}

export interface ExportFile {
  name: string;
  size: number;
  content: AsyncGenerator<Buffer>;
}

/** An export of one's own; to everybody else it looks like one that never was. */
export async function ownExport(database: Knex, actor: Actor, id: string): Promise<ExportRow> {
  const row: ExportRow | undefined = isUuid(id)
    ? await database(EXPORTS).where({ id: id.toLowerCase(), owner: actor.user }).first()
    : undefined;
  if (!row) throw exportRefusal('not_found', actor.language);
  return row;
}

const NOT_MADE_YET: readonly ExportRow['status'][] = ['running', 'asked', 'approved'];

/** In whose logs it stands that the file was fetched: of those whose rows it holds. */
const segmentsIn = (row: ExportRow): string[] => {
  const { segments } = askedOf(row);
  return segments.length ? segments : [row.segment];
};

/** Whether the columns of a file are still open to its maker: a field can be taken away from a role within the day. */
function readsColumns(context: ExportPorts['context'], caller: FileCaller, row: ExportRow): Promise<boolean> {
  const paths = askedOf(row).fields.flatMap((field) => planColumn(row.collection, field).paths);
  return readsPaths(callerRows(context, { ...caller, goOn: () => undefined }, row.collection), paths);
}

/**
 * The file of an export, for its maker alone, for a day, and while the maker's rights are the same and every column is one
 * that the maker reads (F14). To everybody else it looks like one that never was. Every fetching is an entry in the log.
 */
export async function fetchExport({ context, keys, clock, files }: ExportPorts, caller: FileCaller, id: string): Promise<ExportFile> {
  const { database } = context;
  const { actor } = caller;
  const row = await ownExport(database, actor, id);
  const subject = await findSubject(database, requireRing(keys, actor.language), { collection: EXPORTS, item: row.id });
  if (NOT_MADE_YET.includes(row.status)) throw exportRefusal('not_done', actor.language);
  const isOver = new Date(row.expires_at ?? 0).getTime() <= clock.now().getTime() || askedOf(row).standing !== standingOf(actor);
  if (isOver || !subject.accepted || !(await files.has(row.id))) throw exportRefusal('expired', actor.language);
  if (!(await readsColumns(context, caller, row))) throw exportRefusal('fields_changed', actor.language);
  const head = row.format === 'csv' ? Buffer.from(csvHead(await markOf(database, row), actor.language)) : Buffer.alloc(0);
  for (const segment of segmentsIn(row))
    await changeLog().event(database, { action: 'download', collection: EXPORTS, item: row.id, segment, reason: row.reason });
  const source = await openSealedFile(files.fileOf(row.id), subject.value);
  const pieces = source.read()[Symbol.asyncIterator]();
  const first = await pieces.next().catch(async (error: unknown) => {
    // Changed, cut or exchanged: nothing of it is sent.
    context.logger.error(`crm: the file of an export does not open: ${String(error)}`);
    await source.close();
    throw exportRefusal('expired', actor.language);
  });
  async function* content(): AsyncGenerator<Buffer> {
    try {
      if (head.length) yield head;
      for (let piece = first; !piece.done; piece = await pieces.next()) yield piece.value;
    } finally {
      await source.close();
    }
  }
  return { name: row.file_name, size: head.length + source.size, content: content() };
}
