import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { findSubject, type Subject } from '../../privacy/index.ts';
import { loadFieldRights } from '../commit/field-rights.ts';
import type { Judging } from '../commit/import-record.ts';
import { actorOf, WRITTEN_COLLECTIONS } from '../commit/work.ts';
import { FileRefusal } from '../files/file-refusal.ts';
import type { Table } from '../files/open-table.ts';
import type { ImportPorts } from '../ports.ts';
import { guessMapping, type ColumnPlan } from '../rules/guess-mapping.ts';
import { placeImport, rowLimit, type ImportPlace } from '../rules/importer.ts';
import { isHopeless } from '../rules/reading-fault.ts';
import { exampleRows } from '../rules/template.ts';
import { IMPORT_ROWS, IMPORTS } from '../staging.ts';
import {
  ENDED,
  hasEnded,
  readingOf,
  withAttempt,
  withReading,
  type Found,
  type ImportRow,
  type Reading,
  type ReadingFault,
} from '../store/import-row.ts';
import { isFull } from '../store/is-full.ts';
import { openSealedFile } from '../store/sealed-file.ts';
import { lineChecker } from './check-lines.ts';
import { earlierReadings } from './earlier-readings.ts';
import { HoldLost, takeHold, type Hold } from './hold.ts';
import { factsOf, openHeaded } from './open-headed.ts';
import { NO_COUNTS, stageTable, type HeadedTable } from './stage-file.ts';
import { surveyRows } from './survey-rows.ts';
import type { TriedNumbers } from './tried-numbers.ts';

/** The importer may not do this any more: frozen, moved, or with another role. */
class RightsLost extends Error {}

/** This file has ended the processes that read it before. */
class DiesOften extends Error {}

/** So many signs of life are given before a reading is taken for dead. */
const SIGNS = 4;

/**
 * Reads an uploaded file into staging, from its beginning, whatever an earlier reading has left (IMP-1). What the importer
 * may do is looked at again before it and in between. A file that cannot be read ends with its fault in the row; only what is
 * nobody's fault is thrown.
 */
export async function readImport(ports: ImportPorts, numbers: TriedNumbers, id: string): Promise<void> {
  const { context, keys, clock, settings, uploads } = ports;
  const { database } = context;
  const ring = keys.ring();
  const stored: ImportRow | undefined = await database(IMPORTS).where({ id }).first();
  if (stored?.status !== 'uploaded' || hasEnded(stored) || !ring.accepted) return;
  const subject = await findSubject(database, ring.value, { collection: IMPORTS, item: id });
  if (!subject.accepted) {
    // Without its key nothing of it can be read again; another fault may pass.
    if (subject.reason === 'erased') await database(IMPORTS).where({ id, status: 'uploaded' }).update({ settings: ENDED });
    return;
  }
  const attempt = withAttempt(stored);
  const row = { ...stored, settings: attempt.settings };
  const reading = readingOf(row, subject.value);
  const hold = await takeHold(
    ...([database, clock, row, { ...NO_COUNTS, rows_done: 0, settings: attempt.settings }] as const),
    (transaction) => emptyStaging(transaction, id),
    settings.leaseMs / SIGNS,
  );
  if (!hold) return;
  const seen: Seen = { found: null };
  try {
    if (attempt.dies) throw new DiesOften();
    await readHeld(ports, { row, ring: ring.value, subject: subject.value, reading, hold, numbers, seen });
  } catch (error) {
    if (error instanceof HoldLost) return;
    const fault = faultOf(error);
    if (fault.reason === 'failed') context.logger.error(`crm: an import could not be read: ${whereOf(error)}`);
    await hold
      .write(
        { ...NO_COUNTS, settings: withReading(row.settings, subject.value, { ...reading, found: leftOf(seen, fault), fault }) },
        (transaction) => emptyStaging(transaction, id),
      )
      .then(() => (isHopeless(seen.found, fault) ? uploads.remove(id) : undefined))
      .catch((lost: unknown) => {
        if (!(lost instanceof HoldLost)) throw lost;
      });
  } finally {
    hold.release();
  }
}

/** Where something went wrong; what an error says may repeat what stands in the file (F20). */
export const whereOf = (error: unknown): string => {
  const { name, code, stack } = error as { name?: unknown; code?: unknown; stack?: unknown };
  const places = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /u.test(line)) : [];
  const told = [name, code].filter((part) => typeof part === 'string');
  return [told.join(' '), ...places].join('\n');
};

export const emptyStaging = async (transaction: Knex, id: string): Promise<void> => {
  await transaction(IMPORT_ROWS).where({ import: id }).delete();
};

function faultOf(error: unknown): ReadingFault {
  if (error instanceof FileRefusal) return error.fault;
  if (error instanceof DiesOften) return { reason: 'died_often' };
  if (error instanceof RightsLost) return { reason: 'rights_changed' };
  if ((error as { code?: unknown }).code === 'ENOENT') return { reason: 'file_gone' };
  return isFull(error) ? { reason: 'no_space' } : { reason: 'failed' };
}

/** What is known of a file so far. */
interface Seen {
  found: Found | null;
}

/** Where the user may say otherwise how the file is read, what was found of it is shown with the fault. */
const leftOf = ({ found }: Seen, fault: ReadingFault): Found | null => (found && !isHopeless(found, fault) ? { ...found, plan: [] } : null);

interface Held {
  row: ImportRow;
  ring: Keyring;
  subject: Subject;
  reading: Reading;
  hold: Hold;
  numbers: TriedNumbers;
  seen: Seen;
}

async function readHeld(ports: ImportPorts, held: Held): Promise<void> {
  const { context, words, settings, uploads } = ports;
  const { row, subject, reading, seen } = held;
  const place = await placeOf(context.database, row);
  const limits = { ...settings.limits, rows: rowLimit(place, settings.limits.rows) };
  const source = await openSealedFile(uploads.fileOf(row.id), subject);
  try {
    await uploads.withScratch(row.id, async (scratch) => {
      const uploaded = { source, name: row.file_name, scratch };
      const asked = { choice: reading.choice, kind: row.kind, words, limits };
      const { table, rows } = await openHeaded(uploaded, asked, (found) => void (seen.found = found));
      await stageHeld(ports, held, place, table, rows).finally(() => rows.close());
    });
  } finally {
    await source.close();
  }
}

async function stageHeld(
  { context: { database }, clock, words, settings }: ImportPorts,
  { row, ring, subject, reading, hold, numbers, seen }: Held,
  place: ImportPlace,
  table: Table,
  { header, slices }: HeadedTable,
): Promise<void> {
  const now = clock.now();
  const { remembered, crowded } = await earlierReadings(database, ring, row);
  const choices = new Map([...remembered, ...reading.choices]);
  const guessed = guessMapping(row.kind, header.cells, words, choices, new Map(reading.byColumn));
  const facts = { ...factsOf(table), header_line: header.line };
  seen.found = { ...facts, plan: guessed };
  await hold.write({ settings: withReading(row.settings, subject, { ...reading, found: seen.found, fault: null }) });
  const tell = exampleRows(row.kind, words, now);
  const isExample = (cells: readonly string[]): boolean => tell(toldBy(guessed, cells));
  const most = rowLimit(place, settings.limits.rows);
  const { judging, timeZone, segment } = await judgingOf(database, ring, row, now);
  const plan = await surveyRows(table, { header: header.line, plan: guessed, isExample, most, segment });
  const found: Found = { ...facts, plan };
  const tried = numbers.of(row.owner, now, reading.crowded ? [...crowded, reading.crowded] : crowded);
  const check = await lineChecker({ database, ring, subject, kind: row.kind, place, plan, words, now, timeZone, tried, judging });
  const { counts, hidden } = await stageTable(
    {
      database,
      ring,
      subject,
      kind: row.kind,
      segment: row.segment,
      check,
      hold: watched(hold, () => requirePlace(database, row, place), clock),
      isExample,
      most,
    },
    slices,
  );
  const told = { ...reading, found: { ...found, hidden_rows: hidden }, crowded: tried.crowded(), fault: null };
  await hold.write({ ...counts, status: 'checked', settings: withReading(row.settings, subject, told) });
}

/** The importer's place as it is now. */
async function placeOf(database: Knex, { owner, segment }: ImportRow): Promise<ImportPlace> {
  const actor = await actorOf(database, owner);
  const placed = actor && placeImport(actor, segment);
  if (!placed?.accepted) throw new RightsLost();
  return placed.value;
}

/** The importer still works on what the rows were held against. */
async function requirePlace(database: Knex, row: ImportRow, place: ImportPlace): Promise<void> {
  if ((await placeOf(database, row)).ownOnly !== place.ownOnly) throw new RightsLost();
}

const LOOK_AGAIN_MS = 1000;

/** The same hold, that looks again now and then whether its importer may go on. */
function watched(hold: Hold, look: () => Promise<void>, clock: Clock): Hold {
  let looked = clock.now().getTime();
  return {
    release: () => hold.release(),
    async write(changes, also) {
      const now = clock.now().getTime();
      if (now - looked >= LOOK_AGAIN_MS) {
        await look();
        looked = now;
      }
      await hold.write(changes, also);
    },
  };
}

/** Whoever brings the file, and the rules of the segment, as the commit would find them now. */
async function judgingOf(
  database: Knex,
  ring: Keyring,
  { owner, segment, kind }: ImportRow,
  now: Date,
): Promise<{ judging: Judging; timeZone: string; segment: (string | null)[] }> {
  const actor = await actorOf(database, owner);
  if (!actor) throw new RightsLost();
  const row = await database('crm_segments').where({ id: segment }).first('timezone', 'allocation_needs_approval', 'code', 'name');
  const timeZone = row?.timezone ?? 'Asia/Shanghai';
  const judging: Judging = {
    ring,
    now,
    today: toBusinessDate(now),
    localDay: toBusinessDate(now, timeZone),
    actor,
    writable: await loadFieldRights(database, actor, WRITTEN_COLLECTIONS, ['create', 'update']),
    needsApproval: Boolean(row?.allocation_needs_approval),
    record: { kind, segment },
  };
  return { judging, timeZone, segment: [segment, row?.code ?? null, row?.name ?? null] };
}

/** What is said of each target, for the cells that say anything. */
const toldBy = (plan: readonly ColumnPlan[], cells: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    plan.flatMap((column) => {
      const cell = 'target' in column ? (cells[column.column] ?? '').trim() : '';
      return 'target' in column && cell ? [[column.target, cell] as const] : [];
    }),
  );
